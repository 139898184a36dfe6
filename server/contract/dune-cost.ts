import { getDecimal, multiplyDecimals, showDecimal } from './exact-decimal.ts';
import type { LocalizedText } from './localized-text.ts';

/** What running queries at Dune by a rhythm costs in 30 days; null: nobody can tell. */
export type DuneCost = { runsAMonth: number | null; creditsEach: string | null; creditsAMonth: string | null };

const daysAMonth = 30;
const minutesAMonth = daysAMonth * 24 * 60;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Rhythm = { everyMinutes: number } | { cron: string };

/** How often something is run in 30 days; null for a schedule of which that cannot be told. Pure. */
export function countRunsAMonth(rhythm: Rhythm): number | null {
  if ('everyMinutes' in rhythm) return Math.floor(minutesAMonth / Math.max(1, rhythm.everyMinutes));
  const fields = rhythm.cron.trim().toLowerCase().split(/\s+/);
  const [minutes, hours, days, , weekdaysMeant] = [
    readField(fields[0], 0, 59),
    readField(fields[1], 0, 23),
    readField(fields[2], 1, 31),
    readField(fields[3], 1, 12, months),
    readField(fields[4], 0, 7, weekdays),
  ];
  if (minutes === null || hours === null || days === null || weekdaysMeant === null || fields.length !== 5) return null;
  if (fields[3] !== '*') return null;
  const ofWeek = new Set([...weekdaysMeant].map((day) => day % 7)).size;
  // As cron says: where both are told, either counts.
  const byDay = Math.min(days.size, daysAMonth) / daysAMonth;
  const byWeek = ofWeek / 7;
  const [anyDay, anyWeekday] = [fields[2] === '*', fields[4] === '*'];
  const part = anyDay ? byWeek : anyWeekday ? byDay : byDay + byWeek - byDay * byWeek;
  return Math.round(minutes.size * hours.size * daysAMonth * part);
}

/** The values that a field of cron means; null where it is none of the usual kind. */
function readField(field: string | undefined, least: number, most: number, names?: string[]): Set<number> | null {
  const found = new Set<number>();
  for (const part of (field ?? '').split(',')) {
    const [, range = '', step = '1'] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    const [first, last] = range === '*' ? [least, most] : range.split('-').map((word) => readWord(word, least, names));
    if (first === undefined || Number.isNaN(first) || Number.isNaN(last)) return null;
    const end = last ?? (part.includes('/') ? most : first);
    if (first < least || end > most || end < first) return null;
    for (let value = first; value <= end; value += Number(step)) found.add(value);
  }
  return found;
}

function readWord(word: string, least: number, names: string[] = []): number {
  const place = names.indexOf(word);
  return place === -1 ? (/^\d+$/.test(word) ? Number(word) : Number.NaN) : place + least;
}

/** @param creditsEach - what Dune charged last time, as a decimal; null: not known */
export function toDuneCost(runsAMonth: number | null, creditsEach: string | null): DuneCost {
  const creditsAMonth =
    runsAMonth === null || creditsEach === null
      ? null
      : showDecimal(multiplyDecimals(getDecimal(creditsEach), { units: BigInt(runsAMonth), scale: 0 }));
  return { runsAMonth, creditsEach, creditsAMonth };
}

/** What somebody should know before queries run at Dune by themselves. Pure. */
export function describeDuneCost({ runsAMonth, creditsEach, creditsAMonth }: DuneCost): LocalizedText {
  if (runsAMonth === null)
    return {
      en: `It runs at Dune by a schedule and spends your credits each time${creditsEach === null ? '' : `: ${creditsEach} the last time`}.`,
      zh: `它会按计划在 Dune 运行，每次都会消耗您的额度${creditsEach === null ? '' : `：上次为 ${creditsEach}`}。`,
    };
  const [times, timesZh] = [`about ${runsAMonth} times a month`, `每月约 ${runsAMonth} 次`];
  if (creditsEach === null || creditsAMonth === null)
    return {
      en: `It runs at Dune ${times} and spends your credits each time; how many is known after the first run.`,
      zh: `它会在 Dune 运行，${timesZh}，每次都会消耗您的额度；首次运行后才知道具体数量。`,
    };
  return {
    en: `It runs at Dune ${times}. At ${creditsEach} credits, as the last time, that is about ${creditsAMonth} credits a month.`,
    zh: `它会在 Dune 运行，${timesZh}。按上次的 ${creditsEach} 额度计算，每月约 ${creditsAMonth} 额度。`,
  };
}
