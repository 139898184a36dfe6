import { fromCronTime, toCronTime } from '#web/lib/cron-time.ts';

export const rhythms = ['minutes', 'hour', 'day', 'weekdays', 'week', 'month'] as const;
export const minuteSteps = [5, 10, 15, 20, 30] as const;

/** A schedule as people say it. What a rhythm does not use keeps its value for when it does. */
export type ScheduleChoice = {
  every: (typeof rhythms)[number];
  minutes: number;
  /** `09:00`. */
  time: string;
  /** 0 is Sunday. */
  weekday: number;
  day: number;
};

export const usualChoice: ScheduleChoice = { every: 'weekdays', minutes: 15, time: '09:00', weekday: 1, day: 1 };

/** The five fields of cron for what a person chose. */
export function toCron({ every, minutes, time, weekday, day }: ScheduleChoice): string {
  const at = toCronTime(time);
  switch (every) {
    case 'minutes':
      return `*/${minutes} * * * *`;
    case 'hour':
      return '0 * * * *';
    case 'day':
      return `${at} * * *`;
    case 'weekdays':
      return `${at} * * 1-5`;
    case 'week':
      return `${at} * * ${weekday}`;
    case 'month':
      return `${at} ${day} * *`;
  }
}

/** What five fields say in people's words, or null where only an expert can read them. */
export function fromCron(cron: string): ScheduleChoice | null {
  const step = /^\*\/(5|10|15|20|30) \* \* \* \*$/.exec(cron);
  if (step) return { ...usualChoice, every: 'minutes', minutes: Number(step[1]) };
  if (cron === '0 * * * *' || cron === '@hourly') return { ...usualChoice, every: 'hour' };
  const found = /^([0-5]?\d) ([01]?\d|2[0-3]) (\*|[1-9]|[12]\d|3[01]) \* (\*|1-5|[0-6])$/.exec(cron);
  if (!found) return null;
  const [, minute = '', hour = '', day = '', weekday = ''] = found;
  const base = { ...usualChoice, time: fromCronTime(hour, minute) };
  if (day !== '*') return weekday === '*' ? { ...base, every: 'month', day: Number(day) } : null;
  if (weekday === '*') return { ...base, every: 'day' };
  return weekday === '1-5' ? { ...base, every: 'weekdays' } : { ...base, every: 'week', weekday: Number(weekday) };
}
