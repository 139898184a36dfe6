/** Tells when a run has worked for so long; what it worked before it waited for a person counts too. */
export function createRunClock({ limitMs, workedMs, onEnd }: { limitMs: number; workedMs: number; onEnd: () => void }) {
  const startedAt = performance.now();
  const timer = setTimeout(onEnd, Math.max(0, limitMs - workedMs));
  return {
    workedMs: () => workedMs + performance.now() - startedAt,
    end: () => clearTimeout(timer),
  };
}
