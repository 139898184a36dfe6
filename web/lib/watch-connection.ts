import { ApiProblem } from './api-problem.ts';

/**
 * Gives a connection up (its signal aborts) when nothing has come for a while, and when the device has found a network
 * again: what was open before often stays open and dead.
 *
 * The hub says something at least every 15 s. A connection that `mayBeLost` denies is kept.
 */
export function watchConnection({
  signal,
  silenceMs,
  mayBeLost,
}: {
  signal: AbortSignal | undefined;
  silenceMs: number;
  mayBeLost: () => boolean;
}) {
  const connection = new AbortController();
  const lose = () => {
    if (mayBeLost()) connection.abort(ApiProblem.network(new Error('The connection had died.')));
  };
  const leave = () => connection.abort(signal?.reason);
  let timer = setTimeout(lose, silenceMs);
  window.addEventListener('online', lose);
  signal?.addEventListener('abort', leave);
  return {
    signal: connection.signal,
    /** Something has come. */
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(lose, silenceMs);
    },
    end: () => {
      clearTimeout(timer);
      window.removeEventListener('online', lose);
      signal?.removeEventListener('abort', leave);
    },
  };
}
