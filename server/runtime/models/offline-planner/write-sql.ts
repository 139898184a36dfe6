import { dropHidden } from './found.ts';
import { findRawAmount, findTokenColumn, joinTokens, listShown, ofHolder, ofSymbols, toTokens } from './sql-amounts.ts';
import { findColumns } from './sql-columns.ts';
import { compares, readConditions } from './sql-conditions.ts';
import { findGroups, findTime, type Group, tokenGroups, type Unclear } from './sql-groups.ts';
import { quoteName, quoteTable, type SqlTable } from './sql-schema.ts';
import { findTerm, listNumeric, type Term } from './sql-terms.ts';
import type { SqlWish } from './sql-wishes.ts';
import type { Ask } from './split-asks.ts';

/** A query with what its result can be drawn by. */
export type WrittenSql = {
  sql: string;
  parameters: Record<string, string | number>;
  x: string | null;
  y: string | null;
  series: string | null;
  isSeries: boolean;
  /** Whether times count back from the newest row. */
  isFromNewest: boolean;
};

const mostRows = 1000;
const sums = new Set(['sum', 'avg', 'median', 'min', 'max', 'stddev']);
const tokenWords = /\b(?:tokens?|coins?)\b|代币|币/i;

/** The symbols of tokens that an ask names. */
export const readSymbols = ({ found }: Ask): string[] => [
  ...new Set(
    found.flatMap(({ kind, value, weak }) => (kind === 'token' && weak !== true ? [String(value as string)] : [])),
  ),
];

/** The rows that a question is about: with the symbols and decimals of their tokens, where it needs them. */
function openRows(ask: Ask, wish: SqlWish, table: SqlTable, text: string) {
  const symbols = readSymbols(ask);
  const numeric = findColumns(table.columns, text).flatMap(({ name }) => findRawAmount(table, name) ?? []);
  const named = numeric.flatMap((raw) => ('token' in raw ? [raw.token] : []))[0];
  const token = named ?? findTokenColumn(table);
  const needsTokens =
    symbols.length > 0 ||
    tokenWords.test(text) ||
    ['rows', 'latest'].includes(wish.shape) ||
    wish.top !== null ||
    wish.measure === null ||
    sums.has(wish.measure) ||
    compares(text);
  if (token === null || !needsTokens) return { from: quoteTable(table.name), table, token: null, symbols: [] };
  return { ...joinTokens(table, token), token, symbols };
}

/**
 * Writes the SQL that answers a question about one table, from columns that the table has; or says between which columns it
 * cannot decide. Null: the question is none of those that it knows.
 */
export function writeSql(ask: Ask, wish: SqlWish, described: SqlTable): WrittenSql | Unclear | null {
  const text = dropHidden(ask.words);
  const { from, table, token, symbols } = openRows(ask, wish, described, text);
  const time = findTime(table, text);
  const inTokens = (name: string) => {
    const raw = findRawAmount(table, name);
    return raw === null || ('token' in raw && raw.token !== token)
      ? quoteName(name)
      : toTokens(quoteName(name), raw, false);
  };
  const totalInTokens = (name: string) => {
    const raw = findRawAmount(table, name);
    const total = `sum(${quoteName(name)})`;
    return raw === null || ('token' in raw && raw.token !== token) ? total : toTokens(total, raw, true);
  };
  const conditions = readConditions(ask, {
    columns: table.columns,
    time,
    from: quoteTable(table.name),
    toSql: inTokens,
    toTotal: wish.isOfTotals ? totalInTokens : undefined,
  });
  const { sql: where, having, parameters, used, isFromNewest } = conditions;
  if (token !== null && symbols.length > 0) {
    const places = symbols.map((symbol) => {
      const name = `v${Object.keys(parameters).length + 1}`;
      parameters[name] = symbol;
      return `{{${name}}}`;
    });
    where.push(ofSymbols(table, token, { places }));
  }
  const plain = used.reduce((left, value) => left.replaceAll(value, ' '), text);
  const clauses = (rest: string[]) =>
    [`FROM ${from}`, ...(where.length === 0 ? [] : [`WHERE ${where.join('\n  AND ')}`]), ...rest].join('\n');
  const written = (sql: string, draws: Partial<WrittenSql> = {}): WrittenSql => ({
    sql,
    parameters,
    x: null,
    y: null,
    series: null,
    isSeries: false,
    isFromNewest,
    ...draws,
  });

  const groups = findGroups(wish, table, { time, token });
  if ('unclear' in groups) return groups;
  if (wish.isOfHolders)
    where.push(...groups.flatMap(({ name }) => (/^(?:from|to)$/.test(name) ? [ofHolder(name)] : [])));
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
  const shown = token === null && table.tokens === null ? '*' : listShown(table);
  if (wish.shape === 'rows' || wish.shape === 'latest') {
    const order = wish.shape === 'latest' && time !== null ? [`ORDER BY ${quoteName(time.name)} DESC`] : [];
    return written(`SELECT ${shown}\n${clauses([...order, `LIMIT ${wish.top ?? wish.rows}`])}`);
  }

  const isExtreme = wish.measure === null || wish.measure === 'max' || wish.measure === 'min';
  if (groups.length === 0 && wish.top !== null && isExtreme) {
    const all = listNumeric(table);
    const isOfTime = /\b(?:latest|newest|oldest|earliest)\b|最[新早]/i.test(text);
    const column = numeric[0]?.name ?? (isOfTime ? time?.name : undefined) ?? (all.length === 1 ? all[0] : undefined);
    if (column === undefined) return { unclear: 'measure', columns: all };
    const order = `ORDER BY ${inTokens(column)} ${wish.isAscending ? 'ASC' : 'DESC'}${inTokens(column) === quoteName(column) ? '' : ' NULLS LAST'}`;
    return written(`SELECT ${shown}\n${clauses([order, `LIMIT ${wish.top}`])}`);
  }
  const term = findTerm(wish, table, { text: plain, groups, isOfToken: symbols.length > 0 });
  if ('unclear' in term) return term;
  const isOfTokens = term.raw?.ofTokens === true || symbols.length > 0;
  const all =
    token === null || !isOfTokens || groups.some(({ name }) => name === token)
      ? groups
      : [...groups, ...tokenGroups(token)];
  if (all.length === 0) return written(`SELECT ${toColumns(term).join(', ')}\n${clauses([])}`);
  return writeGrouped({ wish, groups: all, token, term, having, clauses, written });
}

const toColumns = ({ sql, name, raw }: Term): string[] => [
  `${sql} AS ${quoteName(name)}`,
  ...(raw === null || raw.name === '' ? [] : [`${raw.sql} AS ${quoteName(raw.name)}`]),
];

type Grouped = {
  wish: SqlWish;
  groups: Group[];
  token: string | null;
  term: Term;
  having: string[];
  clauses: (rest: string[]) => string;
  written: (sql: string, draws: Partial<WrittenSql>) => WrittenSql;
};

function writeGrouped({ wish, groups, token, term, having, clauses, written }: Grouped): WrittenSql {
  const [first, second] = groups;
  const isSeries = first?.isTime === true;
  const heads = groups.map(({ sql, name }) => (sql === quoteName(name) ? sql : `${sql} AS ${quoteName(name)}`));
  const places = groups.map((_, place) => place + 1).join(', ');
  const isOfAll = (wish.whichText === '' && !wish.isSelling) || wish.isOfTotals;
  const top = wish.top ?? (isOfAll ? null : 1);
  const own = quoteName(term.name);
  const isByToken = token !== null && groups.some(({ name }) => name === token);
  const derived = toDerived(wish, term, {
    period: first?.sql ?? '1',
    apart: isByToken ? `PARTITION BY ${quoteName(token)} ` : '',
  });
  const isRanked = !isSeries || top !== null;
  const order = isRanked
    ? `ORDER BY ${own} ${wish.isAscending && top !== null ? 'ASC' : 'DESC'}${term.raw === null ? '' : ' NULLS LAST'}, ${places}`
    : `ORDER BY ${places}`;
  const bounds = having.length === 0 ? [] : [`HAVING ${having.join(' AND ')}`];
  const rest = [`GROUP BY ${places}`, ...bounds, order, `LIMIT ${top ?? mostRows}`];
  const columns = [...heads, ...toColumns(term), ...derived.columns].join(',\n  ');
  return written(`SELECT\n  ${columns}\n${clauses(rest)}`, {
    x: first?.name ?? null,
    y: derived.name ?? term.name,
    series: isSeries && second !== undefined ? second.name : null,
    isSeries,
  });
}

/** What is worked out of a measure over its groups: shares, running totals, moving averages, changes. */
function toDerived(
  { shape, window }: SqlWish,
  { sql, raw }: Term,
  { period, apart }: { period: string; apart: string },
): { columns: string[]; name: string | null } {
  const over = `OVER (${apart}ORDER BY ${period})`;
  // Shares are the same of raw numbers, which cannot outgrow their type.
  const plain = raw?.sql ?? sql;
  const make = (expression: string, name: string) => ({ columns: [`${expression} AS ${name}`], name });
  switch (shape) {
    case 'share':
      return make(`round(100 * ${plain} / sum(${plain}) OVER (${apart.trimEnd()}), 2)`, 'share_percent');
    case 'running':
      return make(`sum(${sql}) ${over}`, 'running_total');
    case 'moving':
      return make(
        `avg(${sql}) OVER (${apart}ORDER BY ${period} ROWS BETWEEN ${window - 1} PRECEDING AND CURRENT ROW)`,
        'moving_average',
      );
    case 'change': {
      const before = `lag(${plain}) ${over}`;
      return {
        columns: [
          `${sql} - lag(${sql}) ${over} AS change`,
          `round(100 * (${plain} - ${before}) / nullif(${before}, 0), 2) AS change_percent`,
        ],
        name: 'change',
      };
    }
    case 'plain':
    case 'rows':
    case 'latest':
    case 'values':
    case 'empty':
    case 'duplicates':
    case 'correlation':
      return { columns: [], name: null };
  }
}
