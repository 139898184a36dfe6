import type { SqlColumn } from '#server/contract/sql.ts';
import { openLocked } from './open-locked.ts';
import { quoteName } from './quote.ts';
import { SqlFailure } from './sql-failure.ts';
import type { PageAnswer, PageTask, RowChoice } from './sql-tasks.ts';
import { toJsonValue } from './to-json-value.ts';

export const storedTable = 'stored.data';

/** A page of a stored table, its values as JSON has them without losing a digit. */
export async function readPage({ table, memoryMb, folder, ...choice }: PageTask): Promise<PageAnswer> {
  const attached = [{ path: table, as: 'stored', mode: 'read' as const }];
  const room = await openLocked({ attached, memoryMb, ...(choice.sort.length > 0 && { spillTo: folder }) });
  try {
    const { connection } = room;
    const all = (await connection.run(`SELECT * FROM ${storedTable} LIMIT 0`)).deduplicatedColumnNames();
    const result = await connection.run(`SELECT ${toChosen(all, choice.columns)} ${toRest(all, choice)}`);
    const total = (await connection.runAndReadAll(`SELECT count(*) FROM ${storedTable}`)).getRows();
    return {
      columns: toColumns(result),
      rows: await result.convertRows(toJsonValue),
      total: Number(total[0]?.[0]),
    };
  } finally {
    room.close();
  }
}

/** The columns of a result, as they are described. */
export function toColumns(result: {
  deduplicatedColumnNames: () => string[];
  columnTypes: () => unknown[];
}): SqlColumn[] {
  const types = result.columnTypes();
  return result.deduplicatedColumnNames().map((name, index) => ({ name, type: String(types[index]) }));
}

function toChosen(all: string[], columns: string[]): string {
  requireColumns(all, columns);
  return columns.length === 0 ? '*' : columns.map(quoteName).join(', ');
}

/** Everything behind the columns of a SELECT. A page in the table's own order is found without reading what is before it. */
export function toRest(all: string[], { offset, limit, sort }: RowChoice): string {
  const from = `FROM ${storedTable}`;
  if (sort.length === 0) return `${from} WHERE rowid >= ${offset} AND rowid < ${offset + limit} ORDER BY rowid`;
  requireColumns(
    all,
    sort.map(({ column }) => column),
  );
  const order = sort.map(
    ({ column, isDescending }) => `${quoteName(column)} ${isDescending ? 'DESC' : 'ASC'} NULLS LAST`,
  );
  return `${from} ORDER BY ${order.join(', ')}, rowid LIMIT ${limit} OFFSET ${offset}`;
}

export function requireColumns(all: string[], columns: string[]) {
  const unknown = columns.find((column) => !all.includes(column));
  if (unknown !== undefined) throw new SqlFailure('unknown_name', `The result has no column "${unknown}".`);
}
