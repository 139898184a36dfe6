import { ChatAnthropic } from '@langchain/anthropic';
import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import { markForCache } from './mark-for-cache.ts';
import type { ModelFetch, ModelSettings, ModelTarget } from './chat-model.ts';

const defaultOutputTokens = 8192;

/** A chat model of Anthropic's Messages API. Retries are the runtime's own. */
export function createAnthropicModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
  return new CachingAnthropic({
    model: target.model,
    anthropicApiKey: target.apiKey ?? 'none',
    ...(target.baseUrl === null ? {} : { anthropicApiUrl: target.baseUrl }),
    maxRetries: 0,
    streamUsage: true,
    maxTokens: settings.maximumOutputTokens ?? defaultOutputTokens,
    ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
    clientOptions: { fetch, maxRetries: 0, logLevel: 'off' },
  });
}

class CachingAnthropic extends ChatAnthropic {
  override _streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
  ): AsyncGenerator<ChatGenerationChunk> {
    return super._streamResponseChunks(markForCache(messages), options);
  }
}
