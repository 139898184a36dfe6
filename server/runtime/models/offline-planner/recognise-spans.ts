import { findAll, type Found } from './found.ts';

const monthWord = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const year = '(?:,?\\s+(20\\d\\d))?';
/** "And" is of a span only behind "between". */
const until = '\\s*(?:(?<=\\bbetween\\s.{1,24})and|to|until|till|through|[-–—])\\s*(?:the\\s+)?';
const chineseUntil = '\\s*(?:到|至|[-–—~～])\\s*';
/** Where a month alone is a time and no verb or name. */
const monthLead = '(?:in|during|of|for|since|this|between|from|and|to|with|against|vs\\.?|versus|compare)';

/** A day or a month, its year as far as it is said. */
type Day = { year?: string | undefined; month: number; day?: number | undefined };

const monthOf = (word: string | undefined) => months.indexOf((word ?? '').slice(0, 3).toLowerCase()) + 1;
const toDate = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day));
const toText = (date: Date) => date.toISOString().slice(0, 10);

/** The days from one to another, both included; without a year, in the year in which they began last. */
function toSpan(from: Day, to: Day, now: Date): { from: string; to: string } | null {
  const said = Number(to.year ?? from.year ?? Number.NaN);
  const usual = now.getUTCFullYear();
  const latest = Number.isNaN(said)
    ? toDate(usual, from.month, from.day ?? 1) > now
      ? usual - 1
      : usual
    : said - (to.year !== undefined && from.year === undefined && from.month > to.month ? 1 : 0);
  const fromYear = from.year === undefined ? latest : Number(from.year);
  const toYear = to.year === undefined ? fromYear + Number(to.month < from.month) : Number(to.year);
  const start = toDate(fromYear, from.month, from.day ?? 1);
  const end = to.day === undefined ? toDate(toYear, to.month + 1, 0) : toDate(toYear, to.month, to.day);
  const isReal = start.getUTCMonth() === from.month - 1 && (to.day === undefined || end.getUTCMonth() === to.month - 1);
  return isReal && end >= start ? { from: toText(start), to: toText(end) } : null;
}

/**
 * Days and months that are said shortly: "3 to 10 October", "October 3–10", "in September", "10月3日到10日", "九月" are
 * spans of whole days. Two whole dates are no span but dates.
 */
export function recogniseSpans(text: string, now: Date): Found[] {
  const numbers = (parts: (string | undefined)[]) =>
    parts.map((part) => (part === undefined ? undefined : Number(part)));
  const find = (pattern: string, toValue: (match: string[]) => { from: string; to: string } | null) =>
    findAll(text, new RegExp(pattern, 'giu'), 'span', (match) => toValue([...match] as string[]));
  const found = [
    ...find(`\\b${day}${until}${day}\\s+(?:of\\s+)?${monthWord}${year}\\b`, ([, one, other, month, said]) =>
      toSpan(
        { month: monthOf(month), day: Number(one) },
        { year: said, month: monthOf(month), day: Number(other) },
        now,
      ),
    ),
    ...find(`\\b${monthWord}\\s+${day}${until}${day}${year}\\b(?!\\s*[a-z]*月)`, ([, month, one, other, said]) =>
      toSpan(
        { month: monthOf(month), day: Number(one) },
        { year: said, month: monthOf(month), day: Number(other) },
        now,
      ),
    ),
    ...find(`\\b${day}\\s+${monthWord}${until}${day}\\s+${monthWord}${year}\\b`, ([, one, first, other, last, said]) =>
      toSpan(
        { month: monthOf(first), day: Number(one) },
        { year: said, month: monthOf(last), day: Number(other) },
        now,
      ),
    ),
    ...find(`\\b${monthWord}\\s+${day}${until}${monthWord}\\s+${day}${year}\\b`, ([, first, one, last, other, said]) =>
      toSpan(
        { month: monthOf(first), day: Number(one) },
        { year: said, month: monthOf(last), day: Number(other) },
        now,
      ),
    ),
    ...find(
      `(?:(20\\d\\d)\\s*年\\s*)?(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*[日号]?${chineseUntil}(?:(\\d{1,2})\\s*月\\s*)?(\\d{1,2})\\s*[日号]`,
      ([, said, first, one, last, other]) => {
        const [month = 0, dayOne, lastMonth, dayOther] = numbers([first, one, last, other]);
        return toSpan({ year: said, month, day: dayOne }, { month: lastMonth ?? month, day: dayOther }, now);
      },
    ),
    ...find(
      `\\b(?:on|since|after|before|until)\\s+(?:the\\s+)?${day}\\s+(?:of\\s+)?${monthWord}\\b(?!,?\\s+20\\d\\d)`,
      ([, one, month]) =>
        toSpan({ month: monthOf(month), day: Number(one) }, { month: monthOf(month), day: Number(one) }, now),
    ),
    ...find(`\\b(?:on|since|after|before|until)\\s+${monthWord}\\s+${day}\\b(?!,?\\s+20\\d\\d)`, ([, month, one]) =>
      toSpan({ month: monthOf(month), day: Number(one) }, { month: monthOf(month), day: Number(one) }, now),
    ),
    ...find('(?<!\\d|年|年\\s)(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*[日号]', ([, month, one]) =>
      toSpan({ month: Number(month), day: Number(one) }, { month: Number(month), day: Number(one) }, now),
    ),
    ...find(`\\b(?<=\\b${monthLead}\\s+)${monthWord}(?!\\w)(?!\\s*\\d)`, ([word = '', month]) =>
      /^(?:may|mar|dec)$/i.test(word) && word !== `${word[0] ?? ''}`.toUpperCase() + word.slice(1)
        ? null
        : toSpan({ month: monthOf(month) }, { month: monthOf(month) }, now),
    ),
    ...find('(?<!\\d|年|年\\s|[.])(1[0-2]|[1-9])\\s*月(?:份)?(?!\\s*\\d)', ([, month]) =>
      toSpan({ month: Number(month) }, { month: Number(month) }, now),
    ),
  ];
  // What is longer was read first.
  return found.filter(
    (one, place) => !found.slice(0, place).some(({ start, end }) => one.start < end && start < one.end),
  );
}
