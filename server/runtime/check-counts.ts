import type { Told } from './read-evidence.ts';

const words = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const han = '一二三四五六七八九十';
const largestCount = 31;

/** What people count, by its words and by how lists of it are named. */
const kinds: [english: string, chinese: string, lists: RegExp][] = [
  ['transfers?', '转账|转入|转出|划转', /transfer|flow|movement/i],
  ['transactions?', '交易', /transaction|txs?$|transfer|swap|trade|call/i],
  ['swaps?|trades?', '兑换|成交', /swap|trade/i],
  ['tokens?|coins?|holdings?|positions?', '代币|币种|持仓', /token|holding|asset|balance|position|coin/i],
  ['holders?', '持有人|持有者', /holder/i],
  ['approvals?|allowances?', '授权', /approval|allowance/i],
  ['findings?|weaknesses|vulnerabilities', '漏洞|发现', /finding|weakness|vulnerabilit/i],
  ['pools?', '资金池|池子|流动性池', /pool/i],
  ['counterparties', '对手方', /counterpart/i],
];
const englishCount = new RegExp(
  String.raw`(?<![\w.,$€£%-])(\d{1,2}|${words.join('|')})((?:\s(?!of\b|and\b|or\b|per\b|in\b|to\b|from\b)[a-z]+(?:-[a-z]+)?){0,2}?)\s(${kinds.map(([name]) => name).join('|')})\b`,
  'gi',
);
const chineseCount = new RegExp(
  String.raw`(?<![\d.,，第几数多上${han}两百千万])(\d{1,2}|[二两三四五六七八九十]|十[一二三四五六七八九]|二十[一二三四五六七八九]?)\s?(笔|[个种项条次名位])(?:不同的?)?(${kinds.map(([, name]) => name).join('|')})`,
  'g',
);
const supposed =
  /\b(?:if|would|could|should|need|at most|up to|limit|maximum|next|first|last|top|every|per)\b|如果|若|需要|建议|可以|应当|最多|上限|前|每/i;
const filtered =
  /\b(?:of|from|sent|received|incoming|outgoing|above|over|below|on|with|which|that were|by)\b|来自|其中|转入|转出|超过|以上|的/i;
const whole = /\b(?:in total|a total of|altogether|overall)\b|共|合计|总计/i;

function toCount(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  const word = words.indexOf(written.toLowerCase());
  if (word !== -1) return word + 2;
  const [tens = '', ones = ''] = written.includes('十') ? written.split('十') : ['0', written];
  const digit = (sign: string) => (sign === '两' ? 2 : han.indexOf(sign) + 1);
  return (tens === '0' ? 0 : tens === '' ? 10 : digit(tens) * 10) + (ones === '' ? 0 : digit(ones));
}

/**
 * Small counts that no list of the evidence can have, as they are written: more transfers than there are, or another sum of
 * all of them. Fewer may be a part. Nothing is said where no list is of that kind.
 */
export function findWrongCounts(answer: string, readTold: () => Told): string[] {
  const text = answer.replaceAll(/\bhttps?:\S+/g, ' ');
  const said = [...text.matchAll(englishCount), ...text.matchAll(chineseCount)];
  if (said.length === 0) return [];
  const { values, lists, texts } = readTold();
  return said
    .filter(({ 0: written, 1: number = '', 3: noun = '', index }) => {
      const count = toCount(number);
      const [, , named] = kinds.find(([en, zh]) => new RegExp(`^(?:${en}|${zh})$`, 'i').test(noun)) ?? [];
      const own = named === undefined ? [] : lists.filter(({ name }) => named.test(name)).map(({ length }) => length);
      if (named === undefined || own.length === 0 || count < 2 || count > largestCount) return false;
      const sum = own.reduce((total, length) => total + length, 0);
      const [before, after] = [
        toClause(text.slice(0, index), 'end'),
        toClause(text.slice(index + written.length), 'start'),
      ];
      if (supposed.test(`${before} ${after}`) || supposed.test(written)) return false;
      const isTold = (name: string) => named.test(name) || /count|total|number|rows|length|size/i.test(name);
      if (values.some(({ names, value }) => Number(value) === count && isTold(names.slice(names.lastIndexOf('.') + 1))))
        return false;
      // Amounts of a token are counted in tokens.
      if (/token|coin|代币/i.test(noun) && values.some(({ value }) => Number(value) === count)) return false;
      if (texts.some((one) => new RegExp(String.raw`(?<![\d.,])${count}(?![\d.,]\d|\d)|\b${number}\b`, 'i').test(one)))
        return false;
      if (count > sum) return true;
      const isWhole =
        whole.test(`${before}${written}${after}`) &&
        !filtered.test(`${before}${written}${after}`.replace(/a total of/i, ''));
      return isWhole && count !== sum && !own.includes(count);
    })
    .map(([written]) => written);
}

function toClause(text: string, from: 'start' | 'end'): string {
  const parts = text.split(/[\n。！？；]|[.!?;:]\s/);
  return (from === 'end' ? parts.at(-1) : parts[0]) ?? '';
}
