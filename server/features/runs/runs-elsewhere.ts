import { setTimeout as wait } from 'node:timers/promises';
import type { RunRequest, RunRequestOutcome } from '#server/contract/run-request.ts';
import { runOutOfReach } from './run-errors.ts';
import type { RunRequestRepository } from './run-request-repository.ts';

type Needs = {
  repository: RunRequestRepository;
  /** Does what another process asks for a run that lives here. */
  serve: (run: string, request: RunRequest) => RunRequestOutcome;
  /** Whether runs live here, which others may ask about. */
  hasRuns: () => boolean;
  logError: (error: unknown, message: string) => void;
};

const serveEveryMs = 400;
const watchEveryMs = 500;
const askEveryMs = 100;
const longestAnswerMs = 5000;

/**
 * Lets this process see the ends of runs that live in other processes of the hub, and ask for what only those can do. It
 * all goes through rows of the shared database: slower than the same here, but within a second.
 */
export function createRunsElsewhere({ repository, serve, hasRuns, logError }: Needs) {
  const watched = new Map<string, Set<() => void>>();
  let isServing = false;
  let isWatching = false;
  let isStopped = false;

  const pause = (timeMs: number) => wait(timeMs, undefined, { ref: false });

  /** Looks again and again, as long as there is a reason to; an outage is told once. */
  async function lookWhile(isNeeded: () => boolean, look: () => Promise<void>, everyMs: number) {
    let hasFailed = false;
    while (isNeeded() && !isStopped) {
      await pause(everyMs);
      try {
        await look();
        hasFailed = false;
      } catch (error) {
        if (!hasFailed && !isStopped) logError(error, 'the hub could not look at the runs of its other processes');
        hasFailed = true;
      }
    }
  }

  async function serveOthers() {
    for (const { id, run, content } of await repository.listOpen()) {
      await repository.answer(id, content === null ? 'unknown' : serve(run, content));
    }
  }

  async function watch() {
    const running = new Set(await repository.listRunning([...watched.keys()]));
    for (const [run, wakes] of watched) if (!running.has(run)) for (const wake of wakes) wake();
  }

  /** Resolves when a run has ended, wherever it lives; also when the signal aborts or this process stops. */
  function untilEnded(run: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wakes = watched.get(run) ?? new Set();
      const wake = () => {
        wakes.delete(wake);
        if (wakes.size === 0) watched.delete(run);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      watched.set(run, wakes.add(wake));
      if (signal?.aborted === true || isStopped) return wake();
      signal?.addEventListener('abort', wake);
      if (isWatching) return;
      isWatching = true;
      void lookWhile(() => watched.size > 0, watch, watchEveryMs).then(() => (isWatching = false));
    });
  }

  return {
    isPossible: repository.isShared,
    untilEnded,
    /** Called when a run begins to live here: answers other processes until none does. */
    serveOthers: () => {
      if (isServing || !repository.isShared) return;
      isServing = true;
      void lookWhile(hasRuns, serveOthers, serveEveryMs).then(() => (isServing = false));
    },
    /**
     * Asks the process that a run lives in; `unknown` also when the run has ended.
     *
     * @throws {HubError} `unavailable`, when that process does not answer
     */
    ask: async (run: string, request: RunRequest): Promise<RunRequestOutcome> => {
      const id = await repository.add(run, request);
      if (id === null) return 'unknown';
      const until = Date.now() + longestAnswerMs;
      try {
        while (Date.now() < until) {
          const outcome = await repository.findOutcome(id);
          if (outcome !== null) return outcome;
          if ((await repository.listRunning([run])).length === 0) return 'unknown';
          await pause(askEveryMs);
        }
      } finally {
        await repository.remove(id);
      }
      throw runOutOfReach(run);
    },
    stop: () => {
      isStopped = true;
      for (const wakes of watched.values()) for (const wake of wakes) wake();
    },
  };
}
export type RunsElsewhere = ReturnType<typeof createRunsElsewhere>;
