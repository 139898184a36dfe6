import { AIMessageChunk } from '@langchain/core/messages';
import { ChatOpenAICompletions } from '@langchain/openai';
import type OpenAI from 'openai';
import { openAIBaseUrl } from '#server/contract/model.ts';
import type { ModelFetch, ModelSettings, ModelTarget } from './chat-model.ts';
import { canReason } from './open-ai-names.ts';
import { toClientFields } from './to-client-fields.ts';

/** A chat model behind any base URL that speaks OpenAI's chat completions. Retries are the runtime's own. */
export function createOpenAIModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
  const effort = canReason(target.model) ? settings.reasoning : null;
  return new OpenAIModel({
    ...toClientFields(target, openAIBaseUrl, fetch),
    streamUsage: true,
    // None takes a temperature while it reasons.
    ...(settings.temperature === null || effort !== null ? {} : { temperature: settings.temperature }),
    ...(settings.maximumOutputTokens === null ? {} : { maxTokens: settings.maximumOutputTokens }),
    ...(effort === null ? {} : { modelKwargs: { reasoning_effort: effort } }),
  });
}

type ToChunk = ChatOpenAICompletions['_convertCompletionsDeltaToBaseMessageChunk'];
type StreamRequest = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type StreamChunk = OpenAI.Chat.ChatCompletionChunk;
type WholeRequest = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;
type Options = OpenAI.RequestOptions & { thoughts?: ReadonlyMap<string, string> };
type SentMessage = StreamRequest['messages'][number];

/** OpenAI's chat completions as its many servers speak them, with the pieces of an answer made as light as they can be. */
export class OpenAIModel extends ChatOpenAICompletions {
  override completionWithRetry(request: StreamRequest, options?: Options): Promise<AsyncIterable<StreamChunk>>;
  override completionWithRetry(request: WholeRequest, options?: Options): Promise<OpenAI.Chat.ChatCompletion>;
  override async completionWithRetry(request: StreamRequest | WholeRequest, options?: Options): Promise<unknown> {
    const { thoughts } = options ?? {};
    const messages =
      thoughts === undefined || thoughts.size === 0
        ? request.messages
        : request.messages.map((message) => withThoughts(message, thoughts));
    // The base has two signatures for one body.
    const answer = await super.completionWithRetry({ ...request, messages } as StreamRequest, options);
    return request.stream === true ? endOnceCounted(answer) : answer;
  }

  override _convertCompletionsDeltaToBaseMessageChunk(...[delta, raw]: Parameters<ToChunk>): ReturnType<ToChunk> {
    const text: unknown = delta['content'];
    // Nearly every piece. Made of a text alone, LangChain's chunk takes half the memory and a tenth of the time.
    if (typeof text === 'string' && Object.keys(delta).every(isOfText)) return new AIMessageChunk(text);
    // LangChain loses the calls of servers that do not say whose answer it is.
    const chunk = super._convertCompletionsDeltaToBaseMessageChunk({ ...delta, role: 'assistant' }, raw);
    const reasoning: unknown = delta['reasoning'];
    if (typeof reasoning === 'string') chunk.additional_kwargs['reasoning'] = reasoning;
    return chunk;
  }
}

/**
 * LangChain hands the usage on when the stream has ended. A connection that breaks after it was told ends the stream like
 * any other; whether the answer was whole is told by its finish reason.
 */
function endOnceCounted(stream: AsyncIterable<StreamChunk>): AsyncIterable<StreamChunk> {
  return {
    [Symbol.asyncIterator]: () => {
      const chunks = stream[Symbol.asyncIterator]();
      let isCounted = false;
      const see = (next: IteratorResult<StreamChunk, undefined>) => {
        isCounted ||= next.done !== true && Boolean(next.value.usage);
        return next;
      };
      const end = (error: unknown) => {
        if (!isCounted) throw error;
        return { done: true as const, value: undefined };
      };
      return {
        next: () => chunks.next().then(see, end),
        return: async () => ({ done: true, value: await chunks.return?.() }),
      };
    },
  };
}

const isOfText = (key: string) => key === 'content' || key === 'role';

/** DeepSeek refuses calls of its own that come back without the reasoning that led to them. */
function withThoughts(message: SentMessage, thoughts: ReadonlyMap<string, string>): SentMessage {
  const call = 'tool_calls' in message ? message.tool_calls?.[0]?.id : undefined;
  const text = thoughts.get(call ?? '');
  return text === undefined ? message : Object.assign({ reasoning_content: text }, message);
}
