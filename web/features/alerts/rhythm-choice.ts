import type { AlertRhythm } from '#server/contract/alert.ts';
import { fromCronTime, toCronTime } from '#web/lib/cron-time.ts';

export const rhythms = ['minutes', 'day', 'weekdays', 'cron'] as const;

/** How often a query is run, as people say it. What a choice does not use keeps its value for when it does. */
export type RhythmChoice = {
  every: (typeof rhythms)[number];
  everyMinutes: number;
  /** `09:00`. */
  time: string;
  cron: string;
  timeZone: string;
};

export const toUsualRhythm = (): RhythmChoice => ({
  every: 'minutes',
  everyMinutes: 15,
  time: '09:00',
  cron: '0 9 * * 1',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** The contract's words for what a person chose. */
export function toRhythm({ every, everyMinutes, time, cron, timeZone }: RhythmChoice): AlertRhythm {
  // No time is no schedule, which the contract refuses, and not midnight.
  const at = time === '' ? '' : toCronTime(time);
  switch (every) {
    case 'minutes':
      return { everyMinutes };
    case 'day':
      return { cron: `${at} * * *`, timeZone };
    case 'weekdays':
      return { cron: `${at} * * 1-5`, timeZone };
    case 'cron':
      return { cron, timeZone };
  }
}

/** What a rhythm is for people: five fields stay five fields where they say more than a time of days. */
export function fromRhythm(rhythm: AlertRhythm): RhythmChoice {
  const usual = toUsualRhythm();
  if ('everyMinutes' in rhythm) return { ...usual, everyMinutes: rhythm.everyMinutes };
  const { cron, timeZone } = rhythm;
  const daily = /^([1-5]?\d) (1?\d|2[0-3]) \* \* (\*|1-5)$/.exec(cron);
  if (daily === null) return { ...usual, every: 'cron', cron, timeZone };
  const [, minute = '', hour = '', days] = daily;
  return { ...usual, every: days === '*' ? 'day' : 'weekdays', time: fromCronTime(hour, minute), cron, timeZone };
}
