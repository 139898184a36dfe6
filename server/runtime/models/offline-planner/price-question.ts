import { dropHidden } from './found.ts';
import type { Ask } from './split-asks.ts';
import { quoteName, quoteTable, type SqlTable } from './sql-schema.ts';
import { createBinder, readTimes } from './sql-times.ts';
import type { Unit } from './sql-wishes.ts';
import { readSymbols, undrawn, type WrittenSql } from './write-sql.ts';

/** What is asked of prices that were: their extremes, their average, how two of them go together, or day by day. */
export type PriceWish = { of: 'extremes' | 'average' | 'correlation' | 'series'; unit: Unit | null };

const prices =
  /\b(?:prices?|priced|cost|traded? at|all[- ]time (?:high|low)|ATH|ATL)\b|价格|币价|单价|历史(?:最高|最低)|(?:最高|最低|平均|均)价|(?:最高|最低)点/i;
const extremes =
  /\b(?:highest|lowest|max(?:imum)?|min(?:imum)?|peak\w*|top(?:ped)?|bottom\w*|dearest|cheapest|range|all[- ]time|high|low|ATH|ATL|most expensive)\b|最[高低贵大小]|峰值|谷底|区间/i;
const average = /\b(?:average|mean|avg)\b|平均|均价/i;
const correlation = /\bcorrelat\w*|\b(?:move|go|went|moved) together\b|相关(?:性|系数)?|联动/i;
const elsewhere =
  /\b(?:alert|notify|pools?|liquidity|swaps?|swapped|slippage|impact|yields?|holders?|worth|gas|floor)\b|提醒|通知|资金池|流动性|兑换|滑点|影响|收益|持有|燃料/i;
const units: [Unit, RegExp][] = [
  ['month', /\b(?:by|per|each|every|a)\s+month\b|\bmonthly\b|(?:按|每|各)个?月|逐月/i],
  ['week', /\b(?:by|per|each|every|a)\s+week\b|\bweekly\b|(?:按|每|各)个?(?:周|星期)|逐周/i],
  ['day', /\b(?:by|per|each|every|a)\s+day\b|\bdaily\b|(?:按|每|各)(?:一)?(?:天|日)|逐日/i],
];
const others = ['table', 'json', 'code', 'hash', 'event', 'function', 'block', 'address', 'table-name', 'column-name'];
const ownTable = 'prices_hourly';
const wanted = ['hour', 'source', 'base', 'close'];

/** Whether the past prices of a token are asked about, which its price now says nothing of; null for every other ask. */
export function readPriceWish(ask: Ask): PriceWish | null {
  const text = dropHidden(ask.words);
  const symbols = readSymbols(ask);
  if (symbols.length === 0 || ask.found.some(({ kind }) => others.includes(kind))) return null;
  const isCorrelation = correlation.test(text) && symbols.length === 2;
  if ((!prices.test(text) && !isCorrelation) || elsewhere.test(text)) return null;
  const unit = units.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  if (isCorrelation) return { of: 'correlation', unit };
  if (symbols.length > 1) return null;
  if (extremes.test(text)) return { of: 'extremes', unit };
  const isPast = unit !== null || ask.found.some(({ kind }) => ['span', 'date', 'duration'].includes(kind));
  if (average.test(text)) return { of: 'average', unit };
  return isPast ? { of: 'series', unit } : null;
}

/** The table with the hourly prices of the chain that is meant; null where there is none, or no chain is said. */
export function findPriceTable(tables: SqlTable[], { found }: Pick<Ask, 'found'>): SqlTable | null {
  const chain = found.find(({ kind }) => kind === 'chain')?.value;
  const schema = typeof chain === 'string' ? chain.replaceAll('-', '_') : null;
  const all = tables.filter(
    ({ name, columns }) =>
      name.endsWith(`.${ownTable}`) && wanted.every((one) => columns.some((column) => column.name === one)),
  );
  if (schema === null) return all.length === 1 ? (all[0] ?? null) : null;
  return all.find(({ name }) => name === `${schema}.${ownTable}`) ?? null;
}

/** The SQL of a question about past prices, by the chain's price feeds, an hour a row. */
export function writePriceQuestion(ask: Ask, { of, unit }: PriceWish, table: SqlTable): WrittenSql | null {
  const hour = table.columns.find(({ name }) => name === 'hour');
  if (hour === undefined) return null;
  const text = dropHidden(ask.words);
  const from = quoteTable(table.name);
  const { parameters, bind } = createBinder();
  const symbols = readSymbols(ask).map((symbol) => bind(symbol.toUpperCase()));
  const { sql: times, isFromNewest } = readTimes(ask, { text, column: hour, from, bind });
  const token = `upper(split_part(base, ' /', 1))`;
  const where = [`source = 'feed'`, `${token} IN (${symbols.join(', ')})`, ...times].join('\n  AND ');
  const period = (wantedUnit: Unit) => `CAST(date_trunc('${wantedUnit}', hour) AS DATE) AS ${wantedUnit}`;
  const written = (sql: string, draws: Partial<WrittenSql> = {}): WrittenSql => ({
    ...undrawn,
    sql,
    parameters,
    isFromNewest,
    notes: [],
    ...draws,
  });
  if (of === 'correlation') {
    const [one, other] = symbols;
    return written(`WITH daily AS (
  SELECT ${period('day')}, ${token} AS token, arg_max(close, hour) AS price
  FROM ${from}
  WHERE ${where}
  GROUP BY 1, 2
), pairs AS (
  SELECT a.day, CAST(a.price AS DOUBLE) AS one, CAST(b.price AS DOUBLE) AS other
  FROM daily AS a JOIN daily AS b ON a.day = b.day AND a.token = ${one} AND b.token = ${other}
), changes AS (
  SELECT one, other, one / lag(one) OVER days - 1 AS one_change, other / lag(other) OVER days - 1 AS other_change
  FROM pairs WINDOW days AS (ORDER BY day)
)
SELECT round(corr(one_change, other_change), 6) AS correlation_of_daily_changes, round(corr(one, other), 6) AS correlation_of_prices, count(*) AS days
FROM changes`);
  }
  const isGrouped = unit !== null || of === 'series';
  const grouping = unit ?? 'day';
  const high = of === 'extremes' && !/\b(?:lowest|min(?:imum)?|cheapest|bottom\w*|ATL)\b|最[低小]|谷底/i.test(text);
  const low =
    of === 'extremes' && !/\b(?:highest|max(?:imum)?|peak\w*|dearest|ATH|most expensive)\b|最[高贵大]|峰值/i.test(text);
  const both = of === 'extremes' && high === low;
  const columns =
    of === 'average'
      ? ['round(avg(close), 8) AS average_price', 'count(*) AS hours']
      : of === 'series'
        ? [
            `arg_min(${quoteName('open')}, hour) AS ${quoteName('open')}`,
            'max(high) AS high',
            'min(low) AS low',
            'arg_max(close, hour) AS close',
          ]
        : [
            ...(high || both ? ['max(high) AS highest_price', 'arg_max(hour, high) AS highest_in_hour'] : []),
            ...(low || both ? ['min(low) AS lowest_price', 'arg_min(hour, low) AS lowest_in_hour'] : []),
          ];
  const heads = isGrouped ? [period(grouping)] : [];
  const y =
    of === 'average' ? 'average_price' : of === 'series' ? 'close' : high || both ? 'highest_price' : 'lowest_price';
  return written(
    `SELECT\n  ${[...heads, ...columns].join(',\n  ')}\nFROM ${from}\nWHERE ${where}${isGrouped ? '\nGROUP BY 1\nORDER BY 1\nLIMIT 1000' : ''}`,
    isGrouped ? { x: grouping, y, isSeries: true } : {},
  );
}
