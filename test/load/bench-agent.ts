import { AgentDefinition } from '#server/contract/agent-definition.ts';
import { createOpenAIModel } from '#server/runtime/models/open-ai-model.ts';

/** An agent without tools and the model that it asks at an upstream, as the loop is given them. */
export function createBenchAgent(url: string, fetch: typeof globalThis.fetch) {
  const target = {
    reference: 'openai/bench',
    provider: 'openai' as const,
    model: 'bench',
    baseUrl: `${url}/v1`,
    apiKey: 'none',
    price: { inputUsd: null, outputUsd: null, cachedInputUsd: null, unit: 'tokens' as const, longPrompt: null },
    api: 'chat' as const,
    seesImages: null,
    usesTools: null,
    writesJson: null,
    reasons: null,
    contextTokens: null,
    maximumConcurrentCalls: null,
    ownerId: null,
  };
  const chat = createOpenAIModel(target, { temperature: null, maximumOutputTokens: null, reasoning: null }, fetch);
  const definition = AgentDefinition.parse({
    schemaVersion: 1,
    identity: {
      name: 'Bench',
      handle: 'bench',
      avatar: { kind: 'drawn', seed: '', color: '#000000' },
      category: 'hub',
    },
    instructions: 'Answer.',
  });
  return { target, chat, definition };
}
