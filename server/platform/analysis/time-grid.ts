import type { SeriesFacts } from '#server/contract/analysis.ts';

export type TimeGrid = {
  step: SeriesFacts['step'];
  stepSeconds: number | null;
  /** Which step a time belongs to, from 0. */
  indexOf: (at: number) => number;
  /** The time of a step, also behind the last one. */
  timeAt: (index: number) => string | number;
};

const secondMs = 1000;
const dayMs = 86_400_000;
const fixedSteps = [
  ['second', secondMs],
  ['minute', 60 * secondMs],
  ['hour', 3600 * secondMs],
  ['day', dayMs],
  ['week', 7 * dayMs],
] as const;
const calendarSteps = [
  { step: 'month', months: 1, least: 27, most: 32 },
  { step: 'quarter', months: 3, least: 88, most: 94 },
  { step: 'year', months: 12, least: 360, most: 370 },
] as const;

/**
 * The even steps of some times, from the first one on: months, quarters and years by the calendar, days without weekends where
 * there are none, else the usual distance of two.
 *
 * @param times - in order, each once; milliseconds, or any numbers where they are no dates
 */
export function findTimeGrid(times: number[], areDates: boolean): TimeGrid {
  const first = times[0] ?? 0;
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const usual = medianOf(distances);
  if (!areDates) return toNumberGrid(first, usual);
  const isOfDays = times.every((time) => time % dayMs === 0);
  const days = usual / dayMs;
  const calendar = calendarSteps.find(({ least, most }) => days >= least && days <= most);
  if (calendar !== undefined) return toCalendarGrid(times, calendar);
  if (isOfDays && usual === dayMs && distances.includes(3 * dayMs) && !times.some(isWeekend))
    return toWeekdayGrid(first);
  const named = fixedSteps.find(([, lengthMs]) => Math.abs(usual - lengthMs) <= 0.05 * lengthMs);
  const lengthMs = named?.[1] ?? usual;
  return {
    step: named?.[0] ?? 'other',
    stepSeconds: lengthMs / secondMs,
    indexOf: (at) => Math.round((at - first) / lengthMs),
    timeAt: (index) => toText(first + index * lengthMs, isOfDays),
  };
}

function toNumberGrid(first: number, usual: number): TimeGrid {
  return {
    step: 'index',
    stepSeconds: null,
    indexOf: (at) => Math.round((at - first) / usual),
    timeAt: (index) => first + index * usual,
  };
}

function toCalendarGrid(times: number[], { step, months }: (typeof calendarSteps)[number]): TimeGrid {
  const monthOf = (at: number) => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
  const first = monthOf(times[0] ?? 0);
  const dayOf = (at: number) => new Date(at).getUTCDate();
  const areEnds = times.every((at) => dayOf(at + dayMs) === 1);
  const day = areEnds ? 31 : dayOf(times[0] ?? 0);
  return {
    step,
    stepSeconds: null,
    indexOf: (at) => Math.round((monthOf(at) - first) / months),
    timeAt: (index) => {
      const month = first + index * months;
      const longest = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
      return toText(Date.UTC(Math.floor(month / 12), month % 12, Math.min(day, longest)), true);
    },
  };
}

function toWeekdayGrid(first: number): TimeGrid {
  const weekdayOf = (at: number) => (new Date(at).getUTCDay() + 6) % 7;
  const monday = first - weekdayOf(first) * dayMs;
  const countOf = (at: number) => Math.floor((at - monday) / (7 * dayMs)) * 5 + Math.min(4, weekdayOf(at));
  const before = countOf(first);
  return {
    step: 'business-day',
    stepSeconds: null,
    indexOf: (at) => countOf(at) - before,
    timeAt: (index) => {
      const count = index + before;
      return toText(monday + (Math.floor(count / 5) * 7 + (count % 5)) * dayMs, true);
    },
  };
}

const isWeekend = (at: number) => [0, 6].includes(new Date(at).getUTCDay());
const toText = (at: number, isOfDays: boolean) => {
  const text = new Date(at).toISOString();
  return isOfDays ? text.slice(0, 10) : text.replace('.000Z', 'Z');
};

function medianOf(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] || 1;
}
