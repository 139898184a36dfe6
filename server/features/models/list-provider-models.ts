import { z } from 'zod';
import { HubError } from '#server/hub-error.ts';
import type { OpenConnection } from './model-connections.ts';

/** One GET request to a provider; refused, capped and timed behind it. */
export type ProviderFetch = (
  url: string,
  init: { headers: Record<string, string>; signal: AbortSignal; maximumBytes: number; timeoutMs: number },
) => Promise<{ status: number; bytes: Uint8Array }>;

const ModelsAnswer = z.object({ data: z.array(z.object({ id: z.string().min(1).max(200) })) });
const notForChat = /embed|tts|whisper|moderation|dall-e|image|audio|realtime|transcribe|sora|davinci|babbage|rerank/i;
const longestListBytes = 4 * 1024 * 1024;

/**
 * Asks a provider which chat models it has, in its own order.
 *
 * @throws {HubError} `model_rejected`, `model_unavailable`, `model_protocol_error`, `egress_refused`
 */
export async function listProviderModels(
  connection: OpenConnection,
  { fetch, timeoutMs, signal }: { fetch: ProviderFetch; timeoutMs: number; signal: AbortSignal },
): Promise<string[]> {
  const base = connection.baseUrl.replace(/\/$/, '');
  const url = connection.provider === 'anthropic' ? `${base}/v1/models?limit=1000` : `${base}/models`;
  const answer = await fetch(url, {
    headers: toHeaders(connection),
    signal,
    maximumBytes: longestListBytes,
    timeoutMs,
  });
  if (answer.status === 401 || answer.status === 403) {
    throw new HubError('model_rejected', `${connection.name} refused the key (${answer.status}).`);
  }
  if (answer.status !== 200) {
    throw new HubError('model_unavailable', `${connection.name} answered ${answer.status} at ${url}.`);
  }
  const parsed = ModelsAnswer.safeParse(readJson(answer.bytes));
  if (!parsed.success) {
    throw new HubError(
      'model_protocol_error',
      `${connection.name} did not answer with a list of models. Is ${base} its base URL?`,
    );
  }
  return parsed.data.data.map(({ id }) => id).filter((id) => !notForChat.test(id));
}

function toHeaders({ provider, apiKey }: OpenConnection): Record<string, string> {
  if (provider === 'anthropic') return { 'anthropic-version': '2023-06-01', 'x-api-key': apiKey ?? '' };
  return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
