const longestSleepMs = 30_000;
const shortestSleepMs = 200;

/**
 * Does work when it is due, one round after another, and looks again at least every half a minute: another process may
 * have stored something in the meantime.
 *
 * @param round - does what is due, and answers when there is more
 */
export function createLoop({
  round,
  now,
  logFailure,
}: {
  round: () => Promise<Date | null>;
  now: () => Date;
  logFailure: (error: unknown) => void;
}) {
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  let isRunning = false;
  let isAsked = false;
  let isOn = false;

  async function go() {
    isRunning = true;
    let pauseMs = longestSleepMs;
    try {
      isAsked = false;
      const next = await round();
      if (next !== null)
        pauseMs = Math.min(longestSleepMs, Math.max(shortestSleepMs, next.getTime() - now().getTime()));
    } catch (error) {
      logFailure(error);
    }
    isRunning = false;
    if (isOn) plan(isAsked ? 0 : pauseMs);
  }

  function plan(pauseMs: number) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      underWay = go();
    }, pauseMs).unref();
  }

  return {
    start: () => {
      isOn = true;
      plan(0);
    },
    /** Something is due now. */
    wake: () => {
      isAsked = true;
      if (isOn && !isRunning) plan(0);
    },
    stop: async () => {
      isOn = false;
      clearTimeout(timer);
      await underWay;
    },
  };
}
