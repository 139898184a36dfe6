import type { ModelFetch, ModelTarget } from './chat-model.ts';

/** How OpenAI's client reaches a model, whoever serves it. Retries are the runtime's own. */
export function toClientFields({ model, apiKey, baseUrl }: ModelTarget, usualBaseUrl: string, fetch: ModelFetch) {
  return {
    model,
    // Local servers want no key, but the client refuses to start without one.
    apiKey: apiKey ?? 'none',
    maxRetries: 0,
    configuration: {
      baseURL: baseUrl ?? usualBaseUrl,
      fetch,
      maxRetries: 0,
      // What a provider sends is never written to the hub's own output.
      logLevel: 'off' as const,
    },
  };
}
