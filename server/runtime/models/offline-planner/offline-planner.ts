import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import { AIMessage, AIMessageChunk, type AIMessageChunkFields, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { composeAnswer } from './compose-answer.ts';
import { canRemember, readMemoryWish, withoutMemoryTools, writeMemoryAnswer } from './memory-wish.ts';
import { planWithDashboard } from './plan-dashboard.ts';
import { createToolReader } from './read-tools.ts';
import { listFacts, readFiring, sayFiring } from './read-firing.ts';
import { readTurn } from './read-turn.ts';
import type { DescribeTool } from './tool-view.ts';
import { isGreeting, type Language } from './wording.ts';

export type OfflinePlannerSettings = {
  /** Named in the planner's greeting. */
  agentName?: string;
  /** Titles and descriptions in the person's language; also helps to find tools by Chinese words. */
  describeTool?: DescribeTool;
  /** What a question is answered in that has no words of its own, such as a bare sum. */
  language?: Language;
  /** What "today" counts from. */
  now?: () => Date;
};

type CallOptions = BaseChatModelCallOptions & { tools?: BindToolsInput[] };
type Reply = { kind: 'text'; text: string } | { kind: 'call'; name: string; arguments: string };

// LangChain types usage_metadata as never for messages without a structure of their own, though every provider fills it.
const noTokens = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
const modelName = 'offline-planner';

/**
 * Makes the offline planner: a chat model without a language model.
 *
 * It reads what a request holds, picks among the bound tools, fills their arguments, and answers from their results. It
 * needs no network and no key, and the same messages give the same answer. Aborting the signal ends its stream.
 */
export function createOfflinePlanner(settings: OfflinePlannerSettings = {}): OfflinePlanner {
  return new OfflinePlanner(settings);
}

export class OfflinePlanner extends BaseChatModel<CallOptions> {
  readonly #settings: OfflinePlannerSettings;
  readonly #readTools: ReturnType<typeof createToolReader>;

  constructor(settings: OfflinePlannerSettings) {
    super({});
    this.#settings = settings;
    this.#readTools = createToolReader(settings.describeTool);
  }

  override _llmType(): string {
    return modelName;
  }

  override bindTools(
    tools: BindToolsInput[],
    options: Partial<CallOptions> = {},
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, CallOptions> {
    return this.withConfig({ ...options, tools });
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    options.signal?.throwIfAborted();
    const reply = this.#reply(messages, options);
    for (const chunk of toChunks(reply)) {
      await setImmediate();
      options.signal?.throwIfAborted();
      yield chunk;
      await runManager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk });
    }
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    let whole: ChatGenerationChunk | undefined;
    for await (const chunk of this._streamResponseChunks(messages, options, runManager))
      whole = whole?.concat(chunk) ?? chunk;
    const { content, tool_calls, response_metadata } = whole?.message as AIMessageChunk;
    const message = new AIMessage({
      content: content as string,
      tool_calls: tool_calls ?? [],
      response_metadata,
      usage_metadata: noTokens as never,
    });
    return { generations: [{ text: message.text, message }] };
  }

  #reply(messages: BaseMessage[], { tools: bound = [], tool_choice: choice }: this['ParsedCallOptions']): Reply {
    const { agentName, now, language: usual = 'en' } = this.#settings;
    const offered = choice === 'none' ? [] : bound;
    const read = readTurn(messages, usual);
    const { language } = read;
    const firing = readFiring(read.request);
    if (firing?.question === '') return { kind: 'text', text: sayFiring(firing, language) };
    // The facts are what a question about a firing points back to.
    const turn =
      firing === null ? read : { ...read, request: firing.question, requests: [listFacts(firing), ...read.requests] };
    const fact = canRemember(offered) ? readMemoryWish(turn.request) : null;
    if (fact !== null) {
      const [call] = turn.calls;
      return call === undefined
        ? { kind: 'call', name: 'remember', arguments: JSON.stringify({ fact }) }
        : { kind: 'text', text: writeMemoryAnswer(call, fact, language) };
    }
    const { tools, rankTools } = this.#readTools(withoutMemoryTools(offered));
    const plan = planWithDashboard({ turn, rankTools, now: now?.() ?? new Date() });
    if (plan.kind === 'call') return { kind: 'call', name: plan.tool.name, arguments: JSON.stringify(plan.arguments) };
    const text = composeAnswer(plan, {
      tools,
      agentName: agentName ?? null,
      language,
      isGreeting: isGreeting(turn.request),
    });
    return { kind: 'text', text: firing === null ? text : `${sayFiring(firing, language)}\n\n${text}` };
  }
}

function* toChunks(reply: Reply): Generator<ChatGenerationChunk> {
  const isCall = reply.kind === 'call';
  const pieces =
    (isCall ? reply.arguments : reply.text).match(isCall ? /[\s\S]{1,64}/gu : /\s*\S{1,20}(?:\s\S{1,12})?\s?|\s+/gu) ??
    [];
  for (const [place, piece] of pieces.entries()) {
    yield isCall
      ? toChunk('', {
          tool_call_chunks: [
            {
              type: 'tool_call_chunk',
              index: 0,
              args: piece,
              ...(place === 0 ? { id: `call_${randomUUID()}`, name: reply.name } : {}),
            },
          ],
        })
      : toChunk(piece, {});
  }
  const generationInfo = { finish_reason: isCall ? 'tool_calls' : 'stop', model_name: modelName };
  yield toChunk('', { usage_metadata: noTokens as never, response_metadata: generationInfo }, generationInfo);
}

function toChunk(
  text: string,
  fields: AIMessageChunkFields,
  generationInfo?: Record<string, unknown>,
): ChatGenerationChunk {
  const message = new AIMessageChunk({ content: text, ...fields });
  return new ChatGenerationChunk({ text, message, ...(generationInfo === undefined ? {} : { generationInfo }) });
}
