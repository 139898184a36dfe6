import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlColumn } from '#server/contract/sql.ts';
import { keepAddresses } from './keep-addresses.ts';
import { openLocked } from './open-locked.ts';
import { quoteName, quoteText } from './quote.ts';
import { SqlFailure } from './sql-failure.ts';
import type { DataFormat, ImportAnswer, ImportTask } from './sql-tasks.ts';

const mostColumns = 1000;
const largestObjectBytes = 16 * 1024 * 1024;

/**
 * Reads a file that a person brought into a table of its own.
 *
 * Whole numbers that are too long for 64 bits stay exact, and what only looks like a number stays a text: the engine's own
 * guess cares for neither.
 *
 * @throws {SqlFailure} saying what in the file cannot be read
 */
export async function importTable({
  source,
  format,
  types,
  name,
  file,
  folder,
  memoryMb,
}: ImportTask): Promise<ImportAnswer> {
  const room = await openLocked({
    attached: [{ path: file, as: 'made', mode: 'write' }],
    paths: [source],
    spillTo: folder,
    memoryMb,
  });
  const { connection } = room;
  try {
    const found = await guessColumns(connection, source, format);
    if (found.length > mostColumns) {
      throw new SqlFailure('too_large', {
        en: `A table has at most ${mostColumns} columns.`,
        zh: `数据表最多 ${mostColumns} 列。`,
      });
    }
    const unknown = types.find((type) => !found.some((column) => column.name === type.name));
    if (unknown !== undefined) {
      throw new SqlFailure('unknown_name', {
        en: `The file has no column "${unknown.name}".`,
        zh: `文件中没有列“${unknown.name}”。`,
      });
    }
    const columns = found.map((column) => types.find((type) => type.name === column.name) ?? column);
    await connection.run(`CREATE TABLE made.data AS ${toSelect(source, format, columns)}`);
    const wrongChecksums = await keepAddresses(connection, 'made.data', columns);
    await connection.run('CHECKPOINT made');
    const [[rows] = []] = await readRows(connection, 'SELECT count(*) FROM made.data');
    return {
      columns: await describe(connection, 'made.data'),
      rows: Number(rows),
      wrongChecksums,
      isReservedName: await isReserved(connection, name),
    };
  } finally {
    room.close();
  }
}

async function guessColumns(connection: DuckDBConnection, source: string, format: DataFormat): Promise<SqlColumn[]> {
  if (format === 'parquet') return describe(connection, `read_parquet(${quoteText(source)})`);
  if (format === 'json') return describe(connection, readJson(source));
  const columns = await describe(connection, readCsv(source, format, ['sample_size = -1']));
  const guessed = columns.filter(({ type }) => type === 'DOUBLE' || type === 'BIGINT');
  if (guessed.length === 0) return columns;
  const checks = guessed.flatMap(({ name }) => {
    const text = quoteName(name);
    return [
      // An address, a post code: a number would be another text.
      `bool_or(regexp_matches(${text}, '^\\s*[+-]?0[0-9xXbB]'))`,
      `bool_and(regexp_full_match(${text}, '\\s*[+-]?\\d+\\s*'))`,
      `bool_and(TRY_CAST(${text} AS HUGEINT) IS NOT NULL OR ${text} IS NULL)`,
    ];
  });
  const [answers = []] = await readRows(
    connection,
    `SELECT ${checks.join(', ')} FROM ${readCsv(source, format, ['all_varchar = true'])}`,
  );
  const exact = new Map(
    guessed.flatMap(({ name, type }, index) => {
      const [isText, isWhole, fits] = answers.slice(index * 3);
      if (isText === true) return [[name, 'VARCHAR']];
      return type === 'DOUBLE' && isWhole === true ? [[name, fits === true ? 'HUGEINT' : 'VARCHAR']] : [];
    }),
  );
  return columns.map(({ name, type }) => ({ name, type: exact.get(name) ?? type }));
}

function toSelect(source: string, format: DataFormat, columns: SqlColumn[]): string {
  if (format === 'csv' || format === 'tsv') {
    const types = columns.map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`).join(', ');
    return `SELECT * FROM ${readCsv(source, format, [`types = {${types}}`])}`;
  }
  const from = format === 'parquet' ? `read_parquet(${quoteText(source)})` : readJson(source);
  const cast = columns.map(({ name, type }) => `CAST(${quoteName(name)} AS ${type}) AS ${quoteName(name)}`);
  return `SELECT ${cast.join(', ')} FROM ${from}`;
}

const readCsv = (source: string, format: DataFormat, options: string[]) =>
  `read_csv(${[quoteText(source), ...(format === 'tsv' ? [String.raw`delim = '\t'`] : []), ...options].join(', ')})`;

const readJson = (source: string) =>
  `read_json(${quoteText(source)}, maximum_object_size = ${largestObjectBytes}, sample_size = -1)`;

const readRows = async (connection: DuckDBConnection, sql: string) => (await connection.runAndReadAll(sql)).getRows();

async function describe(connection: DuckDBConnection, table: string): Promise<SqlColumn[]> {
  return (await readRows(connection, `DESCRIBE SELECT * FROM ${table}`)).map(([name, type]) => ({
    name: String(name),
    type: String(type),
  }));
}

async function isReserved(connection: DuckDBConnection, name: string): Promise<boolean> {
  const words = `SELECT 1 FROM duckdb_keywords() WHERE keyword_category = 'reserved' AND keyword_name = ${quoteText(name)}`;
  return (await readRows(connection, words)).length > 0;
}
