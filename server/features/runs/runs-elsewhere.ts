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

/** `state`: how the run stood when the watch began. */
type Watcher = { state: string | undefined; wake: () => void };

const serveEveryMs = 400;
const watchEveryMs = 500;
const askEveryMs = 100;
const longestAnswerMs = 5000;

/**
 * Lets this process see the ends of runs that live in other processes of the hub, and ask for what only those can do. It
 * all goes through rows of the shared database: slower than the same here, but within a second.
 */
export function createRunsElsewhere({ repository, serve, hasRuns, logError }: Needs) {
  const watched = new Map<string, Set<Watcher>>();
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

  async function look() {
    const states = await repository.listStates([...watched.keys()]);
    for (const [run, watchers] of watched) {
      for (const watcher of watchers) if (watcher.state !== states.get(run)) watcher.wake();
    }
  }

  /**
   * Watches a run that does not live here, from now on. `changed` resolves when there is something new: it lives here, has
   * ended or waits elsewhere, or is gone; also when the signal aborts or this process stops.
   */
  async function watch(run: string) {
    let resolve = () => {};
    const promise = new Promise<void>((keep) => (resolve = keep));
    const watcher: Watcher = { state: undefined, wake: resolve };
    const watchers = watched.get(run) ?? new Set();
    watched.set(run, watchers.add(watcher));
    const end = () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && watched.get(run) === watchers) watched.delete(run);
    };
    if (isStopped) resolve();
    if (repository.isShared) {
      // Until its state is known, no look can tell whether it changed.
      watchers.delete(watcher);
      watcher.state = (await repository.listStates([run])).get(run);
      watched.set(run, watchers.add(watcher));
      if (!isWatching) {
        isWatching = true;
        void lookWhile(() => watched.size > 0, look, watchEveryMs).then(() => (isWatching = false));
      }
    }
    return {
      changed: async (signal?: AbortSignal): Promise<void> => {
        if (signal?.aborted === true) return;
        signal?.addEventListener('abort', () => resolve(), { once: true });
        await promise;
      },
      end,
    };
  }

  /**
   * Asks the process that a run lives in; `unknown` also when the run has ended.
   *
   * @throws {HubError} `unavailable`, when that process does not answer
   */
  async function ask(run: string, request: RunRequest): Promise<RunRequestOutcome> {
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
  }

  const tell = (run: string) => {
    for (const { wake } of watched.get(run) ?? []) wake();
  };
  const tellAll = () => {
    for (const run of [...watched.keys()]) tell(run);
  };

  return {
    isPossible: repository.isShared,
    isStopped: () => isStopped,
    watch,
    /** A run lives here again. */
    tell,
    /** Something may have happened to any run. */
    tellAll,
    /** Called when a run begins to live here: answers other processes until none does. */
    serveOthers: () => {
      if (isServing || !repository.isShared) return;
      isServing = true;
      void lookWhile(hasRuns, serveOthers, serveEveryMs).then(() => (isServing = false));
    },
    ask,
    /** The run that is under way in a conversation in another process. */
    findIn: async (conversationId: string): Promise<string | null> =>
      repository.isShared ? ((await repository.listElsewhere(conversationId))[0] ?? null) : null,
    /** Cancels what other processes run in a conversation, and waits for the ends. Never throws: one may not answer. */
    cancelIn: async (conversationId: string): Promise<void> => {
      if (!repository.isShared) return;
      try {
        const runs = await repository.listElsewhere(conversationId);
        await Promise.all(runs.map((run) => ask(run, { kind: 'cancel' })));
        const until = Date.now() + longestAnswerMs;
        while (Date.now() < until && (await repository.listRunning(runs)).length > 0) await pause(askEveryMs);
      } catch (error) {
        logError(error, 'a run of a deleted conversation could not be cancelled in its process');
      }
    },
    stop: () => {
      isStopped = true;
      tellAll();
    },
  };
}
export type RunsElsewhere = ReturnType<typeof createRunsElsewhere>;
