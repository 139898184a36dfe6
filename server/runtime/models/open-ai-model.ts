import { AIMessageChunk } from '@langchain/core/messages';
import { ChatOpenAICompletions } from '@langchain/openai';
import type OpenAI from 'openai';
import { openAIBaseUrl } from '#server/contract/model.ts';
import type { ModelFetch, ModelSettings, ModelTarget } from './chat-model.ts';
import { adaptRequest, findRefused, type ModelFacts, type Refusable } from './adapt-request.ts';
import { readCompletions } from './read-completions.ts';
import { toClientFields } from './to-client-fields.ts';

/** A chat model behind any base URL that speaks OpenAI's chat completions. Retries are the runtime's own. */
export function createOpenAIModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
  const { temperature, maximumOutputTokens, reasoning } = settings;
  const fields = {
    ...toClientFields(target, openAIBaseUrl, fetch),
    streamUsage: true,
    ...(temperature === null ? {} : { temperature }),
    ...(maximumOutputTokens === null ? {} : { maxTokens: maximumOutputTokens }),
  };
  return new OpenAIModel(fields, { reasons: target.reasons, reasoning });
}

type ToChunk = ChatOpenAICompletions['_convertCompletionsDeltaToBaseMessageChunk'];
type StreamRequest = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type StreamChunk = OpenAI.Chat.ChatCompletionChunk;
type WholeRequest = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;
type Options = OpenAI.RequestOptions & { thoughts?: ReadonlyMap<string, string> };
type SentMessage = StreamRequest['messages'][number];

/** OpenAI's chat completions as its many servers speak them, with the pieces of an answer made as light as they can be. */
export class OpenAIModel extends ChatOpenAICompletions {
  readonly #facts: Pick<ModelFacts, 'reasons' | 'reasoning'>;
  /** What the model refused once is not sent again. */
  readonly #refused = new Set<Refusable>();
  /** What its last answer called the model: a gateway's own name tells nothing. */
  #served: string | null = null;

  constructor(
    fields: ConstructorParameters<typeof ChatOpenAICompletions>[0],
    facts: Pick<ModelFacts, 'reasons' | 'reasoning'> = { reasons: false, reasoning: null },
  ) {
    super(fields);
    this.#facts = facts;
  }

  override completionWithRetry(request: StreamRequest, options?: Options): Promise<AsyncIterable<StreamChunk>>;
  override completionWithRetry(request: WholeRequest, options?: Options): Promise<OpenAI.Chat.ChatCompletion>;
  override async completionWithRetry(request: StreamRequest | WholeRequest, options?: Options): Promise<unknown> {
    const { thoughts } = options ?? {};
    const messages =
      thoughts === undefined || thoughts.size === 0
        ? request.messages
        : request.messages.map((message) => withThoughts(message, thoughts));
    return this.#ask({ ...request, messages }, options);
  }

  async #ask(request: StreamRequest | WholeRequest, options?: Options): Promise<unknown> {
    const names = this.#served === null ? [this.model] : [this.model, this.#served];
    for (;;) {
      const adapted = adaptRequest(request, { ...this.#facts, names, refused: this.#refused });
      try {
        return await this.#send(adapted, options);
      } catch (thrown) {
        const refused = findRefused(thrown, adapted);
        if (refused === null || this.#refused.has(refused)) throw thrown;
        this.#refused.add(refused);
      }
    }
  }

  async #send(request: StreamRequest | WholeRequest, options?: Options): Promise<unknown> {
    if (request.stream !== true) return super.completionWithRetry(request, options);
    // Makes the client, where there is none yet.
    this._getClientOptions(undefined);
    const sent = this.client.chat.completions.create(request, { signal: options?.signal });
    return readCompletions(await sent.asResponse());
  }

  override _convertCompletionsDeltaToBaseMessageChunk(...[delta, raw]: Parameters<ToChunk>): ReturnType<ToChunk> {
    if (raw.model) this.#served = raw.model;
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

const isOfText = (key: string) => key === 'content' || key === 'role';

/** DeepSeek refuses calls of its own that come back without the reasoning that led to them. */
function withThoughts(message: SentMessage, thoughts: ReadonlyMap<string, string>): SentMessage {
  const call = 'tool_calls' in message ? message.tool_calls?.[0]?.id : undefined;
  const text = thoughts.get(call ?? '');
  return text === undefined ? message : Object.assign({ reasoning_content: text }, message);
}
