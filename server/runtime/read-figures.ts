import { readNumberWords } from './read-number-words.ts';

/** One way to understand what is written: `digits` / 10^`scale`, and the unit of its last written digit at the same scale. */
export type Reading = { digits: bigint; scale: number; step: bigint };

/** A number as a text writes it. "1,234" is 1234, or 1.234 in other countries, or two numbers (`parts`). */
export type Figure = {
  written: string;
  index: number;
  readings: Reading[];
  parts: Reading[] | null;
  kind: 'amount' | 'percent' | 'points';
  isMoney: boolean;
  /** Seconds of its unit, where it is a span of time. */
  seconds: number | null;
  /** "more than", "超过": what is over it may be cut. */
  isBound: boolean;
  /** A whole number without a unit. */
  isPlain: boolean;
  /** Written with a minus. */
  isNegative: boolean;
  /** Written with a sign, or said to be a rise or a gain, a fall or a loss. */
  direction: 'up' | 'down' | null;
};

/** The nearest number to digits of which so many stand behind the point. */
export const toNumber = (digits: bigint, scale: number): number => Number(`${digits}e-${scale}`);

/** A figure as it is first read. */
export const toValue = ({ readings: [reading] }: Figure): number =>
  reading === undefined ? 0 : toNumber(reading.digits, reading.scale);

const longestDigits = 90;

/** Words and signs that multiply, as powers of ten. */
const multiples: [RegExp, number][] = [
  [/^(?:k|thousand|千)$/i, 3],
  [/^(?:万|萬)$/, 4],
  [/^(?:m|mm|mn|mln|mio|million|百万)$/i, 6],
  [/^(?:亿|億)$/, 8],
  [/^(?:b|bn|billion|十亿)$/i, 9],
  [/^(?:t|tn|trillion|万亿)$/i, 12],
];
const secondsOf: [RegExp, number][] = [
  [/^(?:ms|milliseconds?|毫秒)$/i, 0.001],
  [/^(?:s|secs?|seconds?|秒钟?)$/i, 1],
  [/^(?:min|mins|minutes?|分钟?)$/i, 60],
  [/^(?:h|hrs?|hours?|小时)$/i, 3600],
  [/^(?:d|days?|天)$/i, 86_400],
  [/^(?:weeks?|周)$/i, 604_800],
  [/^(?:months?|个?月)$/i, 2_592_000],
  [/^(?:years?|年)$/i, 31_536_000],
];

const spaces = String.raw`[ \u00a0\u2009\u202f]`;
const number = String.raw`(?:\d{1,3}(?:${spaces}\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'’_]\d+)*)(?:e[+-]?\d{1,2}(?!\d))?`;
const tens = String.raw`\s?[×x*·]\s?10(?:(?:\^|\*\*)\{?[-−]?\d{1,2}\}?|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)`;
const multiple = String.raw`\s?(?:万亿|百万|十亿|[千万萬亿億]|(?:thousand|million|billion|trillion|mln|mio|mm|mn|bn|tn|[kmbt])(?![\p{L}\d]))`;
const percent = String.raw`\s?(?:%|per\s?cent(?:age)?\b)`;
const points = String.raw`\s?(?:bps?\b|basis points?\b|个?基点)`;
const span = String.raw`[\s-]?(?:ms|milliseconds?|s|secs?|seconds?|mins?|minutes?|hrs?|h|hours?|d|days?|weeks?|months?|years?)(?![\p{L}\d])|\s?(?:毫秒|秒钟?|分钟?|小时|天|周|个?月|年)`;
const figure = new RegExp(
  String.raw`([$€£¥￥]\s?)?(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}_\d.])(${number})(${tens})?(${multiple})?(?:(${percent})|(${points})|(${span}))?`,
  'giu',
);

const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
/** Names of money that are written before an amount without a space. */
const moneyNames =
  /\b(?:US\$|USD[CTP]?|DUSD|DAI|EUR|GBP|CNY|RMB|JPY|HKD|W?ETH|W?BTC)-?(?=\d)|\b[A-Z]{2,8}(?=\d{1,3}(?:,\d{3})+|\d+\.\d)/g;

/** What has digits and is no figure: links, times, marks, levels of an interval, names such as ERC-20. */
const notFigures = new RegExp(
  [
    String.raw`\b(?:https?|ipfs|ethereum):\S+`,
    String.raw`0x[\da-f]+(?:(?:…|\.\.\.)[\da-f]+)?`,
    String.raw`\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?`,
    String.raw`\d{1,2}:\d{2}(?::\d{2})?`,
    String.raw`\d{4}[/.]\d{1,2}[/.]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2}(?!\d)`,
    String.raw`\b(?:${months})[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?\b`,
    String.raw`\b\d{1,2}(?:st|nd|rd|th)? (?:${months})[a-z]*\.?(?:,? \d{4})?\b`,
    String.raw`\d{4}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?|\d{1,2}\s?月\s?\d{1,2}\s?[日号]`,
    String.raw`\d{1,2}\s?[点时](?:\s?\d{1,2}\s?分)?`,
    String.raw`\[\d+\]`,
    String.raw`^[ \t]*\d+[.)、][ \t]`,
    String.raw`\b(?:chain ?id|port|HTTP|status|error|code)(?: code)?[\s:=]+\d{2,10}\b|(?:链 ?ID|端口|错误码)[\s:：]*\d{2,10}`,
    String.raw`\b(?:50|80|90|95|99|99\.\d)\s?%(?= (?:prediction |confidence |forecast )?(?:interval|confidence|band|level|range|quantile)|\s?的?(?:预测|置信)?(?:区间|水平))`,
    String.raw`(?<![\p{L}\d])[a-z][a-z]*(?:-[a-z]+)*-?\d[\w.]*`,
    String.raw`UTC[+-]\d+`,
    // Standards, versions, indices, parts of a text, decades, and what is only said so.
    String.raw`\b(?:ERC|EIP|BIP|RFC|SWC|SCWE|CWE|CAIP)\s?#?\d+`,
    String.raw`(?:\b(?:solidity|version|release)|版本)[\s:：]?[\^~>=v]*\s?\d+(?:\.\d+)+`,
    String.raw`(?:\b(?:S&P|Nasdaq|Fortune|FTSE|CSI)|沪深)\s?\d{2,4}\b`,
    String.raw`\b(?:section|chapter|step|figure|table|appendix)\s\d+(?:\.\d+)+`,
    String.raw`(?<!\d)(?:19|20)\d0s\b|\b(?:24/7|50[/-]50)\b|\b[45]\d{2}(?= errors?\b)`,
    String.raw`\b100\s?%(?=\s(?:certain|sure|safe|secure|guaranteed|accurate|reliable|risk)|\s?的?(?:确定|肯定|保证|安全|准确|可靠))`,
    String.raw`(?<![\d.,])1e-?\d{1,2}(?=\s?g?wei\b)|(?<=[/÷×*]\s?)1e\d{1,2}(?!\d)|\bp\s?[<≤]\s?0\.0[15]\b`,
  ].join('|'),
  'gimu',
);
const codeBlock =
  /^```[ \t]*(?:sql|duckdb|solidity|sol|typescript|ts|tsx|javascript|js|python|py|rust|go|bash|sh|shell|vega)\b[^]*?(?:^```|$(?![^]))/gim;

/** Digits of full width and the marks between them as plain ones, every sign at its place. */
const toNarrow = (text: string): string =>
  text
    .replaceAll(/[０-９]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll(/(?<=\d)．(?=\d)/g, '.')
    .replaceAll(/(?<=[０-９\d])，(?=\d{3}(?:\D|$))/g, ',')
    .replaceAll('％', '%');
const blank = (found: string) => ' '.repeat(found.length);

/** The figures of a text that people read, without dates, links, code and names that have digits in them. */
export function readFigures(text: string): Figure[] {
  const narrow = toNarrow(text.replaceAll(codeBlock, blank)).replaceAll(moneyNames, blank);
  const plain = narrow.replaceAll(notFigures, blank);
  const numbers = [...plain.matchAll(figure)].flatMap((match) => toFigure(match, plain, text) ?? []);
  const words = readNumberWords(plain).map(({ written, index, digits, scale, step, isPercent }): Figure => ({
    written,
    index,
    readings: [{ digits, scale, step }],
    parts: null,
    kind: isPercent ? 'percent' : 'amount',
    isMoney: false,
    seconds: null,
    isBound: isBound(plain, index, index + written.length),
    isPlain: !isPercent && scale === 0,
    isNegative: false,
    direction: toDirection(plain, index),
  }));
  return [...shareUnits(numbers, plain), ...words];
}

/** Every number that a text or JSON has, however it may be meant; digits with commas between are read both ways. */
export function readAllNumbers(text: string): Figure[] {
  const plain = toNarrow(text)
    .replaceAll(/0x[\da-f]+/gi, ' ')
    .replaceAll(/\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?/g, ' ');
  const split = plain.includes(',') ? plain.replaceAll(',', ' , ') : '';
  // A result has most of its numbers many times.
  const found = new Map(
    [...plain.matchAll(figure), ...split.matchAll(figure)].map((match) => [
      `${isNegative(match.input, match.index) ? '-' : ''}${match[0]}`,
      match,
    ]),
  );
  const words = readNumberWords(plain.slice(0, 50_000)).map(({ digits, scale, step, isPercent, ...rest }): Figure => ({
    ...rest,
    ...{
      readings: [{ digits, scale, step }],
      parts: null,
      isMoney: false,
      seconds: null,
      isBound: false,
      isPlain: false,
      isNegative: false,
      direction: null,
    },
    kind: isPercent ? 'percent' : 'amount',
  }));
  return [...[...found.values()].flatMap((match) => toFigure(match, '', match[0]) ?? []), ...words];
}

function toFigure(match: RegExpExecArray, plain: string, text: string): Figure | null {
  const [whole, money, written = '', tenPower = '', times = '', percentSign, pointSign, spanSign = ''] = match;
  const understood = understand(written);
  if (understood === null) return null;
  const end = match.index + whole.length;
  const power = readPower(tenPower) + (multiples.find(([pattern]) => pattern.test(times.trim()))?.[1] ?? 0);
  const isWhole = power === 0 && !/e/i.test(written);
  const readings = understood.readings.map((reading) => lift(reading, power, isWhole));
  const seconds = secondsOf.find(([pattern]) => pattern.test(spanSign.replace(/^[\s-]/, '')))?.[1] ?? null;
  const before = /^\s*/.exec(whole)?.[0].length ?? 0;
  const index = match.index + before;
  return {
    written: text.slice(index, end).trim() || whole.trim(),
    index,
    readings,
    parts: isWhole ? understood.parts : null,
    kind: percentSign === undefined ? (pointSign === undefined ? 'amount' : 'points') : 'percent',
    isMoney: money !== undefined,
    seconds,
    isBound: isBound(plain, match.index, end),
    isPlain:
      isWhole &&
      money === undefined &&
      percentSign === undefined &&
      pointSign === undefined &&
      /^\d+$/.test(written) &&
      !isUnit(plain.slice(end, end + 12)),
    isNegative: isNegative(match.input, match.index),
    direction: plain === '' ? null : toDirection(plain, match.index),
  };
}

type Plain = { whole: string; fraction: string };

/** What digits with marks between may be; null where they are no number, such as a version. */
function understand(written: string): { readings: (Plain & { exponent: number })[]; parts: Reading[] | null } | null {
  const [mantissa = '', exponent = '0'] = written.toLowerCase().split('e');
  if (mantissa.replaceAll(/\D/g, '').length > longestDigits) return null;
  const found: Plain[] = [];
  const marks = mantissa.replaceAll(/\d/g, '');
  const groups = mantissa.split(/\D/);
  const [first = '', ...rest] = groups;
  const inThrees = first.length <= 3 && rest.length > 0 && rest.every((group) => group.length === 3);
  const inTwos =
    first.length <= 2 &&
    rest.length > 1 &&
    rest.at(-1)?.length === 3 &&
    rest.slice(0, -1).every(({ length }) => length === 2);
  const isOneMark = new Set(marks).size === 1;
  if (marks === '') found.push({ whole: mantissa, fraction: '' });
  else if (isOneMark) {
    if (inThrees || (inTwos && marks.startsWith(','))) found.push({ whole: groups.join(''), fraction: '' });
    if (marks === '.' || marks === ',') found.push({ whole: first, fraction: rest.join('') });
  } else {
    const last = marks.at(-1) ?? '';
    const between = new Set(marks.slice(0, -1));
    if ((last === '.' || last === ',') && between.size === 1 && !between.has(last))
      found.push({ whole: groups.slice(0, -1).join(''), fraction: groups.at(-1) ?? '' });
  }
  const isList = marks !== '' && /^[,\s]+$/.test(marks) && groups.every((group) => /^(?:0|[1-9]\d*)$/.test(group));
  const parts = isList ? groups.map((group) => ({ digits: BigInt(group), scale: 0, step: 1n })) : null;
  if (found.length === 0 && parts === null) return null;
  return { readings: found.map((one) => ({ ...one, exponent: Number(exponent) })), parts };
}

function lift({ whole, fraction, exponent }: Plain & { exponent: number }, more: number, isWhole: boolean): Reading {
  const power = exponent + more;
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - power;
  return {
    digits: scale < 0 ? digits * 10n ** BigInt(-scale) : digits,
    scale: Math.max(0, scale),
    step: 10n ** BigInt(isWhole && fraction === '' ? countRoundZeros(whole) : Math.max(0, -scale)),
  };
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
function readPower(tenPower: string): number {
  if (tenPower === '') return 0;
  const plain = [...tenPower].map((sign) => (raised.includes(sign) ? String(raised.indexOf(sign)) : sign)).join('');
  const [, minus = '', power = '0'] = /10(?:\^|\*\*)?\{?([-−⁻]?)(\d{1,2})\}?$/.exec(plain) ?? [];
  return Number(power) * (minus === '' ? 1 : -1);
}

/** The unit behind a range is of both its ends: "1.2–1.3M", "8.9–45.67%". */
function shareUnits(figures: Figure[], plain: string): Figure[] {
  return figures.map((one, place) => {
    const next = figures[place + 1];
    if (next === undefined || one.kind !== 'amount') return one;
    const end = one.index + one.written.length;
    if (!/^\s?(?:-|–|—|~|～|至|到)\s?$/.test(plain.slice(end, next.index))) return one;
    const unit = new RegExp(`(${multiple})?(?:${percent})?$`, 'iu').exec(next.written)?.[1]?.trim() ?? '';
    const power = multiples.find(([pattern]) => pattern.test(unit))?.[1] ?? 0;
    const readings = one.readings.map(({ digits, scale, step }) => {
      const left = Math.max(0, scale - power);
      const more = 10n ** BigInt(Math.max(0, power - scale));
      return power === 0 ? { digits, scale, step } : { digits: digits * more, scale: left, step: more };
    });
    return { ...one, readings, kind: next.kind, parts: null };
  });
}

/** Whether words around a number say that it is only passed. */
const isBound = (plain: string, start: number, end: number): boolean =>
  /(?:\b(?:over|more than|above|at least|exceed\w*)|超过|逾|高于|多于|至少|[>≥])\s*[$€£¥￥]?\s?$/i.test(
    plain.slice(Math.max(0, start - 16), start),
  ) || /^(?:\+|\s?(?:多|余))/.test(plain.slice(end, end + 2));

/** Whether a minus before a number is its own, and not a dash between two, or in a name. */
const isNegative = (text: string, index: number): boolean =>
  /[-−]/.test(text.charAt(index - 1)) && !/[\p{L}\p{N}_)\]%-]/u.test(text.charAt(index - 2));

const leading = String.raw`(?: (?:by|of|is|was|about|around|some|nearly|almost|roughly|as much as|at most|to a (?:gain|loss) of))*`;
const rise = new RegExp(
  String.raw`(?:(?:^|[\s"'(（[:：|*])\+[$€£¥￥]?|(?:\b(?:rose|risen|gain(?:s|ed)?|up|increased?|grew|grown|profit)${leading}|上涨|上升|涨幅|涨|增长|增加|盈利|获利)[了约近为达]*)\s?[$€£¥￥]?$`,
  'i',
);
const fall = new RegExp(
  String.raw`(?:\b(?:fell|fallen|dropped|down|decreased?|declined?|lost|loss(?:es)?|slid|plunged|shrank)${leading}|下跌|跌幅|跌|下降|降低|减少|亏损|损失|缩水)[了约近为达]*\s?[$€£¥￥]?$`,
  'i',
);
const notFall = /(?:没有?|并未|未|不)$|\b(?:not|never|no|nothing|without)\b[^.,;:]*$/i;

/** Which way a number is said to go. */
function toDirection(plain: string, index: number): 'up' | 'down' | null {
  const before = plain.slice(Math.max(0, index - 40), index);
  if (rise.test(before)) return 'up';
  if (isNegative(plain, index)) return 'down';
  const [said] = fall.exec(before) ?? [];
  return said === undefined || notFall.test(before.slice(0, -said.length)) ? null : 'down';
}

/** Whether what follows a number is what it counts of money: a symbol in capitals, or a unit of gas. */
function isUnit(after: string): boolean {
  return /^\s?(?:[A-Z][A-Za-z]?[A-Z]+[A-Za-z]*\b|gwei|wei\b|dollars?\b|euros?\b|yuan\b|美元|元|人民币)/u.test(after);
}

/** Zeros at the end of a whole number may come of rounding, where at least two digits stand before them. */
function countRoundZeros(integer: string): number {
  const zeros = /0*$/.exec(integer)?.[0].length ?? 0;
  return integer.length - zeros >= 2 ? zeros : 0;
}
