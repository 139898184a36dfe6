const fallbackMs = 1500;

/** Does something once the browser has nothing better to do; the answer calls it off. Safari has no idle callback. */
export function whenIdle(work: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const request = window.requestIdleCallback(work);
    return () => window.cancelIdleCallback(request);
  }
  const timer = setTimeout(work, fallbackMs);
  return () => clearTimeout(timer);
}
