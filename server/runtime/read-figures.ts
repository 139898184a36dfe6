/** A number as a text writes it: `digits` / 10^`scale`, and the unit of its last written digit at the same scale. */
export type Figure = {
  written: string;
  digits: bigint;
  scale: number;
  step: bigint;
  isPercent: boolean;
  isPlain: boolean;
};

const longestDigits = 90;

/** Words and signs that multiply, as powers of ten. */
const multiples: [RegExp, number][] = [
  [/^(?:k|thousand|千)$/i, 3],
  [/^(?:万|萬)$/, 4],
  [/^(?:m|mn|million|百万)$/i, 6],
  [/^(?:亿|億)$/, 8],
  [/^(?:b|bn|billion|十亿)$/i, 9],
  [/^(?:t|tn|trillion|万亿)$/i, 12],
];

const number = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,2})?`;
const multiple = String.raw`\s?(?:万亿|百万|十亿|[千万萬亿億]|(?:thousand|million|billion|trillion|mn|bn|tn|[kmbt])(?![\p{L}\d]))`;
const figure = new RegExp(String.raw`([$€£¥￥])?(?<![\p{L}\d.])(${number})(${multiple})?(\s?%|％)?`, 'giu');

/** What has digits and is no figure: links, dates, times, ordinals, marks, names such as ERC-20. */
const notFigures = new RegExp(
  [
    String.raw`\b(?:https?|ipfs|ethereum):\S+`,
    String.raw`0x[\da-f]+(?:(?:…|\.\.\.)[\da-f]+)?`,
    String.raw`\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?`,
    String.raw`\d{1,2}:\d{2}(?::\d{2})?`,
    String.raw`\d{4}/\d{1,2}/\d{1,2}`,
    String.raw`\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?\b`,
    String.raw`\b\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{4})?\b`,
    String.raw`\d{4}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?|\d{1,2}\s?月\s?\d{1,2}\s?[日号]`,
    String.raw`\[\d+\]`,
    String.raw`^[ \t]*\d+[.)、][ \t]`,
    String.raw`\b\d+(?:st|nd|rd|th)\b|第\s?\d+`,
    String.raw`(?<![\p{L}\d])[a-z][a-z]*(?:-[a-z]+)*-?\d[\w.]*`,
    String.raw`(?<![\d.,])\d{1,4}(?=[\s-]?(?:s|sec|seconds?|min|minutes?|h|hours?|d|days?|weeks?|months?|years?)\b|\s?(?:秒|分钟?|小时|天|周|个?月|年))`,
    String.raw`UTC[+-]\d+`,
  ].join('|'),
  'gimu',
);

/** The figures of a text that people read, without dates, links, ordinals and names that have digits in them. */
export function readFigures(text: string): Figure[] {
  return findFigures(text.replaceAll(notFigures, (found) => ' '.repeat(found.length)));
}

/** Every number that a text or JSON has, however it may be meant; digits with commas between are read both ways. */
export function readAllNumbers(text: string): Figure[] {
  const plain = text.replaceAll(/0x[\da-f]+/gi, ' ');
  const split = plain.includes(',') ? plain.replaceAll(',', ' ') : '';
  // A result has most of its numbers many times.
  const found = new Map([...plain.matchAll(figure), ...split.matchAll(figure)].map((match) => [match[0], match]));
  return [...found.values()].flatMap((match) => toFigure(match, '') ?? []);
}

function findFigures(text: string): Figure[] {
  return [...text.matchAll(figure)].flatMap((match) => {
    const end = match.index + match[0].length;
    return toFigure(match, text.slice(end, end + 12)) ?? [];
  });
}

function toFigure([whole, money, plain = '', times = '', percent]: RegExpExecArray, after: string): Figure | null {
  const [mantissa = '', exponent = '0'] = plain.replaceAll(',', '').toLowerCase().split('e');
  const [integer = '', fraction = ''] = mantissa.split('.');
  if (integer.length + fraction.length > longestDigits) return null;
  const power = Number(exponent) + (multiples.find(([pattern]) => pattern.test(times.trim()))?.[1] ?? 0);
  const digits = BigInt(integer + fraction);
  const scale = fraction.length - power;
  const isWhole = fraction === '' && times === '' && exponent === '0';
  return {
    written: whole.trim(),
    digits: scale < 0 ? digits * 10n ** BigInt(-scale) : digits,
    scale: Math.max(0, scale),
    step: 10n ** BigInt(isWhole ? countRoundZeros(integer) : Math.max(0, -scale)),
    isPercent: percent !== undefined,
    isPlain: isWhole && money === undefined && percent === undefined && !isUnit(after),
  };
}

/** Whether what follows a number is what it counts of money: a symbol in capitals, or a unit of gas. */
function isUnit(after: string): boolean {
  return /^\s?(?:[A-Z][A-Za-z]?[A-Z]+[A-Za-z]*\b|gwei|wei\b|美元|元)/u.test(after);
}

/** Zeros at the end of a whole number may come of rounding, where at least two digits stand before them. */
function countRoundZeros(integer: string): number {
  const zeros = /0*$/.exec(integer)?.[0].length ?? 0;
  return integer.length - zeros >= 2 ? zeros : 0;
}
