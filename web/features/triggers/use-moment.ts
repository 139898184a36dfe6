import { useMemo } from 'react';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';

export const localTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Writes moments with their weekday, on the wall clock of a time zone. */
export function useMoment(): (timestamp: string, timeZone?: string) => string {
  const language = useLanguage();
  return useMemo(
    () => (timestamp, timeZone) =>
      new Intl.DateTimeFormat(language, {
        weekday: 'short',
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        ...(timeZone !== undefined && { timeZone }),
      }).format(new Date(timestamp)),
    [language],
  );
}

/** The days of the week from Monday on, as the page's language names them, with 0 for Sunday. */
export function useWeekdays(): { value: number; name: string }[] {
  const language = useLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    // January 4th 1970 was a Sunday.
    return [1, 2, 3, 4, 5, 6, 0].map((value) => ({ value, name: format.format((value + 3) * 86_400_000) }));
  }, [language]);
}
