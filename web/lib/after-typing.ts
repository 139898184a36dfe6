import { afterPaint } from './after-paint.ts';

/** Longer than a writer hesitates between two words. */
const restMs = 400;
let typedAt = -restMs;

const onInput = () => {
  typedAt = performance.now();
};

/** Does something once what is there has been painted and nobody is typing. */
export function afterTyping(work: () => void): void {
  // One listener, however often it is added.
  window.addEventListener('input', onInput, { capture: true, passive: true });
  afterPaint(() => {
    const leftMs = typedAt + restMs - performance.now();
    if (leftMs > 0) setTimeout(() => afterTyping(work), leftMs);
    else work();
  });
}
