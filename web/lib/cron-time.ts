/** The first two of cron's five fields, for a time of day such as `09:00`. */
export function toCronTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return `${minute} ${hour}`;
}

/** A time of day as time fields have it, of cron's hour and minute. */
export const fromCronTime = (hour: string, minute: string): string =>
  `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
