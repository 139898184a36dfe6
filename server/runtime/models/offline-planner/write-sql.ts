import { dropHidden } from './found.ts';
import { findColumns, wordsFor } from './sql-columns.ts';
import { readConditions } from './sql-conditions.ts';
import { quoteName, quoteTable, type SqlTable, type TableColumn } from './sql-schema.ts';
import type { Measure, SqlWish, Unit } from './sql-wishes.ts';
import type { Ask } from './split-asks.ts';

/** A query with what its result can be drawn by. */
export type WrittenSql = {
  sql: string;
  parameters: Record<string, string | number>;
  x: string | null;
  y: string | null;
  isSeries: boolean;
};
export type Unclear = { unclear: 'measure' | 'group' | 'time'; columns: string[] };

const mostRows = 1000;
const countsOnly = /^(?:id|index|.*_id|.*_index|block_number|number|year|decimals|batch_index)$/i;

/** The measure as SQL: `sum(amount)` as `sum_amount`. */
type Term = { sql: string; name: string };
type Group = { sql: string; name: string; isTime: boolean };

/**
 * Writes the SQL that answers a question about one table, from columns that the table has; or says between which columns it
 * cannot decide. Null: the question is none of those that it knows.
 */
export function writeSql(ask: Ask, wish: SqlWish, table: SqlTable): WrittenSql | Unclear | null {
  const text = dropHidden(ask.words);
  const from = quoteTable(table.name);
  const time = findTime(table, text);
  const { sql: where, parameters, used } = readConditions(ask, table.columns, time, from);
  const plain = used.reduce((left, value) => left.replaceAll(value, ' '), text);
  const clauses = (rest: string[]) =>
    [`FROM ${from}`, ...(where.length === 0 ? [] : [`WHERE ${where.join('\n  AND ')}`]), ...rest].join('\n');
  const written = (sql: string, draws: Partial<WrittenSql> = {}): WrittenSql => ({
    sql,
    parameters,
    x: null,
    y: null,
    isSeries: false,
    ...draws,
  });

  const groups = findGroups(wish, table, time);
  if ('unclear' in groups) return groups;
  const numeric = findColumns(table.columns, plain).filter(({ kind }) => kind === 'number');

  if (wish.shape === 'correlation') {
    const [one, other] = numeric;
    if (one === undefined || other === undefined) return { unclear: 'measure', columns: listNumeric(table) };
    const name = `correlation_${one.name}_${other.name}`;
    return written(
      `SELECT round(corr(${quoteName(one.name)}, ${quoteName(other.name)}), 6) AS ${quoteName(name)}\n${clauses([])}`,
    );
  }
  if (wish.shape === 'empty') {
    const counts = table.columns.map(({ name }) => `count(*) - count(${quoteName(name)}) AS ${quoteName(name)}`);
    return written(`SELECT\n  ${counts.join(',\n  ')}\n${clauses([])}`);
  }
  const [named] = findColumns(table.columns, plain);
  if (wish.shape === 'duplicates') {
    if (named === undefined) return { unclear: 'group', columns: table.columns.map(({ name }) => name) };
    const rest = ['GROUP BY 1', 'HAVING count(*) > 1', 'ORDER BY 2 DESC', `LIMIT ${mostRows}`];
    return written(`SELECT ${quoteName(named.name)}, count(*) AS count\n${clauses(rest)}`);
  }
  if (wish.shape === 'values' && wish.measure === null && named !== undefined) {
    const rest = ['GROUP BY 1', 'ORDER BY 2 DESC, 1', `LIMIT ${mostRows}`];
    return written(`SELECT ${quoteName(named.name)}, count(*) AS count\n${clauses(rest)}`, {
      x: named.name,
      y: 'count',
    });
  }
  if (wish.shape === 'rows') return written(`SELECT *\n${clauses([`LIMIT ${wish.top ?? wish.rows}`])}`);

  const term = findTerm(wish, table, plain, groups);
  if ('unclear' in term) return term;
  if (
    groups.length === 0 &&
    wish.top !== null &&
    (wish.measure === null || wish.measure === 'max' || wish.measure === 'min')
  ) {
    const column = numeric[0] ?? (/\b(?:latest|newest|oldest|earliest)\b|最[新早]/i.test(text) ? time : null);
    if (column === null) return { unclear: 'measure', columns: listNumeric(table) };
    const order = `ORDER BY ${quoteName(column.name)} ${wish.isAscending ? 'ASC' : 'DESC'}`;
    return written(`SELECT *\n${clauses([order, `LIMIT ${wish.top}`])}`);
  }
  if (groups.length === 0) return written(`SELECT ${term.sql} AS ${quoteName(term.name)}\n${clauses([])}`);
  return writeGrouped(wish, groups, term, clauses, written);
}

function writeGrouped(
  wish: SqlWish,
  groups: Group[],
  term: Term,
  clauses: (rest: string[]) => string,
  written: (sql: string, draws: Partial<WrittenSql>) => WrittenSql,
): WrittenSql {
  const [first] = groups;
  const isSeries = first?.isTime === true;
  const heads = groups.map(({ sql, name }) => (sql === quoteName(name) ? sql : `${sql} AS ${quoteName(name)}`));
  const places = groups.map((_, place) => place + 1).join(', ');
  const top = wish.top ?? (wish.whichText === '' ? null : 1);
  const own = quoteName(term.name);
  const derived = toDerived(wish, term, first?.sql ?? '1');
  const isRanked = !isSeries || top !== null;
  const order = isRanked
    ? `ORDER BY ${own} ${wish.isAscending && top !== null ? 'ASC' : 'DESC'}, ${places}`
    : `ORDER BY ${places}`;
  const rest = [`GROUP BY ${places}`, order, `LIMIT ${top ?? mostRows}`];
  const columns = [...heads, `${term.sql} AS ${own}`, ...derived.columns].join(',\n  ');
  return written(`SELECT\n  ${columns}\n${clauses(rest)}`, {
    x: first?.name ?? null,
    y: derived.name ?? term.name,
    isSeries,
  });
}

/** What is worked out of a measure over its groups: shares, running totals, moving averages, changes. */
function toDerived(
  { shape, window }: SqlWish,
  { sql }: Term,
  period: string,
): { columns: string[]; name: string | null } {
  const over = `OVER (ORDER BY ${period})`;
  const make = (expression: string, name: string) => ({ columns: [`${expression} AS ${name}`], name });
  switch (shape) {
    case 'share':
      return make(`round(100 * ${sql} / sum(${sql}) OVER (), 2)`, 'share_percent');
    case 'running':
      return make(`sum(${sql}) ${over}`, 'running_total');
    case 'moving':
      return make(
        `avg(${sql}) OVER (ORDER BY ${period} ROWS BETWEEN ${window - 1} PRECEDING AND CURRENT ROW)`,
        'moving_average',
      );
    case 'change': {
      const before = `lag(${sql}) ${over}`;
      return {
        columns: [
          `${sql} - ${before} AS change`,
          `round(100 * (${sql} - ${before}) / nullif(${before}, 0), 2) AS change_percent`,
        ],
        name: 'change',
      };
    }
    case 'plain':
    case 'rows':
    case 'values':
    case 'empty':
    case 'duplicates':
    case 'correlation':
      return { columns: [], name: null };
  }
}

function findTime({ columns }: SqlTable, text: string): TableColumn | null {
  const times = columns.filter(({ kind }) => kind === 'time');
  return findColumns(times, text)[0] ?? times[0] ?? null;
}

const listNumeric = ({ columns }: SqlTable) =>
  columns.filter(({ kind, name }) => kind === 'number' && !countsOnly.test(name)).map(({ name }) => name);

/** By what rows are put together: a unit of time, the columns behind "by" or "which". */
function findGroups(wish: SqlWish, table: SqlTable, time: TableColumn | null): Group[] | Unclear {
  const needsPeriod = ['running', 'moving', 'change'].includes(wish.shape);
  const unit: Unit | null = wish.unit ?? (needsPeriod ? 'day' : null);
  const ofTime = (wanted: Unit, { name }: TableColumn): Group => ({
    sql:
      wanted === 'hour'
        ? `date_trunc('hour', ${quoteName(name)})`
        : `CAST(date_trunc('${wanted}', ${quoteName(name)}) AS DATE)`,
    name: wanted,
    isTime: true,
  });
  const groups: Group[] = [];
  if (unit !== null) {
    if (time === null) return { unclear: 'time', columns: table.columns.map(({ name }) => name) };
    groups.push(ofTime(unit, time));
  }
  const said = wish.whichText === '' ? wish.groupText : wish.whichText;
  const words = wordsFor(said);
  if (wish.whichText !== '' && unit === null && time !== null) {
    const asked = (['hour', 'day', 'week', 'month', 'quarter', 'year'] as const).find(
      (one) => words.has(one) || said.includes(unitWords[one]),
    );
    if (asked !== undefined) return [ofTime(asked, time)];
  }
  const isRankedBy = wish.top !== null && wish.whichText === '';
  const named = findColumns(table.columns, said).filter(({ kind, name }) => kind !== 'number' || countsOnly.test(name));
  for (const { name, kind } of named.slice(0, 2)) {
    if (kind === 'time' && unit !== null) continue;
    groups.push({ sql: quoteName(name), name, isTime: kind === 'time' });
  }
  if (groups.length === 0 && (isRankedBy || wish.shape === 'share')) {
    const [label] = findColumns(table.columns, wish.subjectText).filter(
      ({ kind }) => kind === 'text' || kind === 'other',
    );
    if (label !== undefined) groups.push({ sql: quoteName(label.name), name: label.name, isTime: false });
  }
  return groups;
}

const unitWords: Record<Unit, string> = { hour: '小时', day: '天', week: '周', month: '月', quarter: '季', year: '年' };

/** What is measured: rows, or a column of figures that the text names, or the only one that there is. */
function findTerm(wish: SqlWish, table: SqlTable, text: string, groups: Group[]): Term | Unclear {
  const taken = new Set(groups.map(({ name }) => name));
  const candidates = table.columns.filter(({ name }) => !taken.has(name));
  const named = findColumns(candidates, text);
  const numeric = named.filter(({ kind, name }) => kind === 'number' && !countsOnly.test(name));
  const rows: Term = { sql: 'count(*)', name: 'count' };
  const toTerm = (measure: Exclude<Measure, 'count' | 'distinct'>, { name }: TableColumn): Term => ({
    sql: `${measure}(${quoteName(name)})`,
    name: `${measure === 'sum' ? 'total' : measure === 'avg' ? 'average' : measure}_${name}`,
  });
  if (wish.measure === 'distinct') {
    const [column] = named;
    if (column === undefined) return { unclear: 'measure', columns: candidates.map(({ name }) => name) };
    return { sql: `count(DISTINCT ${quoteName(column.name)})`, name: `distinct_${column.name}` };
  }
  if (wish.measure === 'count') return rows;
  // "Which region has the highest amount" compares what regions have together.
  const isExtreme =
    wish.measure === null ||
    ((wish.measure === 'max' || wish.measure === 'min') && (wish.whichText !== '' || wish.top !== null));
  const measure = isExtreme ? 'sum' : wish.measure;
  if (measure === null) return rows;
  const ofTimes = measure === 'max' || measure === 'min' ? named.filter(({ kind }) => kind === 'time') : [];
  const column = numeric[0] ?? ofTimes[0];
  if (column !== undefined) return toTerm(measure, column);
  const all = listNumeric(table).filter((name) => !taken.has(name));
  const [only] = all;
  if (only !== undefined && all.length === 1)
    return toTerm(measure, { name: only, type: '', kind: 'number', values: [] });
  if (all.length === 0 || wish.measure === null) return rows;
  return { unclear: 'measure', columns: all };
}
