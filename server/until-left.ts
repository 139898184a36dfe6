import type { ServerResponse } from 'node:http';

/** Aborts when the client leaves before its answer is written; for work that is only for that client. */
export function untilLeft(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}
