import { startTransition, useEffect, useState } from 'react';
import { afterPaint } from '#web/lib/after-paint.ts';

const firstParts = 2;

/** How many of a long text's parts are drawn: the first at once, then one after another, so that nobody waits for all. */
export function useDrawnParts(count: number): number {
  const [allowed, setAllowed] = useState(firstParts);
  const isWaiting = allowed < count;
  useEffect(
    () => (isWaiting ? afterPaint(() => startTransition(() => setAllowed(allowed + 1))) : undefined),
    [allowed, isWaiting],
  );
  return Math.min(allowed, count);
}
