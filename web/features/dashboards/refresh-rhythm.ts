import type { RefreshSchedule } from '#server/contract/dashboard.ts';

const crons = { never: '', quarter: '*/15 * * * *', hour: '0 * * * *', sixHours: '0 */6 * * *', day: '0 6 * * *' };
export const rhythms = [...Object.keys(crons), 'cron'] as const;

/** What a schedule is called; `cron` where it has no name. */
export function rhythmOf(schedule: RefreshSchedule | null): string {
  if (schedule === null) return 'never';
  return Object.entries(crons).find(([, cron]) => cron === schedule.cron)?.[0] ?? 'cron';
}

/** The schedule of a rhythm, in the time zone of the person. */
export function toSchedule(rhythm: string, cron: string): RefreshSchedule | null {
  const found = rhythm === 'cron' ? cron : Object.entries(crons).find(([name]) => name === rhythm)?.[1];
  if (found === undefined || found === '') return null;
  return { cron: found, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}
