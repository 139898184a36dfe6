const firstMs = 400;
const longestMs = 10_000;

/**
 * Waits longer before each attempt (0.4 s doubling to 10 s, with jitter), but not once the network is back.
 *
 * Aborting the signal rejects with its reason.
 */
export function waitToReconnect(attempt: number, signal: AbortSignal | undefined): Promise<void> {
  const ceilingMs = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  const delayMs = ceilingMs / 2 + Math.random() * (ceilingMs / 2);
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => () => {
      clearTimeout(timer);
      window.removeEventListener('online', onOnline);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onOnline = finish(resolve);
    const onAbort = finish(() => reject(signal?.reason as Error));
    const timer = setTimeout(onOnline, delayMs);
    window.addEventListener('online', onOnline);
    signal?.addEventListener('abort', onAbort);
  });
}
