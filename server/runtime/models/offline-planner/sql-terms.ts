import { findRawAmount, toTokens } from './sql-amounts.ts';
import { findColumns } from './sql-columns.ts';
import { countsOnly, type Group, type Unclear } from './sql-groups.ts';
import { quoteName, type SqlTable, type TableColumn } from './sql-schema.ts';
import { feeColumn } from './sql-fees.ts';
import { dollarColumn } from './sql-swaps.ts';
import type { Measure, SqlWish } from './sql-wishes.ts';
import { tokenise } from './tokenise.ts';

/** The measure as SQL: `sum(amount)` as `total_amount`; what is in tokens has the raw number beside. */
export type Term = { sql: string; name: string; raw: { sql: string; name: string; ofTokens: boolean } | null };

const rows: Term = { sql: 'count(*)', name: 'count', raw: null };
/** What is said of how much, and not of how many. */
const isSized = (text: string) => /\b(?:volume|amounts?|values?|size|worth|dollars?)\b|[量额]|金额|美元/i.test(text);
const takings = /^(?:amount|revenue|sales|turnover|income|total|price|value)$/i;
const pieces = /^(?:quantity|qty|units|pieces|sold|volume)$/i;

export const listNumeric = ({ columns }: SqlTable) =>
  columns.filter(({ kind, name }) => kind === 'number' && !countsOnly.test(name)).map(({ name }) => name);

/** Whether a text counts the rows of a table by their own name: "top senders by transfers", "转账最多". */
export function countsRows(text: string, { name }: Pick<SqlTable, 'name'>): boolean {
  if (/次数|笔数|条数|\b(?:number of|times|often|frequent(?:ly)?)\b/i.test(text)) return true;
  const nouns = tokenise(name.slice(name.indexOf('.') + 1).replaceAll('_', ' ')).filter((part) => !/\d/.test(part));
  const said = new Set(tokenise(text));
  return nouns.some((noun) => said.has(noun)) || (/transfer/.test(name) && text.includes('转账'));
}

const largest = /\b(?:largest|biggest|greatest|highest|smallest|lowest)\s+((?:[\w'’]+\s+){0,2}[\w'’]+)/i;
const largestChinese =
  /最[大小高低]的?\s*(?:一|单|几|[\d两二三四五六七八九十]+)?\s*[笔条次个]|[笔条次].{0,8}最[大小高低]|单笔最[大小高低]|最[大小高低]的?\S{0,12}(?:转账|兑换|交易|支付|订单)|(?:大额|巨额)(?:转账|兑换|交易)/;

/** Whether whole rows are meant, by their own name: "the largest transfers", "最大的一笔兑换". */
export function listsRows({ measure, shape }: SqlWish, text: string, table: SqlTable): boolean {
  if ((measure !== 'max' && measure !== 'min' && measure !== null) || shape !== 'plain') return false;
  if (largestChinese.test(text)) return true;
  const said = largest.exec(text)?.[1];
  return said !== undefined && !/\b(?:amounts?|values?|sums?|sizes?|totals?)\b/i.test(said) && countsRows(said, table);
}

/** Whether one of them is wanted and no list. */
export const isOfOne = (text: string): boolean =>
  /最[大小高低]的?\s*(?:一笔|单笔|那笔)|单笔最|哪一?笔/.test(text) ||
  /\bthe (?:single )?(?:largest|biggest|greatest|highest|smallest|lowest)\s+(?:\w+\s+)?(?:transfer|swap|trade|payment|transaction|order)\b/i.test(
    text,
  ) ||
  /\bsingle\b/i.test(text);

function toTerm(measure: Exclude<Measure, 'count' | 'distinct'>, name: string, table: SqlTable): Term {
  const label = measure === 'sum' ? 'total' : measure === 'avg' ? 'average' : measure;
  const column = quoteName(name);
  const raw = findRawAmount(table, name);
  if (raw === null) return { sql: `${measure}(${column})`, name: `${label}_${name}`, raw: null };
  const ofTokens = 'token' in raw;
  if (measure === 'sum' || measure === 'max' || measure === 'min') {
    const sql = `${measure}(${column})`;
    return { sql: toTokens(sql, raw, true), name: `${label}_tokens`, raw: { sql, name: `${label}_${name}`, ofTokens } };
  }
  const sql = `${measure}(${toTokens(column, raw, false)})`;
  return { sql, name: `${label}_tokens`, raw: { sql, name: '', ofTokens } };
}

/** What is measured: rows, or a column of figures that the text names, or the only one that there is. */
export function findTerm(
  wish: SqlWish,
  table: SqlTable,
  { text, groups, isOfToken }: { text: string; groups: Group[]; isOfToken: boolean },
): Term | Unclear {
  const taken = new Set(groups.map(({ name }) => name));
  const candidates = table.columns.filter(({ name }) => !taken.has(name));
  const named = findColumns(candidates, text);
  const numeric = named.filter(({ kind, name }) => kind === 'number' && !countsOnly.test(name));
  if (wish.measure === 'distinct') {
    const column = named.find(({ kind }) => kind !== 'number') ?? named[0];
    if (column === undefined) return { unclear: 'measure', columns: candidates.map(({ name }) => name) };
    return { sql: `count(DISTINCT ${quoteName(column.name)})`, name: `distinct_${column.name}`, raw: null };
  }
  if (wish.measure === 'count') return rows;
  // "Which region has the highest amount" compares what regions have together.
  const isExtreme =
    wish.measure === null ||
    ((wish.measure === 'max' || wish.measure === 'min') && (wish.whichText !== '' || wish.top !== null));
  const measure = isExtreme ? 'sum' : wish.measure;
  if (measure === null) return rows;
  const ofTimes = measure === 'max' || measure === 'min' ? named.filter(({ kind }) => kind === 'time') : [];
  const column: TableColumn | undefined = numeric[0] ?? ofTimes[0];
  if (column !== undefined) return toTerm(measure, column.name, table);
  const all = listNumeric(table).filter((name) => !taken.has(name));
  if (all.includes(feeColumn) && measure !== null) return toTerm(measure, feeColumn, table);
  if (all.includes(dollarColumn))
    return wish.measure === null && !isSized(text) ? rows : toTerm(measure, dollarColumn, table);
  const sold = wish.isSelling
    ? (all.find((name) => (wish.measure === null ? pieces : takings).test(name)) ??
      all.find((name) => takings.test(name)))
    : undefined;
  if (sold !== undefined) return toTerm('sum', sold, table);
  // Amounts of different tokens are no sum.
  const isMixed = table.tokens !== null && !isOfToken && all.every((name) => findRawAmount(table, name) !== null);
  if (wish.measure === null && (isMixed || countsRows(text, table))) return rows;
  const [only] = all;
  if (only !== undefined && all.length === 1) return toTerm(measure, only, table);
  if (all.length === 0 || wish.measure === null) return rows;
  return { unclear: 'measure', columns: all };
}
