import { z } from 'zod';
import type { ModelAbilities, ProviderKind } from '#server/contract/model.ts';
import { HubError } from '#server/hub-error.ts';
import type { OpenConnection } from './model-connections.ts';

/** A model as its provider lists it, with what it says of it. */
export type OfferedModel = ModelAbilities & { id: string };

/** One GET request to a provider; refused, capped and timed behind it. */
export type ProviderFetch = (
  url: string,
  init: { headers: Record<string, string>; signal: AbortSignal; maximumBytes: number; timeoutMs: number },
) => Promise<{ status: number; bytes: Uint8Array }>;

const tokens = z.number().int().positive().nullish().catch(null);
/** Mistral answers with the word itself, Anthropic with an object around it. */
const supported = z
  .union([z.boolean(), z.object({ supported: z.boolean() }).transform(({ supported: is }) => is)])
  .optional()
  .catch(undefined);
const ModelsAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1).max(200),
      /** Mistral and Anthropic say of each model what it can do. */
      capabilities: z
        .object({
          completion_chat: supported,
          vision: supported,
          image_input: supported,
          function_calling: supported,
          structured_outputs: supported,
          thinking: supported,
        })
        .nullish()
        .catch(null),
      /** OpenRouter does too. */
      architecture: z
        .object({ input_modalities: z.array(z.string()).optional() })
        .nullish()
        .catch(null),
      supported_parameters: z.array(z.string()).nullish().catch(null),
      /** The window, as Mistral, OpenRouter, vLLM and Anthropic call it. */
      max_context_length: tokens,
      context_length: tokens,
      max_model_len: tokens,
      max_input_tokens: tokens,
    }),
  ),
});
const GeminiAnswer = z.object({
  models: z.array(
    z.object({
      name: z.string().min(1).max(200),
      supportedGenerationMethods: z.array(z.string()).default([]),
      inputTokenLimit: tokens,
      thinking: z.boolean().nullish().catch(null),
    }),
  ),
});
const notForChat = /embed|tts|whisper|moderation|dall-e|image|audio|realtime|transcribe|sora|davinci|babbage|rerank/i;
const longestListBytes = 4 * 1024 * 1024;
/** The largest providers have some five hundred. */
const mostModels = 2000;

/**
 * Asks a provider which chat models it has, in its own order.
 *
 * @throws {HubError} `model_rejected`, `model_unavailable`, `model_protocol_error`, `egress_refused`
 */
export async function listProviderModels(
  connection: OpenConnection,
  { fetch, timeoutMs, signal }: { fetch: ProviderFetch; timeoutMs: number; signal: AbortSignal },
): Promise<OfferedModel[]> {
  const base = connection.baseUrl.replace(/\/$/, '');
  const url = `${base}${listPaths[connection.provider]}`;
  const answer = await fetch(url, {
    headers: toHeaders(connection),
    signal,
    maximumBytes: longestListBytes,
    timeoutMs,
  });
  if (answer.status === 401 || answer.status === 403 || isGeminiKeyRefused(connection, answer)) {
    throw new HubError('model_rejected', {
      en: `${connection.name} refused the key (${answer.status}).`,
      zh: `${connection.name} 拒绝了密钥（${answer.status}）。`,
    });
  }
  if (answer.status !== 200) {
    throw new HubError('model_unavailable', {
      en: `${connection.name} answered ${answer.status} at ${url}.`,
      zh: `${connection.name} 在 ${url} 返回了 ${answer.status}。`,
    });
  }
  const models = readModels(connection, readJson(answer.bytes));
  if (models === null) {
    throw new HubError('model_protocol_error', {
      en: `${connection.name} did not answer with a list of models. Is ${base} its base URL?`,
      zh: `${connection.name} 没有返回模型列表。${base} 是它的基础 URL 吗？`,
    });
  }
  const chat = models.filter(({ id }) => !notForChat.test(id));
  return [...new Map(chat.map((model) => [model.id, model])).values()].slice(0, mostModels);
}

const listPaths: Record<ProviderKind, string> = {
  openai: '/models',
  anthropic: '/v1/models?limit=1000',
  google: '/models?pageSize=1000',
  mistral: '/models',
};

function readModels({ provider }: OpenConnection, answer: unknown): OfferedModel[] | null {
  if (provider !== 'google') {
    const { data, success } = ModelsAnswer.safeParse(answer);
    if (!success) return null;
    return data.data
      .filter(({ capabilities }) => capabilities?.completion_chat !== false)
      .map(({ id, capabilities: can, architecture, supported_parameters: taken, ...more }) => ({
        id,
        seesImages: can?.vision ?? can?.image_input ?? architecture?.input_modalities?.includes('image') ?? null,
        usesTools: can?.function_calling ?? taken?.includes('tools') ?? null,
        writesJson: can?.structured_outputs ?? taken?.includes('structured_outputs') ?? null,
        reasons: can?.thinking ?? taken?.includes('reasoning') ?? null,
        contextTokens:
          more.max_context_length ?? more.context_length ?? more.max_model_len ?? more.max_input_tokens ?? null,
      }));
  }
  const { data, success } = GeminiAnswer.safeParse(answer);
  if (!success) return null;
  return data.models
    .filter(({ supportedGenerationMethods: methods }) => methods.includes('generateContent'))
    .map(({ name, inputTokenLimit, thinking }) => ({
      id: name.replace(/^models\//, ''),
      seesImages: null,
      usesTools: null,
      writesJson: null,
      reasons: thinking ?? null,
      contextTokens: inputTokenLimit ?? null,
    }));
}

/** Gemini answers a wrong key with 400. */
function isGeminiKeyRefused({ provider }: OpenConnection, { status, bytes }: { status: number; bytes: Uint8Array }) {
  return provider === 'google' && status === 400 && new TextDecoder().decode(bytes).includes('API_KEY_INVALID');
}

function toHeaders({ provider, apiKey }: OpenConnection): Record<string, string> {
  if (provider === 'anthropic') return { 'anthropic-version': '2023-06-01', 'x-api-key': apiKey ?? '' };
  if (provider === 'google') return { 'x-goog-api-key': apiKey ?? '' };
  return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
