import { useMemo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { fromCron } from './schedule-choice.ts';
import { useWeekdays } from './use-moment.ts';

/** Says a schedule in a person's words; five fields that have none stand as they are. */
export function useRhythm(): (cron: string) => string {
  const { t, language } = useTranslation('triggers');
  const weekdays = useWeekdays();
  const clock = useMemo(() => new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: 'UTC' }), [language]);
  return (cron) => {
    const choice = fromCron(cron);
    if (choice === null) return cron;
    const weekday = weekdays.find(({ value }) => value === choice.weekday)?.name;
    const time = clock.format(new Date(`1970-01-01T${choice.time}Z`));
    return t(`said.${choice.every}`, { ...choice, weekday, time });
  };
}
