import type { GeminiErrorBody } from './gemini-wire.ts';

/** An answer of Gemini that is a failure, in the shape that `toModelError` reads. */
export class GeminiFailure extends Error {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, headers: Headers) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Gemini refuses a wrong key with 400, and says in the body how long to wait after 429. */
export function toGeminiFailure(status: number, body: GeminiErrorBody, headers = new Headers()): GeminiFailure {
  const details = body.details ?? [];
  const isKeyRefused = details.some(({ reason }) => reason === 'API_KEY_INVALID');
  const delay = details.map(({ retryDelay }) => retryDelay).find((value) => typeof value === 'string');
  if (delay !== undefined && !headers.has('retry-after')) headers.set('retry-after', String(Number.parseFloat(delay)));
  return new GeminiFailure(isKeyRefused ? 401 : status, body.message ?? 'no reason was given', headers);
}
