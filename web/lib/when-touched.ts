const signs = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel'] as const;
const waiting = new Set<() => void>();
let isTouched = false;

function release(): void {
  isTouched = true;
  for (const sign of signs) window.removeEventListener(sign, release, { capture: true });
  for (const work of waiting) work();
  waiting.clear();
}

/**
 * Does something at the first sign of a person in this page, or at once when there was one; the answer calls it off.
 *
 * For code that the first view does not need and the first press will: it comes while a hand is on its way.
 */
export function whenTouched(work: () => void): () => void {
  if (isTouched) {
    work();
    return () => undefined;
  }
  if (waiting.size === 0)
    for (const sign of signs) window.addEventListener(sign, release, { capture: true, passive: true });
  waiting.add(work);
  return () => waiting.delete(work);
}
