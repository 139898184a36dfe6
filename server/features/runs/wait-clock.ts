import type { RunPorts } from './run-ports.ts';
import type { WaitRepository } from './wait-repository.ts';
import type { RunWaker } from './wake-run.ts';

type Needs = {
  waits: WaitRepository;
  waker: RunWaker;
  ports: Pick<RunPorts, 'now' | 'logError'>;
};

const longestPauseMs = 60 * 60_000;
const retryAfterMs = 5000;

/**
 * Sees to it that no run waits for longer than it must: lets waits expire, and takes up runs that were answered and that
 * nobody took up, because a process died or the database was away.
 */
export function createWaitClock({ waits, waker, ports }: Needs) {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Infinity;
  let round: Promise<void> = Promise.resolve();
  let isStopped = false;

  /** Looks at that time, or before. */
  function arm(at: number) {
    if (isStopped || at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    const pauseMs = Math.min(Math.max(at - ports.now().getTime(), 0), longestPauseMs);
    timer = setTimeout(() => void look(), pauseMs).unref();
  }

  async function lookOnce() {
    dueAt = Infinity;
    clearTimeout(timer);
    try {
      await waits.expire(ports.now());
      const answered = new Set([...(await waits.listAnswered()), ...waker.listUnclear()]);
      for (const run of answered) await waker.wake(run);
      const next = await waits.findNextExpiry();
      if (next !== null) arm(next.getTime());
    } catch (error) {
      if (isStopped) return;
      ports.logError(error, 'the hub could not look after the runs that wait for a person');
      arm(ports.now().getTime() + retryAfterMs);
    }
  }

  function look(): Promise<void> {
    round = round.then(() => (isStopped ? undefined : lookOnce()));
    return round;
  }

  return {
    look,
    arm,
    retrySoon: () => arm(ports.now().getTime() + retryAfterMs),
    stop: async (): Promise<void> => {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
export type WaitClock = ReturnType<typeof createWaitClock>;
