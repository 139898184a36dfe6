import type { SqlColumn } from '#server/contract/sql.ts';
import { openLocked } from './open-locked.ts';
import { quoteName } from './quote.ts';
import { SqlFailure } from './sql-failure.ts';
import type { PageAnswer, PageTask, RowChoice } from './sql-tasks.ts';
import { toCondition } from './to-condition.ts';
import { toFailure } from './to-failure.ts';
import { toJsonValue } from './to-json-value.ts';

export const storedTable = 'stored.data';

/** A page of a stored table, its values as JSON has them without losing a digit. */
export async function readPage({ table, memoryMb, folder, ...choice }: PageTask): Promise<PageAnswer> {
  const attached = [{ path: table, as: 'stored', mode: 'read' as const }];
  const room = await openLocked({ attached, memoryMb, ...(choice.sort.length > 0 && { spillTo: folder }) });
  try {
    const { connection } = room;
    const all = toColumns(await connection.run(`SELECT * FROM ${storedTable} LIMIT 0`));
    const result = await connection.run(`SELECT ${toChosen(all, choice.columns)} ${toRest(all, choice)}`);
    const counted = `SELECT count(*) FROM ${storedTable}${toWhere(all, choice)}`;
    const total = (await connection.runAndReadAll(counted)).getRows();
    return {
      columns: toColumns(result),
      rows: await result.convertRows(toJsonValue),
      total: Number(total[0]?.[0]),
    };
  } catch (thrown) {
    // Only what the filter compares with can be wrong here.
    throw choice.filter === undefined ? thrown : toFailure(thrown);
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

function toChosen(all: SqlColumn[], columns: string[]): string {
  requireColumns(all, columns);
  return columns.length === 0 ? '*' : columns.map(quoteName).join(', ');
}

const toWhere = (all: SqlColumn[], { filter }: RowChoice): string =>
  filter === undefined ? '' : ` WHERE ${toCondition(filter, all)}`;

/** Everything behind the columns of a SELECT. A page in the table's own order is found without reading what is before it. */
export function toRest(all: SqlColumn[], choice: RowChoice): string {
  const { offset, limit, sort, filter, sample } = choice;
  requireColumns(
    all,
    sort.map(({ column }) => column),
  );
  const order = sort.map(
    ({ column, isDescending }) => `${quoteName(column)} ${isDescending ? 'DESC' : 'ASC'} NULLS LAST`,
  );
  if (sample !== undefined) {
    const rows = `FROM (FROM ${storedTable} USING SAMPLE reservoir(${sample} ROWS))`;
    return order.length === 0 ? rows : `${rows} ORDER BY ${order.join(', ')}`;
  }
  const from = `FROM ${storedTable}`;
  if (sort.length === 0 && filter === undefined) {
    return `${from} WHERE rowid >= ${offset} AND rowid < ${offset + limit} ORDER BY rowid`;
  }
  return `${from}${toWhere(all, choice)} ORDER BY ${[...order, 'rowid'].join(', ')} LIMIT ${limit} OFFSET ${offset}`;
}

export function requireColumns(all: SqlColumn[], columns: string[]) {
  const unknown = columns.find((column) => !all.some(({ name }) => name === column));
  if (unknown !== undefined) {
    throw new SqlFailure('unknown_name', {
      en: `The result has no column "${unknown}".`,
      zh: `结果中没有列“${unknown}”。`,
    });
  }
}
