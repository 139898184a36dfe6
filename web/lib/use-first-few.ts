import { startTransition, useEffect, useState } from 'react';
import { afterPaint } from './after-paint.ts';

/** What fills a screen of the usual size. */
const first = 9;
/** So many more in a frame of their own: all at once would be laid out and painted under one press. */
const step = 6;

/** How many of a list are drawn: so many at once as fill a screen, and the others by and by as soon as those are seen. */
export function useFirstFew(length: number): number {
  const [drawn, setDrawn] = useState(first);
  useEffect(() => {
    if (drawn >= length) return;
    return afterPaint(() => startTransition(() => setDrawn(drawn + step)));
  }, [drawn, length]);
  return drawn;
}
