import { useEffect, useState } from 'react';

/**
 * Whether something may cost nothing while it is out of sight (`content-visibility: auto`).
 *
 * It is laid out once before, so that it keeps its true height and nothing jumps when it comes into sight.
 */
export function useMayRest(isWanted = true): boolean {
  const [mayRest, setMayRest] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setMayRest(true));
    });
    return () => cancelAnimationFrame(frame);
  }, [isWanted]);
  return mayRest;
}
