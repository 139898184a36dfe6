import { findRawAmount, toTokens } from './sql-amounts.ts';
import { findColumns } from './sql-columns.ts';
import { countsOnly, type Group, type Unclear } from './sql-groups.ts';
import { quoteName, type SqlTable, type TableColumn } from './sql-schema.ts';
import type { Measure, SqlWish } from './sql-wishes.ts';
import { tokenise } from './tokenise.ts';

/** The measure as SQL: `sum(amount)` as `total_amount`; what is in tokens has the raw number beside. */
export type Term = { sql: string; name: string; raw: { sql: string; name: string; ofTokens: boolean } | null };

const rows: Term = { sql: 'count(*)', name: 'count', raw: null };
const takings = /^(?:amount|revenue|sales|turnover|income|total|price|value)$/i;
const pieces = /^(?:quantity|qty|units|pieces|sold|volume)$/i;

export const listNumeric = ({ columns }: SqlTable) =>
  columns.filter(({ kind, name }) => kind === 'number' && !countsOnly.test(name)).map(({ name }) => name);

/** Whether a text counts the rows of a table by their own name: "top senders by transfers", "转账最多". */
function countsRows(text: string, { name }: SqlTable): boolean {
  if (/次数|笔数|条数|\b(?:number of|times|often|frequent(?:ly)?)\b/i.test(text)) return true;
  const nouns = tokenise(name.slice(name.indexOf('.') + 1).replaceAll('_', ' ')).filter((part) => !/\d/.test(part));
  const said = new Set(tokenise(text));
  return nouns.some((noun) => said.has(noun)) || (/transfer/.test(name) && text.includes('转账'));
}

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
