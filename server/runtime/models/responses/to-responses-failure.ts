import { ProviderFailure } from '#server/runtime/models/provider-failure.ts';

type Told = { code?: string | null; message?: string };

const busy = new Set(['rate_limit_exceeded', 'insufficient_quota']);
const passing = /^(?:server_error|internal|vector_store_timeout|server_is_overloaded|slow_down)/;

/** A failure that came within a stream, where no status tells what it is. */
export function toResponsesFailure({ code, message }: Told): ProviderFailure {
  const status = !code || passing.test(code) ? 500 : busy.has(code) ? 429 : 400;
  return new ProviderFailure(status, message ?? 'no reason was given');
}

/** What was thrown while a stream was read: its package throws errors that came in one form, without a status. */
export function toStreamFailure(thrown: unknown): unknown {
  const { status, error } = (thrown ?? {}) as { status?: unknown; error?: Told | null };
  return status === undefined && error && typeof error === 'object' ? toResponsesFailure(error) : thrown;
}
