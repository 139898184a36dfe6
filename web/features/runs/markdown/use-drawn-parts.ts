import { startTransition, useEffect, useState } from 'react';

const firstParts = 2;

/** How many of a long text's parts are drawn: the first at once, then one after another, so that nobody waits for all. */
export function useDrawnParts(count: number): number {
  const [allowed, setAllowed] = useState(firstParts);
  const isWaiting = allowed < count;
  useEffect(() => {
    if (!isWaiting) return;
    // After the paint of what is there: a key that was pressed meanwhile comes first.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setAllowed(allowed + 1)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [allowed, isWaiting]);
  return Math.min(allowed, count);
}
