import { setTimeout as wait } from 'node:timers/promises';
import { within } from '#server/platform/within.ts';
import type { DatabaseThread } from './database-thread.ts';

/** How long a thread may be silent, how often it is asked, and the pauses between starts that fail. */
export type WatchTimes = { patienceMs: number; everyMs: number; shortestPauseMs: number; longestPauseMs: number };

const usualTimes: WatchTimes = { patienceMs: 60_000, everyMs: 5000, shortestPauseMs: 500, longestPauseMs: 30_000 };

/**
 * Keeps a database thread alive: one that ended, or says nothing for a minute, is replaced.
 *
 * Postgres gives up where it cannot write its log, as on a full disk. Its WebAssembly then ends, or loops without end, which
 * is silence from outside. The new thread recovers what was acknowledged from the log, as after a crash.
 *
 * @returns the thread of the moment, and how to end the watch
 */
export function watchThread({
  first,
  start,
  report,
  times = usualTimes,
}: {
  first: DatabaseThread;
  /** Starts another one. */
  start: (signal: AbortSignal) => Promise<DatabaseThread>;
  /** Hears of each failure. */
  report: (error: unknown, message: string) => void;
  times?: WatchTimes | undefined;
}) {
  const ending = new AbortController();
  const { signal } = ending;
  let thread = first;
  const over = new Promise<Error>((resolve) => {
    signal.addEventListener('abort', () => resolve(new Error('The watch is over.')));
  });

  const pause = (ms: number) => wait(ms, undefined, { signal, ref: false }).catch(() => {});

  /** Why the thread has to be replaced: it is gone, or says nothing, or is at one statement for too long. */
  async function waitForFailure(watched: DatabaseThread): Promise<Error> {
    for (;;) {
      const gone = await Promise.race([watched.gone, pause(times.everyMs)]);
      if (gone instanceof Error) return gone;
      const answer = await within(
        times.patienceMs,
        Promise.race([watched.askBusyMs().catch(() => watched.gone), over]),
      );
      if (answer instanceof Error) return answer;
      if (answer === null || answer >= times.patienceMs)
        return new Error(`The embedded database has not answered for ${times.patienceMs / 1000} s.`);
    }
  }

  async function replace(): Promise<DatabaseThread | null> {
    for (let pauseMs = times.shortestPauseMs; ; pauseMs = Math.min(pauseMs * 2, times.longestPauseMs)) {
      await pause(pauseMs);
      if (signal.aborted) return null;
      try {
        return await start(signal);
      } catch (error) {
        if (signal.aborted) return null;
        report(error, 'the embedded database could not be started again; it is tried once more');
      }
    }
  }

  async function watch(): Promise<void> {
    for (;;) {
      const cause = await waitForFailure(thread);
      if (signal.aborted) return;
      report(cause, 'the embedded database failed and is started again');
      await thread.terminate();
      const next = await replace();
      if (next === null) return;
      thread = next;
    }
  }

  const watching = watch();
  return {
    current: () => thread,
    /** Ends the watch, and a start that is under way with it. */
    end: async () => {
      ending.abort();
      await watching;
    },
  };
}
