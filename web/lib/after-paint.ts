const restMs = 150;
let typedAt = -restMs;

const onInput = () => {
  typedAt = performance.now();
};

/**
 * Does something once what is there has been painted and nobody is typing, so that a key that was pressed meanwhile comes first;
 * the answer calls it off.
 */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // One listener, however often it is added.
  window.addEventListener('input', onInput, { capture: true, passive: true });
  const workAtRest = () => {
    const leftMs = typedAt + restMs - performance.now();
    if (leftMs > 0) timer = setTimeout(workAtRest, leftMs);
    else work();
  };
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(workAtRest);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
