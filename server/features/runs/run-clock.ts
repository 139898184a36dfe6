/** Tells when a run has worked for so long; stands still while it is paused. */
export function createRunClock({ limitMs, onEnd }: { limitMs: number; onEnd: () => void }) {
  let leftMs = limitMs;
  let startedAt = performance.now();
  let timer = setTimeout(onEnd, leftMs);
  return {
    pause: () => {
      clearTimeout(timer);
      leftMs -= performance.now() - startedAt;
    },
    goOn: () => {
      startedAt = performance.now();
      timer = setTimeout(onEnd, Math.max(0, leftMs));
    },
    end: () => clearTimeout(timer),
  };
}
