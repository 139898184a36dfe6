import type { JsonObject } from '#server/contract/json.ts';
import { dropHidden } from './found.ts';
import { readSmallNumber } from './small-numbers.ts';
import type { Ask } from './split-asks.ts';
import { findTokenColumn, joinTokens, ofHolder, ofSymbols, toTokens } from './sql-amounts.ts';
import { readConditions } from './sql-conditions.ts';
import { findTime } from './sql-groups.ts';
import { quoteName, quoteTable, type SqlTable } from './sql-schema.ts';
import type { SqlWish, Unit } from './sql-wishes.ts';
import { readSymbols } from './write-sql.ts';

const daysOf: Record<Unit, number> = { hour: 1 / 24, day: 1, week: 7, month: 30, quarter: 91, year: 365 };
const chineseUnits: Record<string, Unit> = {
  小时: 'hour',
  天: 'day',
  日: 'day',
  周: 'week',
  星期: 'week',
  月: 'month',
  季: 'quarter',
  年: 'year',
};
const ahead =
  /\b(?:next|coming|following|for|over)\s+(?:(?:the|another)\s+)?(?:next\s+)?(?:(\w+)\s+)?(hour|day|week|month|quarter|year)s?\b(?!\s+of\b)|(?:未来|接下来|今后|往后|下)的?\s*(\d{1,3}|[一二两三四五六七八九十]{1,3})?\s*个?(小时|天|日|周|星期|月|季|年)/i;
const from =
  /\bin\s+(an?|one|two|three|four|five|six|\d{1,3})\s+(hour|day|week|month|quarter|year)s?\b|(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(小时|天|日|周|星期|月|季|年)(?:之|以)?后/i;
const tomorrow = /\btomorrow\b|明天|明日/i;
const mostSteps = 365;

/** How many steps of a series are to be foretold, where it is said: "the next two weeks" of days are 14. */
export function readHorizon(text: string, unit: Unit): number | null {
  const [, english, englishUnit, chinese, chineseUnit] =
    ahead.exec(text) ?? from.exec(text) ?? (tomorrow.test(text) ? [text, 'one', 'day'] : []);
  const said = (englishUnit?.toLowerCase() as Unit | undefined) ?? chineseUnits[chineseUnit ?? ''];
  const amount = readSmallNumber((english ?? chinese ?? 'one').replace(/^an?$/i, 'one'));
  if (said === undefined || amount === null) return null;
  return Math.min(mostSteps, Math.max(1, Math.round((amount * daysOf[said]) / daysOf[unit])));
}

/** SQL has no parameters where it is analysed. */
export const toLiteral = (value: string | number | undefined) =>
  typeof value === 'number' ? String(value) : `'${(value ?? '').replaceAll("'", "''")}'`;

/** What a token moved, step by step, up to the last whole one, as an analysis is told of it; null where no table has it. */
export function writeSeries(
  ask: Ask,
  { wish, table: described, tool }: { wish: SqlWish; table: SqlTable; tool: string },
): { given: JsonObject; unit: Unit } | null {
  const text = dropHidden(ask.words);
  const token = findTokenColumn(described);
  const time = findTime(described, text);
  const symbols = readSymbols(ask);
  if (token === null || time === null || symbols.length === 0) return null;
  const { from, table } = joinTokens(described, token);
  const inTokens = (name: string) => toTokens(quoteName(name), { token }, false);
  const rows = quoteTable(table.name);
  const { sql, parameters } = readConditions(ask, { columns: table.columns, time, from: rows, toSql: inTokens });
  const bound = sql.map((one) => one.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => toLiteral(parameters[name])));
  const unit = wish.unit ?? 'day';
  const column = quoteName(time.name);
  const where = [
    ...bound,
    ofSymbols(table, token, { places: symbols.map(toLiteral), isOnly: true }),
    ...['from', 'to'].map(ofHolder),
    `${column} < date_trunc('${unit}', (SELECT max(${column}) FROM ${rows}))`,
  ];
  const [value, name] = wish.measure === 'count' ? ['count(*)', 'transfers'] : [`sum(${inTokens('value')})`, 'volume'];
  const horizon = tool === 'forecast' ? readHorizon(text, unit) : null;
  return {
    unit,
    given: {
      sql: `SELECT\n  CAST(date_trunc('${unit}', ${column}) AS ${unit === 'hour' ? 'TIMESTAMP' : 'DATE'}) AS ${unit},\n  ${value} AS ${name}\nFROM ${from}\nWHERE ${where.join('\n  AND ')}\nGROUP BY 1\nORDER BY 1`,
      time_column: unit,
      number_column: name,
      ...(horizon === null ? {} : { horizon }),
    },
  };
}
