import type { JsonObject } from '#server/contract/json.ts';
import { dropHidden } from './found.ts';
import { isOfTransfers } from './read-transfer-wish.ts';
import type { Ask } from './split-asks.ts';
import { quoteName, quoteTable, type SqlTable } from './sql-schema.ts';
import { readTimes } from './sql-times.ts';
import { readHorizon, toLiteral } from './write-series.ts';
import { readSymbols } from './write-sql.ts';

const ownTable = 'prices_hourly';
const wanted = ['hour', 'source', 'base', 'close'];

/**
 * What a token cost, day by day at its end, by the price feed of the chain that is meant, as an analysis is told of it; null
 * where no such table is there, or the ask is of something else.
 */
export function writePriceSeries(
  ask: Ask,
  { tables, tool }: { tables: SqlTable[]; tool: string },
): { given: JsonObject; table: string } | null {
  const [symbol, second] = readSymbols(ask);
  if (symbol === undefined || second !== undefined || isOfTransfers(ask) || tool === 'profile-table') return null;
  if (ask.found.some(({ kind }) => ['table', 'json', 'table-name', 'column-name'].includes(kind))) return null;
  const chain = ask.found.find(({ kind }) => kind === 'chain')?.value;
  const schema = typeof chain === 'string' ? chain.replaceAll('-', '_') : null;
  const all = tables.filter(
    ({ name, columns }) =>
      name.endsWith(`.${ownTable}`) && wanted.every((one) => columns.some((column) => column.name === one)),
  );
  const table =
    schema === null
      ? all.length === 1
        ? all[0]
        : undefined
      : all.find(({ name }) => name === `${schema}.${ownTable}`);
  const hour = table?.columns.find(({ name }) => name === 'hour');
  if (table === undefined || hour === undefined) return null;
  const text = dropHidden(ask.words);
  const from = quoteTable(table.name);
  // A forecast is of what is to come: "in a week" bounds no rows.
  const times = tool === 'forecast' ? [] : readTimes(ask, { text, column: hour, from, bind: toLiteral }).sql;
  const where = [`source = 'feed'`, `upper(base) LIKE ${toLiteral(`${symbol.toUpperCase()} /%`)}`, ...times];
  const horizon = tool === 'forecast' ? readHorizon(text, 'day') : null;
  return {
    table: table.name,
    given: {
      sql: `SELECT\n  CAST(date_trunc('day', ${quoteName('hour')}) AS DATE) AS day,\n  arg_max(close, ${quoteName('hour')}) AS price\nFROM ${from}\nWHERE ${where.join('\n  AND ')}\nGROUP BY 1\nORDER BY 1`,
      time_column: 'day',
      number_column: 'price',
      ...(tool === 'forecast' ? { combine: 'last' } : {}),
      ...(horizon === null ? {} : { horizon }),
    },
  };
}
