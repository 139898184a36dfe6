import {
  type Connection,
  isOpenAIItself,
  type OpenAIApi,
  openAIBaseUrl,
  ProviderKind,
} from '#server/contract/model.ts';
import type { ConnectionRecord } from './model-repository.ts';

/** A way to a provider, with its key; only inside the hub. */
export type OpenConnection = {
  id: string;
  name: string;
  provider: ProviderKind;
  baseUrl: string;
  /** What provider `openai` is asked by; null for the others. */
  api: OpenAIApi | null;
  apiKey: string | null;
  origin: Connection['origin'];
  /** Whose it is; null: the hub's. */
  ownerId: string | null;
  createdAt: Date | null;
  /** Calls at once; null: no limit. */
  maximumConcurrentCalls: number | null;
};

export type EnvironmentModels = Record<ProviderKind, { apiKey: string | undefined; baseUrl: string | undefined }> & {
  openai: { imageModel: string; api: OpenAIApi | undefined };
};

export const usualBaseUrls: Record<ProviderKind, string> = {
  openai: openAIBaseUrl,
  anthropic: 'https://api.anthropic.com',
  google: 'https://generativelanguage.googleapis.com/v1beta',
  mistral: 'https://api.mistral.ai/v1',
};

const names: Record<ProviderKind, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google Gemini',
  mistral: 'Mistral',
};

/** Servers that people run beside the hub, on the ports that they usually have. */
export const localServers = [
  { id: 'ollama', name: 'Ollama', port: 11434 },
  { id: 'lm-studio', name: 'LM Studio', port: 1234 },
  { id: 'vllm', name: 'vLLM', port: 8000 },
  { id: 'llama-cpp', name: 'llama.cpp', port: 8080 },
] as const;

/** OpenAI itself is asked by its newer API; any other server only where somebody says that it leads there. */
function toApi({ provider, baseUrl, told }: { provider: ProviderKind; baseUrl: string; told: OpenAIApi | null }) {
  if (provider !== 'openai') return null;
  return isOpenAIItself(baseUrl) ? ('responses' as const) : (told ?? 'chat');
}

/** The connections that the environment names: of a provider with a key, and of OpenAI's API also without one. */
export function toEnvironmentConnections(environment: EnvironmentModels): OpenConnection[] {
  return ProviderKind.options.flatMap((provider) => {
    const { apiKey, baseUrl = usualBaseUrls[provider] } = environment[provider];
    if (apiKey === undefined && (provider !== 'openai' || environment.openai.baseUrl === undefined)) return [];
    return {
      id: provider,
      name: names[provider],
      provider,
      baseUrl,
      api: toApi({ provider, baseUrl, told: environment.openai.api ?? null }),
      apiKey: apiKey ?? null,
      origin: 'environment' as const,
      ownerId: null,
      createdAt: null,
      maximumConcurrentCalls: null,
    };
  });
}

export function toLocalConnection(server: (typeof localServers)[number]): OpenConnection {
  return {
    id: server.id,
    name: server.name,
    provider: 'openai',
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
    api: 'chat',
    apiKey: null,
    origin: 'local',
    ownerId: null,
    createdAt: null,
    // Such servers answer a few at a time and make the others wait anyway, but without saying so.
    maximumConcurrentCalls: 4,
  };
}

export function toOpenConnection(
  record: ConnectionRecord,
  openSecret: (envelope: string, context: string) => string,
): OpenConnection {
  const { baseUrl } = record;
  const provider = record.provider as ProviderKind;
  return {
    id: record.id,
    name: record.name,
    provider,
    baseUrl,
    api: toApi({ provider, baseUrl, told: record.api as OpenAIApi | null }),
    apiKey: record.secret === null ? null : openSecret(record.secret, secretContext(record.id)),
    origin: 'stored',
    ownerId: record.ownerId,
    createdAt: record.createdAt,
    maximumConcurrentCalls: record.maximumConcurrentCalls,
  };
}

/** What a sealed key is bound to, so that it opens for no other connection. */
export const secretContext = (id: string) => `connection:${id}`;

/** A connection as the API shows it: never with its key. */
export function presentConnection({
  id,
  name,
  provider,
  baseUrl,
  api,
  apiKey,
  origin,
  ownerId,
  createdAt,
  maximumConcurrentCalls,
}: OpenConnection): Connection {
  return {
    id,
    name,
    personal: ownerId !== null,
    provider,
    baseUrl,
    api,
    origin,
    hasKey: apiKey !== null,
    maximumConcurrentCalls,
    createdAt: createdAt?.toISOString() ?? null,
  };
}
