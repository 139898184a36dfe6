import { symbolColumn } from './sql-amounts.ts';
import { findColumns, wordsFor } from './sql-columns.ts';
import { quoteName, type SqlTable, type TableColumn } from './sql-schema.ts';
import type { Cycle, SqlWish, Unit } from './sql-wishes.ts';

/** Something by which rows are put together. */
export type Group = {
  sql: string;
  name: string;
  isTime: boolean;
  /** What puts the groups in their own order, where their names do not. */
  order?: string;
};
export type Unclear = { unclear: 'measure' | 'group' | 'time'; columns: string[] };

/** Names of numbers that tell things apart and measure nothing. */
export const countsOnly = /^(?:id|index|.*_id|.*_index|block_number|number|year|decimals|batch_index|nonce|type)$/i;
const unitWords: Record<Unit, string> = { hour: '小时', day: '天', week: '周', month: '月', quarter: '季', year: '年' };
const units: Unit[] = ['hour', 'day', 'week', 'month', 'quarter', 'year'];
const tokenWords = /\b(?:tokens?|coins?|currenc(?:y|ies))\b|代币|币种|哪种币|什么币/i;

const people = /\b(?:address(?:es)?|wallets?|accounts?|users?|traders?)\b|地址|钱包|账户|用户|交易者/i;
const received = /\b(?:receiv\w+|got|incoming)\b|收到|收款|转入|接收/i;

const ofColumn = (name: string, isTime = false): Group => ({ sql: quoteName(name), name, isTime });

/** A token is its contract; its symbol is what people read. */
export const tokenGroups = (token: string): Group[] => [ofColumn(symbolColumn), ofColumn(token)];

export function findTime({ columns }: SqlTable, text: string): TableColumn | null {
  const times = columns.filter(({ kind }) => kind === 'time');
  return findColumns(times, text)[0] ?? times[0] ?? null;
}

const ofTime = (wanted: Unit, { name }: TableColumn): Group => ({
  sql:
    wanted === 'hour'
      ? `date_trunc('hour', ${quoteName(name)})`
      : `CAST(date_trunc('${wanted}', ${quoteName(name)}) AS DATE)`,
  name: wanted,
  isTime: true,
});

const ofCycle = (cycle: Cycle, { name }: TableColumn): Group =>
  cycle === 'weekday'
    ? {
        sql: `dayname(${quoteName(name)})`,
        name: 'weekday',
        isTime: false,
        order: `min(isodow(${quoteName(name)}))`,
      }
    : { sql: `hour(${quoteName(name)})`, name: 'hour_of_day', isTime: false, order: '1' };

/** By what rows are put together: a unit of time, the columns behind "by" or "which", the tokens of a chain. */
export function findGroups(
  wish: SqlWish,
  table: SqlTable,
  { time, token, text }: { time: TableColumn | null; token: string | null; text: string },
): Group[] | Unclear {
  const needsPeriod = ['running', 'moving', 'change'].includes(wish.shape);
  const unit: Unit | null = wish.unit ?? (needsPeriod ? 'day' : null);
  const groups: Group[] = [];
  if (wish.cycle !== null) {
    if (time === null) return { unclear: 'time', columns: table.columns.map(({ name }) => name) };
    groups.push(ofCycle(wish.cycle, time));
  }
  if (unit !== null) {
    if (time === null) return { unclear: 'time', columns: table.columns.map(({ name }) => name) };
    groups.push(ofTime(unit, time));
  }
  const said = wish.whichText === '' ? wish.groupText : wish.whichText;
  const words = wordsFor(said);
  if (wish.whichText !== '' && unit === null && wish.cycle === null && time !== null) {
    const asked = units.find((one) => words.has(one) || said.includes(unitWords[one]));
    if (asked !== undefined) return [ofTime(asked, time)];
  }
  const isRankedBy = wish.top !== null && wish.whichText === '';
  const named = findColumns(table.columns, said).filter(({ kind, name }) => kind !== 'number' || countsOnly.test(name));
  for (const { name, kind } of named.slice(0, 2)) {
    if (kind === 'time' && (unit !== null || wish.cycle !== null)) continue;
    groups.push(ofColumn(name, kind === 'time'));
  }
  const speaksOfTokens = tokenWords.test(said) || (isRankedBy && tokenWords.test(wish.subjectText));
  // "Which address sent …": addresses of a movement are on its two sides.
  if (groups.every(({ isTime }) => isTime) && people.test(said || wish.subjectText)) {
    const side = received.test(text) ? /^(?:to|receiver|recipient)$/ : /^(?:from|sender|taker)$/;
    const column = table.columns.find(({ name, kind }) => kind === 'text' && side.test(name));
    if (column !== undefined) groups.push(ofColumn(column.name));
  }
  const isOfPairs = table.columns.some(({ name }) => name === 'pair') && token === null;
  if (
    isOfPairs &&
    (speaksOfTokens || /\bpairs?\b|\bmarkets?\b|交易对/i.test(said)) &&
    !groups.some(({ name }) => name === 'pair')
  )
    groups.push(ofColumn('pair'));
  if (token !== null && speaksOfTokens && !groups.some(({ name }) => name === token))
    groups.push(...tokenGroups(token));
  if (groups.every(({ isTime }) => isTime) && (isRankedBy || wish.shape === 'share' || wish.isSelling)) {
    const [label] = findColumns(table.columns, wish.subjectText).filter(
      ({ kind }) => kind === 'text' || kind === 'other',
    );
    if (label !== undefined) groups.push(ofColumn(label.name));
  }
  return groups;
}
