import type { Actor } from '#server/contract/actor.ts';
import type { QueryTable, TableDetails } from '#server/contract/dataset.ts';
import { quoteName } from '#server/platform/sql/quote.ts';
import type { TableService } from './table-service.ts';

const mostColumns = 60;
const mostValues = 20;
const longestCell = 60;
/** Beyond it, what is said of values is of a part of the rows. */
const wholeRows = 500_000;

type Needs = {
  tables: Pick<TableService, 'get'>;
  /** Runs one statement without keeping anything of it. @throws {HubError} what is wrong with it */
  read: (actor: Actor, sql: string, signal: AbortSignal) => Promise<unknown[][]>;
};

/** Tells of a table what somebody who writes SQL wants to know of it: ranges, empty cells, the values of short lists, samples. */
export function createTableDescriber({ tables, read }: Needs) {
  return async (actor: Actor, name: string, signal: AbortSignal): Promise<QueryTable & TableDetails> => {
    const table = await tables.get(actor, name);
    const columns = table.columns.slice(0, mostColumns);
    const isSampled = (table.rows ?? 0) > wholeRows;
    const from = `${quotePath(table.name)}${isSampled ? ` USING SAMPLE ${wholeRows} ROWS` : ''}`;
    const facts = columns.flatMap(({ name: column }) => {
      const quoted = quoteName(column);
      return [
        `min(${quoted})::VARCHAR`,
        `max(${quoted})::VARCHAR`,
        `count(*) - count(${quoted})`,
        `approx_count_distinct(${quoted})`,
      ];
    });
    const shown = columns.map(({ name: column }) => `left(${quoteName(column)}::VARCHAR, ${longestCell})`);
    const [[summary = []] = [], rows] = await Promise.all([
      read(actor, `SELECT ${facts.join(', ')} FROM (SELECT * FROM ${from})`, signal),
      read(actor, `SELECT ${shown.join(', ')} FROM ${quotePath(table.name)} LIMIT 3`, signal),
    ]);
    const described = columns.map(({ name: column, type }, place) => {
      const [least, most, empty, distinct] = summary.slice(place * 4, place * 4 + 4);
      return {
        name: column,
        type,
        min: toText(least),
        max: toText(most),
        empty: Number(empty),
        distinct: Number(distinct),
      };
    });
    const listed = described.filter(
      ({ type, distinct }) => type === 'VARCHAR' && distinct > 0 && distinct <= mostValues,
    );
    const lists = await readLists(
      listed.map(({ name: column }) => column),
      (sql) => read(actor, sql, signal),
      from,
    );
    return {
      ...table,
      isSampled,
      details: described.map((column) => ({ ...column, values: lists.get(column.name) ?? [] })),
      samples: rows.map((row) => row.map(toText)),
    };
  };
}

async function readLists(columns: string[], run: (sql: string) => Promise<unknown[][]>, from: string) {
  const parts = columns.map(
    (column, place) =>
      `(SELECT DISTINCT ${place} AS place, left(${quoteName(column)}, ${longestCell}) AS value FROM (SELECT * FROM ${from}) WHERE ${quoteName(column)} IS NOT NULL LIMIT ${mostValues})`,
  );
  const rows = parts.length === 0 ? [] : await run(`${parts.join(' UNION ALL ')} ORDER BY place, value`);
  return new Map(
    columns.map((column, place) => [
      column,
      rows.filter(([of]) => Number(of) === place).map(([, value]) => String(value as string)),
    ]),
  );
}

const quotePath = (name: string) => name.split('.', 2).map(quoteName).join('.');
const toText = (value: unknown) => (typeof value === 'string' ? value.slice(0, longestCell) : null);
