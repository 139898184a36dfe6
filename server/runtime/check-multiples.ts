import { type Figure, toValue } from './read-figures.ts';

/** How many times as much something is said to have become, at least and at most. */
const sayings: [saying: RegExp, least: number, most: number][] = [
  [/\bdoubled\b|翻倍|翻(?:了)?一倍|翻(?:了)?一番|翻番|(?:增长|增加|上涨)了?一倍/gi, 1.7, 2.9],
  [/\b(?:tripled|trebled)\b/gi, 2.55, 4.35],
  [/翻了?两倍|(?:增长|增加|上涨)了?两倍/g, 1.7, 4.35],
  [/\bquadrupled\b|翻了?两番/gi, 3.4, 5.8],
  [/(?<=(?:增至|升至|涨至|涨到|增长到|变成|变为|达到|原来的)\s?)两倍/g, 1.7, 2.9],
  [/(?<=(?:增至|升至|涨至|涨到|增长到|变成|变为|达到|原来的)\s?)三倍/g, 2.55, 4.35],
  [/(?<=(?:增至|升至|涨至|涨到|增长到|变成|变为|达到|原来的)\s?)四倍/g, 3.4, 5.8],
  [/\bhalved\b|减半|腰斩|砍半/gi, 0.4, 0.6],
];
const supposed = /\b(?:if|would|could|should|were to|unless|until)\b|如果|若|假如|要是|倘若|一旦|再/i;
const beyond = /(?:\b(?:more than|over|well over)|超过|不止)\s?$/i;
const ends = /[\n。！？]|[.!?]\s/g;
/** Whether a text has such a word. */
export const saysMultiple = (text: string): boolean => sayings.some(([saying]) => text.search(saying) !== -1);

/**
 * Words such as "doubled" and 减半 that the figures of their sentence do not have: those behind "from … to", else any two,
 * else its percentage. Where it has none that is known, or only supposes, nothing is said.
 */
export function findWrongMultiples(
  text: string,
  { figures, isKnown }: { figures: readonly Figure[]; isKnown: (figure: Figure) => boolean },
): string[] {
  return sayings.flatMap(([saying, least, most]) =>
    [...text.matchAll(saying)].flatMap(({ 0: written, index }) => {
      const from = Math.max(0, ...[...text.slice(0, index).matchAll(ends)].map((end) => end.index + 1));
      const until = index + (text.slice(index).search(ends) + 1 || text.length - index + 1) - 1;
      const sentence = text.slice(from, until);
      if (supposed.test(sentence)) return [];
      const known = figures.filter((one) => one.index >= from && one.index < until && isKnown(one));
      const quotients = findQuotients(text, known);
      if (quotients.length === 0) return [];
      const isBeyond = beyond.test(text.slice(from, index)) || text.slice(index + written.length).startsWith('多');
      const [low, high] = isBeyond && least >= 1 ? [least, Infinity] : isBeyond ? [0, most] : [least, most];
      return quotients.some((one) => one >= low && one <= high) ? [] : [written];
    }),
  );
}

function findQuotients(text: string, known: readonly Figure[]): number[] {
  const amounts = known.filter(({ kind, seconds }) => kind === 'amount' && seconds === null);
  const isToNext = (one: Figure, next: Figure) => {
    const before = text.slice(Math.max(0, one.index - 12), one.index);
    const between = text.slice(one.index + one.written.length, next.index);
    return (
      (/\bfrom\s?[$€£¥]?\s?$/i.test(before) || /(?:从|由)\s?[$￥¥]?\s?$/.test(before)) &&
      between.length < 24 &&
      /\bto\b|到|至/i.test(between)
    );
  };
  const steps = amounts.flatMap((one, at) => {
    const next = amounts[at + 1];
    return next !== undefined && isToNext(one, next) && toValue(one) > 0 ? [toValue(next) / toValue(one)] : [];
  });
  if (steps.length > 0) return steps;
  if (amounts.length > 1)
    return amounts.flatMap((one) =>
      amounts.flatMap((other) => (one === other || toValue(one) === 0 ? [] : [toValue(other) / toValue(one)])),
    );
  return known
    .filter(({ kind }) => kind === 'percent')
    .map((one) => 1 + ((one.direction === 'down' ? -1 : 1) * toValue(one)) / 100);
}
