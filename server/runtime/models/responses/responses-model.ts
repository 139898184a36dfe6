import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import { ChatOpenAIResponses } from '@langchain/openai';
import type OpenAI from 'openai';
import type { JsonObject } from '#server/contract/json.ts';
import { openAIBaseUrl } from '#server/contract/model.ts';
import type { ModelTool } from '#server/runtime/call-model.ts';
import { HubError } from '#server/hub-error.ts';
import type { ModelFetch, ModelSettings, ModelTarget } from '#server/runtime/models/chat-model.ts';
import { toClientFields } from '#server/runtime/models/to-client-fields.ts';
import { createResponsesReader } from './responses-reader.ts';
import { toResponsesFailure, toStreamFailure } from './to-responses-failure.ts';
import {
  type Dispensable,
  findDispensable,
  leaveOut,
  type ResponsesRequest,
  toResponsesRequest,
} from './to-responses-request.ts';

/** A chat model of OpenAI's Responses API, where its models reason beside tools and show it. Retries are the runtime's own. */
export function createResponsesModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
  return new ResponsesModel(target, settings, fetch);
}

type Options = {
  tools?: readonly ModelTool[];
  outputSchema?: JsonObject | null;
  cacheKey?: string | null;
  thoughts?: ReadonlyMap<string, string>;
};

class ResponsesModel extends ChatOpenAIResponses {
  readonly #reference: string;
  readonly #settings: ModelSettings;
  readonly #reasons: boolean | null;
  /** What this model refused once is not sent again. */
  readonly #refused = new Set<Dispensable>();
  /** What its last answer called the model: a gateway's own name tells nothing. */
  #served: string | null = null;

  constructor(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
    super(toClientFields(target, openAIBaseUrl, fetch));
    this.#reference = target.reference;
    this.#settings = settings;
    this.#reasons = target.reasons;
  }

  override _llmType(): string {
    return 'openai-responses';
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    { signal, ...more }: this['ParsedCallOptions'],
  ): AsyncGenerator<ChatGenerationChunk> {
    // LangChain hands on what `toCallOptions` made.
    const { tools = [], outputSchema = null, cacheKey = null, thoughts = new Map<string, string>() } = more as Options;
    const names = this.#served === null ? [this.model] : [this.model, this.#served];
    const known = { model: this.model, names, reasons: this.#reasons, settings: this.#settings };
    const facts = { ...known, tools, outputSchema, cacheKey, thoughts };
    const events = await this.#open(toResponsesRequest(messages, facts), signal === undefined ? {} : { signal });
    const read = createResponsesReader();
    try {
      for await (const event of events) {
        this.#served = findServed(event) ?? this.#served;
        const chunk = read(event);
        if (chunk !== null) yield chunk;
        if (event.type === 'response.failed') throw toResponsesFailure(event.response.error ?? {});
        if (event.type === 'error') throw toResponsesFailure(event);
      }
    } catch (thrown) {
      throw toStreamFailure(thrown);
    }
  }

  async #open(
    request: ResponsesRequest,
    options: { signal?: AbortSignal },
  ): Promise<AsyncIterable<OpenAI.Responses.ResponseStreamEvent>> {
    for (;;) {
      const known = this.#refused.size;
      try {
        return await this.completionWithRetry(leaveOut(request, this.#refused), options);
      } catch (thrown) {
        const refused = findDispensable(thrown);
        if (refused !== null) this.#refused.add(refused);
        if (isWithoutResponses(thrown)) throw withoutResponses(this.#reference);
        if (this.#refused.size === known) throw thrown;
      }
    }
  }
}

/** What an answer calls its model; servers of others leave out what the type promises. */
function findServed(event: OpenAI.Responses.ResponseStreamEvent): string | null {
  const { response } = event as { response?: { model?: unknown } };
  return typeof response?.model === 'string' && response.model !== '' ? response.model : null;
}

/** OpenAI says what it does not know; of a server that does not, it may be the API. */
function isWithoutResponses(thrown: unknown): boolean {
  const { status, code } = (thrown ?? {}) as { status?: unknown; code?: unknown };
  return status === 404 && code !== 'model_not_found';
}

const withoutResponses = (reference: string) =>
  new HubError('model_rejected', {
    en: `The server of ${reference} does not know this model, or does not speak the Responses API (404). Choose another model, or untick in Settings → Models that its address leads to OpenAI.`,
    zh: `${reference} 的服务器没有此模型，或不支持 Responses API（404）。请另选模型，或在“设置 → 模型”中取消勾选该地址通向 OpenAI。`,
  });
