import { findNextTime } from '#server/schedule-times.ts';

type Watched = {
  /** Schedules in five fields and UTC, by name. */
  crons: ReadonlyMap<string, string>;
  onDue: (name: string, dueAt: Date) => void;
  now: () => Date;
};

/** What came due shortly before the start counts: the hub may have been started anew at that moment. */
const lookBackMs = 60_000;
/** A machine that slept, or whose clock was set, is noticed after so long. */
const longestWaitMs = 60_000;

/**
 * Tells of each time at which something is due; of several that a machine slept through, of the first alone.
 *
 * pg-boss could do it, but takes 5 to 20 ms to work out the last time of each schedule: twelve of them held up everybody for
 * a tenth of a second, twice a minute.
 *
 * @returns what ends the watching
 */
export function watchDueTimes({ crons, onDue, now }: Watched): () => void {
  const findNext = (name: string, after: Date) =>
    findNextTime({ cron: crons.get(name) ?? '', timeZone: 'UTC' }, after)?.getTime() ?? Infinity;
  const startedFrom = new Date(now().getTime() - lookBackMs);
  const due = new Map([...crons.keys()].map((name) => [name, findNext(name, startedFrom)]));
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    const at = now();
    for (const [name, dueMs] of due) {
      if (dueMs > at.getTime()) continue;
      onDue(name, new Date(dueMs));
      due.set(name, findNext(name, at));
    }
    const waitMs = Math.min(longestWaitMs, ...[...due.values()].map((dueMs) => dueMs - at.getTime()));
    timer = setTimeout(look, Math.max(waitMs, 1)).unref();
  };
  look();
  return () => clearTimeout(timer);
}
