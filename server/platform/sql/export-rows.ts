import { noteChecksums, selectShownText } from './checksum-address.ts';
import { findAddressColumns } from './find-address-columns.ts';
import { openLocked } from './open-locked.ts';
import { quoteName, quoteText } from './quote.ts';
import { requireColumns, toColumns, toRest, storedTable } from './read-rows.ts';
import { toFailure } from './to-failure.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import type { ExportFormat, ExportTask } from './sql-tasks.ts';

const options: Record<ExportFormat, string> = {
  csv: 'FORMAT csv, HEADER true',
  json: 'FORMAT json, ARRAY true',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
};

/** Writes a stored table to a file for other software; no digit of a number is lost on the way. */
export async function exportRows({ table, format, file, memoryMb, folder, ...choice }: ExportTask): Promise<void> {
  const room = await openLocked({
    attached: [{ path: table, as: 'stored', mode: 'read' }],
    paths: [file],
    spillTo: folder,
    memoryMb,
  });
  try {
    const all = toColumns(await room.connection.run(`SELECT * FROM ${storedTable} LIMIT 0`));
    requireColumns(all, choice.columns);
    const chosen = choice.columns.length === 0 ? all : all.filter(({ name }) => choice.columns.includes(name));
    const texts = await findAddressColumns(room.connection, storedTable, chosen);
    await noteChecksums(room.connection, storedTable, texts);
    const exported = chosen.map((column) => {
      const name = quoteName(column.name);
      return texts.includes(column.name) ? `${selectShownText(name)} AS ${name}` : toExported(column, format);
    });
    const select = `SELECT ${exported.join(', ')} ${toRest(all, choice)}`;
    await room.connection.run(`COPY (${select}) TO ${quoteText(file)} (${options[format]})`);
  } catch (thrown) {
    throw choice.filter === undefined ? thrown : toFailure(thrown);
  } finally {
    room.close();
  }
}

const longNumbers = /^(?:U?HUGEINT|BIGNUM)$/;
const roundedByReaders = /^(?:U?HUGEINT|BIGNUM|UBIGINT|BIGINT|DECIMAL\(\d+,\d+\))$/;

function toExported({ name, type }: SqlColumn, format: ExportFormat): string {
  const column = quoteName(name);
  if (format === 'parquet') return longNumbers.test(type) ? `CAST(${column} AS VARCHAR) AS ${column}` : column;
  if (type === 'BLOB') return `'0x' || lower(hex(${column})) AS ${column}`;
  if (type === 'TIMESTAMP') return `replace(CAST(${column} AS VARCHAR), ' ', 'T') AS ${column}`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `replace(replace(CAST(${column} AS VARCHAR), ' ', 'T'), '+00', 'Z') AS ${column}`;
  return format === 'json' && roundedByReaders.test(type) ? `CAST(${column} AS VARCHAR) AS ${column}` : column;
}
