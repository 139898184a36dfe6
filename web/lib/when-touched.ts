import { afterTyping } from './after-typing.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel'] as const;
/** Of a frame; the rest of it is for what the person does meanwhile. */
const mostMs = 4;
const waiting = new Set<() => void>();
let isTouched = false;

function release(): void {
  isTouched = true;
  for (const sign of signs) window.removeEventListener(sign, release, { capture: true });
  doSome();
}

/** What the person did is painted first: a page may wait for its first key with thirty things to load. */
function doSome(): void {
  afterTyping(() => {
    const endsAt = performance.now() + mostMs;
    for (const work of waiting) {
      waiting.delete(work);
      work();
      if (performance.now() > endsAt) break;
    }
    if (waiting.size > 0) doSome();
  });
}

/**
 * Does something after the first sign of a person in this page, while nobody types; the answer calls it off.
 *
 * For code that the first view does not need and the first press will: it comes while a hand is on its way.
 */
export function whenTouched(work: () => void): () => void {
  const isFirst = waiting.size === 0;
  waiting.add(work);
  if (isFirst && isTouched) doSome();
  else if (isFirst) for (const sign of signs) window.addEventListener(sign, release, { capture: true, passive: true });
  return () => waiting.delete(work);
}

/** Whether a person has begun to use this page. */
export const wasTouched = (): boolean => isTouched;
