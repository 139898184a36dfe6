const digits = new Map(
  [...'零〇一二两三四五六七八九'].map((digit, index) => [digit, [0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9][index] ?? 0]),
);
const units = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
  ['万', 10_000],
  ['亿', 100_000_000],
]);

export const chineseNumeral = '[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?';

const englishNumerals = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, value) => [word, value]),
);
for (const [index, word] of 'thirty forty fifty sixty seventy eighty ninety hundred'.split(' ').entries()) {
  englishNumerals.set(word, 30 + index * 10);
}

export const englishNumeral = [...englishNumerals.keys()].sort((left, right) => right.length - left.length).join('|');

/** The number that a Chinese numeral writes: 三百二十点五 → "320.5". */
export function toArabic(numeral: string): string {
  const [whole = '', fraction] = numeral.split('点');
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const sign of whole) {
    const unit = units.get(sign);
    if (unit === undefined) {
      const next = digits.get(sign) ?? 0;
      digit = digit === null ? next : digit * 10 + next;
    } else if (unit >= 10_000) {
      total = (total + section + (digit ?? 0)) * unit;
      section = 0;
      digit = null;
    } else {
      section += (digit ?? 1) * unit;
      digit = null;
    }
  }
  const integer = String(total + section + (digit ?? 0));
  return fraction === undefined ? integer : `${integer}.${[...fraction].map((sign) => digits.get(sign) ?? 0).join('')}`;
}

/** Any numeral as plain digits: "1,234", "$42", "twelve", "三十". */
export function toDigits(numeral: string): string {
  const word = englishNumerals.get(numeral.toLowerCase());
  if (word !== undefined) return String(word);
  return new RegExp(`^${chineseNumeral}$`).test(numeral) ? toArabic(numeral) : numeral.replaceAll(/[$€£¥,\s]/g, '');
}
