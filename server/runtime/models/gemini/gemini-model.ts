import { BaseChatModel, type BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk, ChatResult } from '@langchain/core/outputs';
import type { JsonObject } from '#server/contract/json.ts';
import type { ModelTool } from '#server/runtime/call-model.ts';
import type { ModelFetch, ModelSettings, ModelTarget } from '#server/runtime/models/chat-model.ts';
import { toGeminiFailure } from './gemini-failure.ts';
import type { GeminiErrorBody } from './gemini-wire.ts';
import { readGeminiStream } from './read-gemini-stream.ts';
import { createGeminiReader } from './to-gemini-chunk.ts';
import { toGeminiRequest } from './to-gemini-request.ts';

export type GeminiCallOptions = BaseChatModelCallOptions & {
  tools?: readonly ModelTool[];
  outputSchema?: JsonObject;
};

const usualBaseUrl = 'https://generativelanguage.googleapis.com/v1beta';

/** A chat model of Google's Gemini API, with an API key. Retries are the runtime's own. */
export function createGeminiModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch): GeminiModel {
  return new GeminiModel(target, settings, fetch);
}

class GeminiModel extends BaseChatModel<GeminiCallOptions> {
  readonly #target: ModelTarget;
  readonly #settings: ModelSettings;
  readonly #fetch: ModelFetch;

  constructor(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
    super({});
    this.#target = target;
    this.#settings = settings;
    this.#fetch = fetch;
  }

  override _llmType(): string {
    return 'google';
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    { tools = [], outputSchema, signal }: this['ParsedCallOptions'],
  ): AsyncGenerator<ChatGenerationChunk> {
    const { model, baseUrl, apiKey } = this.#target;
    const base = (baseUrl ?? usualBaseUrl).replace(/\/$/, '');
    const request = toGeminiRequest(messages, {
      model,
      settings: this.#settings,
      tools,
      outputSchema: outputSchema ?? null,
    });
    const answer = await this.#fetch(`${base}/models/${encodeURIComponent(model)}:streamGenerateContent?alt=sse`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey === null ? {} : { 'x-goog-api-key': apiKey }) },
      body: JSON.stringify(request),
      signal: signal ?? null,
    });
    if (!answer.ok || answer.body === null)
      throw toGeminiFailure(answer.status, await readError(answer), answer.headers);
    const read = createGeminiReader();
    for await (const event of readGeminiStream(answer.body)) yield read(event);
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    const chunks: ChatGenerationChunk[] = [];
    for await (const chunk of this._streamResponseChunks(messages, options)) chunks.push(chunk);
    return { generations: chunks.length === 0 ? [] : [chunks.reduce((whole, chunk) => whole.concat(chunk))] };
  }
}

async function readError(answer: Response): Promise<GeminiErrorBody> {
  const text = await answer.text();
  try {
    // Some of Google's front ends wrap the answer of a stream into a list.
    const [body] = [JSON.parse(text) as { error?: GeminiErrorBody }].flat();
    return body?.error ?? {};
  } catch {
    return {};
  }
}
