import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { Schedule } from '#server/contract/trigger.ts';
import { HubError } from '#server/hub-error.ts';

type Times = Pick<Schedule, 'cron' | 'timeZone'>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monthMs = 30 * dayMs;
const yearMs = 364 * dayMs;
/** More than a year's days: what comes still more often comes evenly. */
const mostCounted = 400;

const open = ({ cron, timeZone }: Times) => new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });

/**
 * The first time of a schedule after a moment, or null when there is none.
 *
 * A time that a clock change leaves out is due at the first moment after it; one that comes twice is due once.
 */
export function findNextTime(schedule: Times, after: Date): Date | null {
  return open(schedule).nextRun(after);
}

export function listNextTimes(schedule: Times, after: Date, count: number): Date[] {
  return open(schedule).nextRuns(count, after);
}

/** The newest time up to a moment, and how many there are from the first on; counts no further than `most`. */
export function findMissed(schedule: Times, { first, until, most }: { first: Date; until: Date; most: number }) {
  const cron = open(schedule);
  let last = first;
  let count = 1;
  for (let next = cron.nextRun(first); next !== null && next <= until; next = cron.nextRun(next)) {
    if (count === most) return { last: cron.previousRuns(1, new Date(until.getTime() + 1))[0] ?? last, count };
    last = next;
    count += 1;
  }
  return { last, count };
}

/**
 * About how often a schedule comes in 30 days, over a year of whole weeks; null: less than once. Its minutes, hours and days
 * are counted apart, for one of every minute comes half a million times a year. The clock's changes are left out.
 */
export function countRunsAMonth(cron: string, now: Date): number | null {
  const from = Math.floor(now.getTime() / dayMs) * dayMs;
  const fields = cron.trim().split(/\s+/);
  const [minute, hour, ...days] = fields;
  const runs =
    fields.length === 1
      ? countTimes(cron, from, yearMs)
      : countTimes(`${minute} * * * *`, from, hourMs) *
        countTimes(`0 ${hour} * * *`, from, dayMs) *
        countTimes(`0 0 ${days.join(' ')}`, from, yearMs);
  return Math.round((runs * monthMs) / yearMs) || null;
}

function countTimes(cron: string, from: number, spanMs: number): number {
  const times = open({ cron, timeZone: 'UTC' });
  let count = 0;
  for (let next = times.nextRun(new Date(from - 1)); next !== null && next.getTime() < from + spanMs; count += 1) {
    if (count === mostCounted) return (count * spanMs) / (next.getTime() - from);
    next = times.nextRun(next);
  }
  return count;
}

/** @throws {HubError} `validation_failed` */
export function checkSchedule(schedule: Times, path: string, now: Date): void {
  try {
    if (findNextTime(schedule, now) !== null) return;
  } catch (error) {
    throw scheduleInvalid(path, toReason(error));
  }
  throw scheduleInvalid(path, { en: 'This time never comes.', zh: '此时间永远不会到来。' });
}

function toReason(error: unknown): LocalizedText {
  if (!(error instanceof Error)) return { en: 'Not a time.', zh: '这不是时间。' };
  const said = error.message.replace(/^Cron\w+: /, '');
  return { en: said, zh: `无法读取此时间：${said}` };
}

/** How much later than due a trigger begins: the same in every process, for one trigger and time. */
export function toJitterMs(trigger: string, dueAt: Date, jitterSeconds: number): number {
  if (jitterSeconds === 0) return 0;
  const digest = createHash('sha256').update(`${trigger} ${dueAt.toISOString()}`).digest();
  return digest.readUInt32BE(0) % (jitterSeconds * 1000 + 1);
}

const scheduleInvalid = (path: string, message: LocalizedText) =>
  new HubError(
    'validation_failed',
    { en: 'This schedule cannot be kept.', zh: '无法按此计划执行。' },
    { errors: [{ path, message }] },
  );
