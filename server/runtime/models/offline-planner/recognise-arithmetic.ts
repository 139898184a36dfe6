import { parseArithmetic, previousResult, type ArithmeticToken } from './parse-arithmetic.ts';
import { dropHidden, type Found } from './found.ts';
import { chineseNumeral, englishNumeral, toDigits } from './recognise-numerals.ts';

const mostParentheses = 60;
const pronoun = 'the (?:result|answer|sum|product|total)|that|this|it|(?:这个|上面的|前面的)?结果|它';

const readers: [RegExp, (text: string) => Omit<ArithmeticToken, 'start' | 'end'>][] = [
  [
    /[$€£¥]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:e[+-]?\d+)?/iy,
    (text) => ({ type: 'number', value: toDigits(text) }),
  ],
  [
    new RegExp(`百分之(?:${chineseNumeral}|\\d+(?:\\.\\d+)?)`, 'y'),
    (text) => ({ type: 'number', value: `(${toDigits(text.slice(3))} / 100)` }),
  ],
  [new RegExp(`(?:${englishNumeral})(?![a-z])`, 'iy'), (text) => ({ type: 'number', value: toDigits(text) })],
  [new RegExp(chineseNumeral, 'y'), (text) => ({ type: 'number', value: toDigits(text) })],
  [new RegExp(`(?:${pronoun})(?![a-z])`, 'iy'), () => ({ type: 'number', value: previousResult })],
  [/(?:pi(?![a-z])|π)/iy, () => ({ type: 'number', value: 'pi' })],
  [/(?:square root of|sqrt|√|根号)/iy, () => ({ type: 'function', value: 'sqrt' })],
  [
    /(?:cbrt|sin|cos|tan|log10|log2|log|ln|exp|abs|round|floor|ceil|min|max)(?=\s*\()/iy,
    (text) => ({ type: 'function', value: text.toLowerCase() }),
  ],
  [/(?:squared(?![a-z])|的平方(?!根))/iy, () => ({ type: 'postfix', value: '^2' })],
  [/(?:cubed(?![a-z])|的立方(?!根))/iy, () => ({ type: 'postfix', value: '^3' })],
  [/的平方根/y, () => ({ type: 'postfix', value: 'sqrt' })],
  [/!/y, () => ({ type: 'postfix', value: '!' })],
  [/(?:%|per ?cent(?![a-z]))/iy, () => ({ type: 'postfix', value: '%' })],
  [/off(?![a-z])/iy, () => ({ type: 'operator', value: 'off' })],
  [/(?:(?:tip|tax|vat|commission|fee|gratuity)\s+)?(?:of|on)(?![a-z])|的/iy, () => ({ type: 'operator', value: 'of' })],
  [/(?:\*\*|\^|to the power of(?![a-z]))/iy, () => ({ type: 'operator', value: '^' })],
  [/(?:\+|plus(?![a-z])|加上?)/iy, () => ({ type: 'operator', value: '+' })],
  [/(?:[-−–]|minus(?![a-z])|减去?)/iy, () => ({ type: 'operator', value: '-' })],
  [/(?:[*×·]|times(?![a-z])|multiplied by(?![a-z])|乘以?|x(?=\s*\d))/iy, () => ({ type: 'operator', value: '*' })],
  [/(?:[/÷]|divided by(?![a-z])|over(?![a-z])|除以)/iy, () => ({ type: 'operator', value: '/' })],
  [/(?:modulo|mod)(?![a-z])/iy, () => ({ type: 'operator', value: 'mod' })],
  [/[(（]/y, () => ({ type: 'open', value: '(' })],
  [/[)）]/y, () => ({ type: 'close', value: ')' })],
  [/,/y, () => ({ type: 'comma', value: ',' })],
];

const orders: [RegExp, (left: string, right: string) => string][] = [
  [/\b(?:multiply|times) (\S.{0,300}?) (?:by|with|and) (\S.*)/i, (left, right) => `${left} * (${right})`],
  [/\bdivide (\S.{0,300}?) by (\S.*)/i, (left, right) => `${left} / (${right})`],
  [/\badd (\S.{0,300}?) (?:to|and) (\S.*)/i, (left, right) => `${right} + ${left}`],
  [/\bsubtract (\S.{0,300}?) from (\S.*)/i, (left, right) => `${right} - (${left})`],
  [/\bsum of (\S.{0,300}?) and (\S.*)/i, (left, right) => `${left} + ${right}`],
  [/\bproduct of (\S.{0,300}?) and (\S.*)/i, (left, right) => `${left} * ${right}`],
  [/\b(?:double) (it|that|the result)()/i, (left) => `${left} * 2`],
  [/\b(?:halve) (it|that|the result)()/i, (left) => `${left} / 2`],
];

function readTokens(text: string): ArithmeticToken[] {
  const tokens: ArithmeticToken[] = [];
  for (let at = 0; at < text.length;) {
    const inWord = /[a-z]/i.test(text[at - 1] ?? '') && /[a-z]/i.test(text[at] ?? '');
    let length = 0;
    for (const [pattern, toToken] of inWord ? [] : readers) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null || match[0] === '') continue;
      length = match[0].length;
      tokens.push({ ...toToken(match[0]), start: at, end: at + length });
      break;
    }
    if (length === 0 && !/\s/.test(text[at] ?? '')) tokens.push({ type: 'other', value: '', start: at, end: at + 1 });
    at += length || 1;
  }
  return tokens;
}

function readOrder(text: string): Found[] {
  for (const [pattern, write] of orders) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [whole, left = '', right = ''] = match;
    const parsed = parseArithmetic(readTokens(write(left, right)), 0);
    if (parsed !== null) {
      return [
        { kind: 'expression', text: whole, value: parsed.value, start: match.index, end: match.index + whole.length },
      ];
    }
  }
  return [];
}

/** True for texts that only look like sums: year ranges, dates, versions, "9/11". */
function isWeak(written: string, text: string): boolean {
  const alone =
    text
      .replace(written, '')
      .replaceAll(/what(?:'s| is)|how much is|calculate|compute|等于|多少|是|计算|算一下|[\s=?？:：.。]/gi, '') === '';
  return !alone && /^[\d,.]+[-–/][\d,.]+$/.test(written);
}

/** Arithmetic as an expression that any calculator reads; percentages and words are written out. */
export function recogniseArithmetic(text: string): Found[] {
  if (text.split(/[(（]/).length > mostParentheses) return [];
  const order = readOrder(text);
  if (order.length > 0) return order;
  const tokens = readTokens(text);
  const found: Found[] = [];
  for (let at = 0; at < tokens.length;) {
    const parsed = parseArithmetic(tokens, at, at === 0);
    const first = tokens[at];
    const last = parsed === null ? undefined : tokens[parsed.next - 1];
    if (parsed === null || first === undefined || last === undefined || !parsed.operates) {
      at = parsed !== null && !parsed.operates ? Math.max(parsed.next, at + 1) : at + 1;
      continue;
    }
    const written = text.slice(first.start, last.end);
    const weak = isWeak(written, dropHidden(text));
    found.push({
      kind: 'expression',
      text: written,
      value: parsed.value,
      start: first.start,
      end: last.end,
      ...(weak ? { weak } : {}),
    });
    at = parsed.next;
  }
  return found;
}
