import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { fromCron } from './schedule-choice.ts';
import { useWeekdays } from './use-moment.ts';

/** Says a schedule in a person's words; five fields that have none stand as they are. */
export function useRhythm(): (cron: string) => string {
  const { t } = useTranslation('triggers');
  const weekdays = useWeekdays();
  return (cron) => {
    const choice = fromCron(cron);
    if (choice === null) return cron;
    const weekday = weekdays.find(({ value }) => value === choice.weekday)?.name;
    return t(`said.${choice.every}`, { ...choice, weekday });
  };
}
