import type { RunEvent } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import type { LiveRuns } from './live-run.ts';
import { presentStoredRun, toRunStart, toWholeLog } from './present-run.ts';
import { hubStopping, runCancelled, runNotFound } from './run-errors.ts';
import { createRunLog, type LogEntry, type RunLog } from './run-log.ts';
import type { StoredRun } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';
import type { RunsElsewhere } from './runs-elsewhere.ts';

export type ReadOptions = {
  /** The id of the last event that the reader has. */
  after?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Ends where the run waits for a person, too. */
  untilWaiting?: boolean;
};

type Needs = { live: LiveRuns; repository: Pick<RunRepository, 'findRun'>; elsewhere: RunsElsewhere };

/**
 * Follows runs wherever they live: in this process, in another one, or in none while they wait for a person. Events that
 * happen in another process are seen when they are stored: where the run waits, and at its end.
 */
export function createRunFollower({ live, repository, elsewhere }: Needs) {
  const isOver = (stored: StoredRun) =>
    stored.endedAt !== null ||
    (stored.status === 'running' &&
      !elsewhere.isPossible &&
      !live.waking.has(stored.id) &&
      live.find(stored.id) === null);

  /** Every event after the given one, in order and once, until the run ends. */
  async function* read(
    id: string,
    { after, signal, untilWaiting = false }: ReadOptions,
  ): AsyncGenerator<LogEntry[], void> {
    let last = after;
    async function* readFrom(log: RunLog) {
      for await (const batch of log.read({ after: last, signal })) {
        last = batch.at(-1)?.id ?? last;
        yield batch;
      }
    }
    const hasLeft = () => signal?.aborted === true;
    while (!hasLeft() && !elsewhere.isStopped()) {
      const running = live.find(id);
      if (running !== null) {
        yield* readFrom(running.log);
        if (hasLeft() || running.log.events().at(-1)?.type === 'run-end') return;
        await running.finished;
        if (untilWaiting) return;
        continue;
      }
      // Watched before it is read, so that nothing is missed between.
      const watch = await elsewhere.watch(id);
      try {
        const stored = await repository.findRun(id);
        if (stored === null) {
          yield toGone(last);
          return;
        }
        const ended = isOver(stored);
        yield* readFrom(closedLog(ended ? toWholeLog(stored) : [toRunStart(stored), ...stored.events]));
        if (ended || (untilWaiting && stored.status === 'waiting')) return;
        if (live.find(id) === null) await watch.changed(signal);
      } finally {
        watch.end();
      }
    }
  }

  /** The run when it has ended; with `untilWaiting` also when it waits for a person. */
  async function settle(id: string, { untilWaiting }: { untilWaiting: boolean }): Promise<Run> {
    while (!elsewhere.isStopped()) {
      const running = live.find(id);
      if (running !== null) {
        const run = await running.finished;
        if (untilWaiting || run.endedAt !== null) return run;
        continue;
      }
      const watch = await elsewhere.watch(id);
      try {
        const stored = await repository.findRun(id);
        if (stored === null) throw runNotFound(id);
        if (isOver(stored) || (untilWaiting && stored.status === 'waiting')) return presentStoredRun(stored);
        if (live.find(id) === null) await watch.changed();
      } finally {
        watch.end();
      }
    }
    throw hubStopping();
  }

  return { read, settle };
}
export type RunFollower = ReturnType<typeof createRunFollower>;

function closedLog(events: RunEvent[]): RunLog {
  const log = createRunLog(events);
  log.close();
  return log;
}

/** The end of a run that was deleted while somebody read it. */
function toGone(last: string | undefined): LogEntry[] {
  const segment = Number.parseInt(last ?? '0', 10);
  const usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
  const events: RunEvent[] = [
    { type: 'error', problem: runCancelled().toProblem() },
    {
      type: 'run-end',
      status: 'cancelled',
      finishReason: 'cancelled',
      usage,
      costUsd: null,
      costIsPartial: false,
      endedAt: new Date().toISOString(),
    },
  ];
  return events.map((event, place) => ({ id: String(segment + 1 + place), event }));
}
