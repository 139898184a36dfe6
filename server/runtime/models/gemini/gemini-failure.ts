import { ProviderFailure } from '#server/runtime/models/provider-failure.ts';
import type { GeminiErrorBody } from './gemini-wire.ts';

/** Gemini refuses a wrong key with 400, and says in the body how long to wait after 429. */
export function toGeminiFailure(status: number, body: GeminiErrorBody, headers = new Headers()): ProviderFailure {
  const details = body.details ?? [];
  const isKeyRefused = details.some(({ reason }) => reason === 'API_KEY_INVALID');
  const delay = details.map(({ retryDelay }) => retryDelay).find((value) => typeof value === 'string');
  if (delay !== undefined && !headers.has('retry-after')) headers.set('retry-after', String(Number.parseFloat(delay)));
  return new ProviderFailure(isKeyRefused ? 401 : status, body.message ?? 'no reason was given', headers);
}
