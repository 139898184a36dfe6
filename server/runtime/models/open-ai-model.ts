import { ChatOpenAICompletions } from '@langchain/openai';
import type { ModelFetch, ModelSettings, ModelTarget } from './chat-model.ts';

/** A chat model behind any base URL that speaks OpenAI's chat completions. Retries are the runtime's own. */
export function createOpenAIModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
  return new ChatOpenAICompletions({
    model: target.model,
    // Local servers want no key, but the client refuses to start without one.
    apiKey: target.apiKey ?? 'none',
    maxRetries: 0,
    streamUsage: true,
    ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
    ...(settings.maximumOutputTokens === null ? {} : { maxTokens: settings.maximumOutputTokens }),
    configuration: {
      baseURL: target.baseUrl ?? 'https://api.openai.com/v1',
      fetch,
      maxRetries: 0,
      // What a provider sends is never written to the hub's own output.
      logLevel: 'off',
    },
  });
}
