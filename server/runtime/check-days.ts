const english = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthNames = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const dayMs = 86_400_000;

type Said = {
  written: string;
  /** As days since 1970; several where the order of day and month is not told. */ days: number[];
};

const toDay = (year: number, month: number, day: number): number[] => {
  const ms = Date.UTC(year, month - 1, day);
  return month >= 1 && month <= 12 && new Date(ms).getUTCDate() === day ? [ms / dayMs] : [];
};
const toMonth = (name: string) => english.indexOf(name.slice(0, 3).toLowerCase()) + 1;

const forms: [RegExp, (parts: string[]) => number[]][] = [
  [/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, ([y, m, d]) => toDay(Number(y), Number(m), Number(d))],
  [/(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]/g, ([y, m, d]) => toDay(Number(y), Number(m), Number(d))],
  [
    new RegExp(String.raw`\b(${monthNames})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d{2})\b`, 'gi'),
    ([m = '', d, y]) => toDay(Number(y), toMonth(m), Number(d)),
  ],
  [
    new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?(${monthNames})[a-z]*\.?,? ((?:19|20)\d{2})\b`, 'gi'),
    ([d, m = '', y]) => toDay(Number(y), toMonth(m), Number(d)),
  ],
  [
    /(?<![\d.])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d{2})(?!\d)/g,
    ([a, b, y]) => [...toDay(Number(y), Number(b), Number(a)), ...toDay(Number(y), Number(a), Number(b))],
  ],
];

function listDays(text: string): Said[] {
  return forms.flatMap(([form, toDays]) =>
    [...text.matchAll(form)].flatMap(([written, ...parts]) => {
      const days = toDays(parts);
      return days.length === 0 ? [] : [{ written, days }];
    }),
  );
}

/** Days of a text that are in no evidence, as they are written. Time zones move a day by one; moments may be Unix times. */
export function findUnsourcedDays(answer: string, evidence: readonly string[]): string[] {
  const said = listDays(answer.replaceAll(/\bhttps?:\S+/g, ' '));
  if (said.length === 0) return [];
  const stamps = evidence.flatMap((text) => text.match(/(?<![\d.])1\d{9}(?:\d{3})?(?![\d.])/g) ?? []);
  const known = new Set([
    ...evidence.flatMap(listDays).flatMap(({ days }) => days),
    ...stamps.map((stamp) => Math.floor(Number(stamp.slice(0, 10)) / 86_400)),
  ]);
  return said
    .filter(({ days }) => !days.some((day) => [day - 1, day, day + 1].some((one) => known.has(one))))
    .map(({ written }) => written);
}
