import Fetch from 'happy-dom/lib/fetch/Fetch.js';

type Asking = { request: { signal: { aborted: boolean } }; onError: (this: Asking, error: Error) => void };

/**
 * A request that a page gives up (it leaves, or asks anew) is told to the console by happy-dom, and by no browser: it ends the
 * connection before it takes note of why. The page itself is told that it gave up, as before.
 */
export function keepQuietWhenGivenUp(): void {
  const asking = Fetch.prototype as unknown as Asking;
  const { onError } = asking;
  if (onError.name === tellUnlessGivenUp.name) return;
  function tellUnlessGivenUp(this: Asking, error: Error) {
    if (!this.request.signal.aborted) onError.call(this, error);
  }
  asking.onError = tellUnlessGivenUp;
}
