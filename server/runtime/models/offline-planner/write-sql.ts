import { dropHidden } from './found.ts';
import {
  findRawAmount,
  findTokenColumn,
  isBurnt,
  isMinted,
  isOfMovements,
  joinTokens,
  listShown,
  ofKnown,
  ofHolder,
  ofSymbols,
  readFlow,
  symbolColumn,
  toTokens,
} from './sql-amounts.ts';
import { findColumns } from './sql-columns.ts';
import { compares, readConditions } from './sql-conditions.ts';
import { findGroups, findTime, type Group, tokenGroups, type Unclear } from './sql-groups.ts';
import { quoteName, quoteTable, type SqlTable } from './sql-schema.ts';
import { findPeople, readPerPerson, writePeople, writePerPerson } from './sql-people.ts';
import { feeColumn, isOfFees, openFees, shownFees } from './sql-fees.ts';
import { dollarColumn, isOfSwaps, ofSwapped, openSwaps, shownSwaps } from './sql-swaps.ts';
import { countsRows, findTerm, isOfOne, listNumeric, listsRows, type Term } from './sql-terms.ts';
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
  /** What the figures count and leave out, which their reader is to be told. */
  notes: ('known' | 'holders' | 'dollars' | 'utc' | 'compared' | 'people' | 'tokens' | 'each')[];
};

/** A result that nothing says how to draw. */
export const undrawn = { x: null, y: null, series: null, isSeries: false } satisfies Partial<WrittenSql>;

const mostRows = 1000;
const usualRows = 10;
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
  const isPlainCount =
    wish.measure === 'count' && symbols.length === 0 && wish.groupText + wish.whichText === '' && !compares(text);
  if (isOfSwaps(table) && !isPlainCount) return { ...openSwaps(table), token: null, symbols };
  if (isOfFees(table, text)) return { ...openFees(table), token: null, symbols: [] };
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
  const { times, having, parameters, used, isFromNewest } = conditions;
  /** Which rows are meant at all; what else is said of them may also be what is compared with all of them. */
  const rest = [...times];
  const said = conditions.sql.filter((one) => !times.includes(one));
  const bindSymbol = (symbol: string) => {
    const name = `v${Object.keys(parameters).length + 1}`;
    parameters[name] = symbol;
    return `{{${name}}}`;
  };
  const isSwaps = table.columns.some(({ name }) => name === dollarColumn);
  const notes: WrittenSql['notes'] = [];
  if (token !== null && symbols.length > 0) {
    rest.push(ofSymbols(table, token, { places: symbols.map(bindSymbol) }));
  }
  if (isSwaps)
    rest.push(
      ...symbols.map((symbol) => {
        const places = [bindSymbol(symbol)];
        return ofSwapped((column) => ofSymbols(table, column, { places }));
      }),
    );
  const plain = used.reduce((left, value) => left.replaceAll(value, ' '), text);
  const groups = findGroups(wish, table, { time, token, text });
  if ('unclear' in groups) return groups;
  const flow = readFlow(text);
  const isMoved = isOfMovements(table);
  const ranksRows = wish.top !== null && wish.measure !== 'count' && groups.length === 0;
  if (isMoved && flow !== null) rest.push(flow === 'mint' ? isMinted : isBurnt);
  else if (isMoved && (wish.isOfHolders || ranksRows || listsRows(wish, text, table))) {
    rest.push(ofHolder('from'), ofHolder('to'));
    notes.push('holders');
  }
  // Anybody may make a token of any name, and as much of it as they please.
  const comparesTokens = isMoved && token !== null && table.tellsKnown && symbols.length === 0 && flow === null;
  const namesContract = ask.found.some(({ kind }) => kind === 'address');
  if (comparesTokens && !namesContract && (ranksRows || wish.measure === 'max' || listsRows(wish, text, table))) {
    rest.push(ofKnown(table, token));
    notes.push('known');
  }
  if (token !== null && /\b(?:dollars?|USD)\b|美[元金]/i.test(text)) notes.push('tokens');
  const clausesOf = (conditions: string[]) => (more: string[]) =>
    [`FROM ${from}`, ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join('\n  AND ')}`]), ...more].join('\n');
  const where = [...said, ...rest];
  const clauses = clausesOf(where);
  const written = (sql: string, draws: Partial<WrittenSql> = {}): WrittenSql => ({
    ...undrawn,
    sql,
    parameters,
    isFromNewest,
    notes: [
      ...notes,
      ...(sql.replace(from, '').includes(dollarColumn) ? ['dollars' as const] : []),
      ...(wish.cycle === null ? [] : ['utc' as const]),
      ...(wish.shape === 'compared' && isFromNewest ? ['compared' as const] : []),
    ],
    ...draws,
  });

  const each = readPerPerson(text);
  if (each !== null) {
    const period = wish.unit === null || time === null ? null : `date_trunc('${wish.unit}', ${quoteName(time.name)})`;
    const shared = writePerPerson(described, { who: each, from, where, period });
    if (shared !== null)
      return written(shared.sql, { x: period === null ? null : 'period', y: shared.y, isSeries: period !== null });
  }
  const people = wish.whoText === '' ? [] : findPeople(table, wish.whoText);
  if ((wish.shape === 'new' || wish.shape === 'active') && people.length > 0 && time !== null) {
    const { sql, x, y } = writePeople({
      wish,
      people,
      time,
      from,
      where: where.filter((one) => !times.includes(one)),
      times,
    });
    if (people.length > 1) notes.push('people');
    return written(sql, { x, y, isSeries: x !== null });
  }
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
  const isFees = table.columns.some(({ name }) => name === feeColumn);
  const shown = isFees
    ? shownFees
    : isSwaps
      ? shownSwaps
      : token === null && table.tokens === null
        ? '*'
        : listShown(table);
  if (wish.shape === 'rows' || wish.shape === 'latest') {
    const order = wish.shape === 'latest' && time !== null ? [`ORDER BY ${quoteName(time.name)} DESC`] : [];
    return written(`SELECT ${shown}\n${clauses([...order, `LIMIT ${wish.top ?? wish.rows}`])}`);
  }

  const isExtreme = wish.measure === null || wish.measure === 'max' || wish.measure === 'min';
  const listed = listsRows(wish, text, table);
  const top = wish.top ?? (listed ? (isOfOne(text) ? 1 : usualRows) : null);
  if (groups.length === 0 && top !== null && isExtreme) {
    const numbers = listNumeric(table);
    const [usual] = numbers.filter((name) => name === dollarColumn || name === feeColumn);
    const all = usual === undefined ? numbers : [usual];
    const isOfTime = /\b(?:latest|newest|oldest|earliest)\b|最[新早]/i.test(text);
    const column = numeric[0]?.name ?? (isOfTime ? time?.name : undefined) ?? (all.length === 1 ? all[0] : undefined);
    if (column === undefined) return { unclear: 'measure', columns: all };
    const isAscending = wish.isAscending || wish.measure === 'min';
    const isExact = inTokens(column) === quoteName(column) && !isSwaps;
    const order = `ORDER BY ${inTokens(column)} ${isAscending ? 'ASC' : 'DESC'}${isExact ? '' : ' NULLS LAST'}`;
    // Amounts of different tokens say nothing of each other: the largest of each.
    const apart =
      token !== null && symbols.length === 0 && findRawAmount(table, column) !== null
        ? [
            `QUALIFY row_number() OVER (PARTITION BY ${quoteName(token)} ${order}) <= ${top}`,
            `ORDER BY ${quoteName(token)}, ${order.slice(9)}`,
          ]
        : [order, `LIMIT ${top}`];
    if (apart[0]?.startsWith('QUALIFY') === true) notes.push('each');
    return written(`SELECT ${shown}\n${clauses(apart)}`);
  }
  const isPart = wish.shape === 'share' && said.length > 0 && groups.length === 0;
  const ofRows = isPart && wish.measure === null && countsRows(wish.subjectText, described);
  const term = findTerm(ofRows ? { ...wish, measure: 'count' } : wish, table, {
    text: plain,
    groups,
    isOfToken: symbols.length > 0,
  });
  if ('unclear' in term) return term;
  const isOfTokens = term.raw?.ofTokens === true || symbols.length > 0;
  const all =
    token === null || !isOfTokens || groups.some(({ name }) => name === token)
      ? groups
      : [...groups, ...tokenGroups(token)];
  if (isPart) {
    const heads = all.map(({ name }) => `${quoteName(name)},\n  `).join('');
    const amount = term.raw?.sql ?? term.sql;
    const part = `${amount} FILTER (WHERE ${said.join(' AND ')})`;
    const name = term.name === 'count' ? 'count' : term.name;
    const shown = (sql: string) =>
      term.raw === null || term.raw.name === '' ? sql : term.sql.replace(term.raw.sql, sql);
    const grouped = all.length === 0 ? [] : [`GROUP BY ${all.map((_, place) => place + 1).join(', ')}`];
    return written(
      `SELECT\n  ${heads}${shown(part)} AS ${quoteName(`matching_${name}`)},\n  ${shown(amount)} AS ${quoteName(`all_${name}`)},\n  round(100 * coalesce(${part}, 0) / nullif(${amount}, 0), 2) AS share_percent\n${clausesOf(rest)(grouped)}`,
    );
  }
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
  const isOfTokens = token !== null && tokenWords.test(wish.whichText);
  /** "The top 5 of each week". */
  const isOfEach =
    isSeries &&
    wish.unit !== null &&
    (isOfTokens || groups.some(({ isTime, name }) => !isTime && name !== token && name !== symbolColumn));
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
  const isRanked = !isOfEach && (isSeries ? top !== null : first?.order === undefined || top !== null);
  const direction = wish.isAscending && top !== null ? 'ASC' : 'DESC';
  const amount = term.raw?.sql ?? term.sql;
  const ofEach =
    isOfEach && top !== null
      ? [
          `QUALIFY row_number() OVER (PARTITION BY ${[first.sql, ...(isByToken && !isOfTokens ? [quoteName(token)] : [])].join(', ')} ORDER BY ${amount} ${direction}, ${groups
            .slice(1)
            .map(({ sql }) => sql)
            .join(', ')}) <= ${top}`,
        ]
      : [];
  const order = isOfEach
    ? `ORDER BY 1, ${own} ${direction} NULLS LAST, ${places}`
    : !isRanked && first?.order !== undefined
      ? `ORDER BY ${first.order}, ${places}`
      : isRanked
        ? `ORDER BY ${own} ${direction}${term.raw === null ? '' : ' NULLS LAST'}, ${places}`
        : `ORDER BY ${places}`;
  const bounds = having.length === 0 ? [] : [`HAVING ${having.join(' AND ')}`];
  const rest = [`GROUP BY ${places}`, ...bounds, ...ofEach, order, `LIMIT ${isOfEach ? mostRows : (top ?? mostRows)}`];
  const columns = [...heads, ...toColumns(term), ...derived.columns].join(',\n  ');
  return written(`SELECT\n  ${columns}\n${clauses(rest)}`, {
    x: first?.name ?? null,
    y: wish.shape === 'compared' ? term.name : (derived.name ?? term.name),
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
    case 'compared':
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
    case 'new':
    case 'active':
    case 'rows':
    case 'latest':
    case 'values':
    case 'empty':
    case 'duplicates':
    case 'correlation':
      return { columns: [], name: null };
  }
}
