import type { Span } from './budget-repository.ts';

/** The calendar month (UTC) of a moment. Pure. */
export function toMonth(moment: Date): Span {
  const year = moment.getUTCFullYear();
  const month = moment.getUTCMonth();
  return { from: new Date(Date.UTC(year, month)), to: new Date(Date.UTC(year, month + 1)) };
}
