import { type ChatAnthropicCallOptions, type ChatAnthropicInput, ChatAnthropicMessages } from '@langchain/anthropic';
import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import { markForCache } from './mark-for-cache.ts';
import type { ModelFetch, ModelSettings, ModelTarget } from './chat-model.ts';
import { canThinkOn, giveThoughtsBack, tellThoughts } from './thinking-blocks.ts';
import { toClaudeSettings } from './to-claude-settings.ts';

/** A chat model of Anthropic's Messages API. Retries are the runtime's own. */
export function createAnthropicModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
  return new AnthropicModel({
    model: target.model,
    anthropicApiKey: target.apiKey ?? 'none',
    ...(target.baseUrl === null ? {} : { anthropicApiUrl: target.baseUrl }),
    maxRetries: 0,
    streamUsage: true,
    ...toClaudeSettings(target.model, settings),
    clientOptions: { fetch, maxRetries: 0, logLevel: 'off' },
  });
}

type Options = ChatAnthropicCallOptions & { thoughts?: ReadonlyMap<string, string>; mayThink?: boolean };

class AnthropicModel extends ChatAnthropicMessages<Options> {
  constructor(fields: ChatAnthropicInput) {
    super(fields);
    const open = this.createStreamWithRetry.bind(this);
    this.createStreamWithRetry = async (request, options) => {
      const stream = await open(request, options);
      const read = stream[Symbol.asyncIterator].bind(stream);
      stream[Symbol.asyncIterator] = () => tellThoughts({ [Symbol.asyncIterator]: read });
      return stream;
    };
  }

  override invocationParams(options?: this['ParsedCallOptions']) {
    const { thinking, ...params } = super.invocationParams(options);
    return thinking === undefined || options?.mayThink === false ? params : { ...params, thinking };
  }

  override _streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
  ): AsyncGenerator<ChatGenerationChunk> {
    const { thoughts = new Map<string, string>() } = options;
    const mayThink = this.thinking.type !== 'enabled' || canThinkOn(messages, thoughts);
    return super._streamResponseChunks(markForCache(giveThoughtsBack(messages, thoughts)), { ...options, mayThink });
  }
}
