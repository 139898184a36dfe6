import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
} from '@duckdb/node-api';
import type { SqlColumn } from '#server/contract/sql.ts';
import type { AddRow, IndexRow } from '#server/onchain/chain-index/decode-logs.ts';

const rowsOfChunk = 2048;
const places = 18;

/** Gathers the rows of tables and gives them to the engine column by column. `close` gives it the last. */
export async function createRowBuffer(
  connection: DuckDBConnection,
  database: string,
  tables: Record<string, SqlColumn[]>,
) {
  const buffers = new Map<string, { rows: IndexRow[]; flush: () => void; close: () => void }>();
  for (const [name, columns] of Object.entries(tables)) {
    const appender = await connection.createAppender(name, 'main', database);
    const types = columns.map((_, index) => appender.columnType(index));
    const rows: IndexRow[] = [];
    const flush = () => {
      if (rows.length === 0) return;
      const chunk = DuckDBDataChunk.create(types, rows.length);
      for (const [index, type] of types.entries()) {
        const isTime = type.typeId === DuckDBTypeId.TIMESTAMP;
        const isDecimal = type.typeId === DuckDBTypeId.DECIMAL;
        chunk.setColumnValues(
          index,
          rows.map((row) => {
            const value = row[index] ?? null;
            if (typeof value !== 'bigint') return value;
            if (isTime) return new DuckDBTimestampValue(value);
            return isDecimal ? new DuckDBDecimalValue(value, 38, places) : value;
          }),
        );
      }
      appender.appendDataChunk(chunk);
      rows.length = 0;
    };
    buffers.set(name, { rows, flush, close: () => appender.closeSync() });
  }
  const add: AddRow = (table, row) => {
    const buffer = buffers.get(table);
    if (buffer === undefined) throw new Error(`There is no table ${table}.`);
    buffer.rows.push(row);
    if (buffer.rows.length === rowsOfChunk) buffer.flush();
  };
  return {
    add,
    close: () => {
      for (const { flush, close } of buffers.values()) {
        flush();
        close();
      }
    },
  };
}
