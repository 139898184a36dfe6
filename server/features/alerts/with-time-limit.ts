import { lookTooSlow } from './alert-errors.ts';

/** Does something with a signal that also ends after a while. @throws {HubError} `unavailable`, when it took longer */
export async function withTimeLimit<Answer>(
  limitMs: number,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await act(AbortSignal.any([signal, limit]));
  } catch (thrown) {
    if (limit.aborted && !signal.aborted) throw lookTooSlow(thrown);
    throw thrown;
  }
}
