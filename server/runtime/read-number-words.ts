/** A number that is written in words: `digits` / 10^`scale`, and the unit of its last word at the same scale. */
export type WordNumber = {
  written: string;
  index: number;
  digits: bigint;
  scale: number;
  step: bigint;
  isPercent: boolean;
};

const han: Record<string, bigint> = Object.fromEntries(
  [...'零一二三四五六七八九'].map((sign, value) => [sign, BigInt(value)]),
);
han['〇'] = 0n;
han['两'] = 2n;
const small: Record<string, bigint> = { 十: 10n, 百: 100n, 千: 1000n };
const large: Record<string, bigint> = { 万: 10_000n, 亿: 100_000_000n };
const hanNumber =
  /(百分之)?(?<![数几多上好零〇一二两三四五六七八九十百千万亿第])((?:[一二两三四五六七八九]|十(?=[一二三四五六七八九]?[万亿]))[零〇一二两三四五六七八九十百千万亿]*(?:点[零〇一二三四五六七八九]+)?[万亿]?)/gu;
const tenths =
  /(?<![\p{Script=Han}])([一二三四五六七八九])成(?![为功立了员本分长年人熟就])|占(?:了|到)?([一二三四五六七八九])成/gu;

function parseHan(text: string): { value: bigint; unit: bigint } | null {
  let [total, section, digit, unit]: [bigint, bigint, bigint | null, bigint] = [0n, 0n, null, 1n];
  for (const sign of text) {
    const [value, factor, whole] = [han[sign], small[sign], large[sign]];
    if (value !== undefined) {
      // "两三百" says no number.
      if (digit !== null && digit !== 0n) return null;
      [digit, unit] = [value, 1n];
    } else if (factor !== undefined) {
      section += (digit === null || digit === 0n ? 1n : digit) * factor;
      [digit, unit] = [null, factor];
    } else if (whole !== undefined) {
      section += digit ?? 0n;
      total = whole === 100_000_000n ? (total + section) * whole : total + section * whole;
      unit = digit === null ? unit * whole : whole;
      [section, digit] = [0n, null];
    }
  }
  return { value: total + section + (digit ?? 0n), unit };
}

function readHan(text: string): WordNumber[] {
  const numbers = [...text.matchAll(hanNumber)].flatMap((match): WordNumber[] => {
    const [written, percent, number = ''] = match;
    const [, whole = '', fraction = '', after = ''] =
      /^([^点]+)(?:点([零〇一二三四五六七八九]+))?([万亿]?)$/u.exec(number) ?? [];
    if (percent === undefined && fraction === '' && !/[十百千万亿]/.test(number.slice(1))) return [];
    const parsed = parseHan(fraction === '' ? number : whole);
    if (parsed === null) return [];
    const scale = fraction.length;
    const places = 10n ** BigInt(scale);
    const decimals = [...fraction].reduce((sum, sign) => sum * 10n + (han[sign] ?? 0n), 0n);
    const factor = fraction === '' ? 1n : (large[after] ?? 1n);
    const digits = (parsed.value * places + decimals) * factor;
    const step = fraction === '' ? parsed.unit : factor;
    return [{ written, index: match.index, digits, scale, step, isPercent: percent !== undefined }];
  });
  const parts = [...text.matchAll(tenths)].map((match): WordNumber => {
    const digits = (han[match[1] ?? match[2] ?? ''] ?? 0n) * 10n;
    return { written: match[0], index: match.index, digits, scale: 0, step: 10n, isPercent: true };
  });
  return [...numbers, ...parts];
}

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const english = new Map<string, bigint>([
  ...ones.map((word, value) => [word, BigInt(value)] as const),
  ...tens.map((word, value) => [word, BigInt(value + 2) * 10n] as const),
]);
const factors = new Map<string, bigint>([
  ['thousand', 1000n],
  ['million', 1_000_000n],
  ['billion', 1_000_000_000n],
  ['trillion', 1_000_000_000_000n],
]);
const unitWord = [...english.keys()].join('|');
const englishNumber = new RegExp(
  String.raw`\b(?:${unitWord})\b(?:(?:-|\s+and\s+|\s+)(?:${unitWord}|hundred|thousand|million|billion|trillion)\b)*(\s+per\s?cent\b)?`,
  'gi',
);

function readEnglish(text: string): WordNumber[] {
  return [...text.matchAll(englishNumber)].flatMap((match): WordNumber[] => {
    const percent = match[1];
    const words = match[0]
      .slice(0, match[0].length - (percent ?? '').length)
      .toLowerCase()
      .split(/\s+and\s+|[\s-]+/);
    let [total, section, unit] = [0n, 0n, 1n];
    for (const word of words) {
      const [value, factor] = [english.get(word), factors.get(word)];
      if (value !== undefined) [section, unit] = [section + value, 1n];
      else if (word === 'hundred') [section, unit] = [section * 100n, 100n];
      else if (factor !== undefined) {
        total += section * factor;
        unit = unit * factor;
        section = 0n;
      }
    }
    const isPercent = percent !== undefined;
    if (words.length === 1 && !isPercent) return [];
    return [{ written: match[0], index: match.index, digits: total + section, scale: 0, step: unit, isPercent }];
  });
}

/** The numbers that a text writes in words, English and Chinese: "two million", "一百二十万", "百分之八十", "八成". */
export const readNumberWords = (text: string): WordNumber[] => [...readHan(text), ...readEnglish(text)];
