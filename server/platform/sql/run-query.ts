import {
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  StatementType,
} from '@duckdb/node-api';
import { bindParameters } from './bind-parameters.ts';
import { listReads } from './list-reads.ts';
import { openLocked } from './open-locked.ts';
import { placeParameters } from './place-parameters.ts';
import { quoteName } from './quote.ts';
import { showTables } from './show-tables.ts';
import { SqlFailure } from './sql-failure.ts';
import type { RunAnswer, RunTask } from './sql-tasks.ts';
import { toFailure } from './to-failure.ts';

const readingTypes = new Set([StatementType.SELECT, StatementType.EXPLAIN]);
/** `PRAGMA` and `CALL` can be of the same type as `SELECT`, and what EXPLAIN ANALYZE explains is carried out. */
const firstWords =
  /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/|\()*(?:explain\s+(?:analyze\s+|\(format\s+json\)\s+)?)?\(*(?:select|with|from|values|table|describe|show|summarize|pivot|unpivot)\b/i;
const resultName = 'result of this query';

/**
 * Runs one reading statement and writes its rows to a file.
 *
 * @throws {SqlFailure} with the place in what the person wrote
 */
export async function runQuery({
  sql: written,
  parameters,
  tables,
  file,
  maximumRows,
  memoryMb,
}: RunTask): Promise<RunAnswer> {
  const placed = placeParameters(written, parameters);
  const { attached, ...views } = showTables(tables);
  const room = await openLocked({
    attached: [...attached, { path: file, as: resultName, mode: 'write' as const }],
    ...views,
    memoryMb,
  });
  try {
    const statement = await prepareReading(room.connection, placed.sql);
    bindParameters(statement, placed.bound);
    const reads = await listReads(room.connection, placed.sql, tables);
    const result = await statement.stream();
    return { ...(await keepRows(result, await room.connect(), maximumRows)), reads };
  } catch (thrown) {
    throw toFailure(thrown, {
      sql: placed.sql,
      toPlace: (offset) => ({ sql: written, offset: placed.toWritten(offset) }),
    });
  } finally {
    room.close();
  }
}

async function prepareReading(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await extract(connection, sql);
  if (statements.count !== 1) {
    throw new SqlFailure('not_allowed', 'Send one statement at a time. A PIVOT needs its values: ON … IN (…).');
  }
  if (!firstWords.test(sql)) throw notReading();
  const statement = await statements.prepare(0);
  if (!readingTypes.has(statement.statementType)) throw notReading();
  return statement;
}

const notReading = () =>
  new SqlFailure('not_allowed', 'Only a statement that reads can be run: SELECT, WITH, FROM, SHOW, EXPLAIN …');

async function extract(connection: DuckDBConnection, sql: string) {
  try {
    return await connection.extractStatements(sql);
  } catch (thrown) {
    // The engine has no word for a text without a statement.
    if (thrown instanceof Error && thrown.message.includes('native callback'))
      throw new SqlFailure('syntax', 'There is no statement here.');
    throw thrown;
  }
}

async function keepRows(result: DuckDBResult, connection: DuckDBConnection, maximumRows: number) {
  const names = result.deduplicatedColumnNames();
  const columns = result.columnTypes().map((type, index) => ({ name: names[index] ?? '', type: String(type) }));
  const described = columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(', ');
  await connection.run(`CREATE TABLE ${quoteName(resultName)}.data (${described})`);
  const appender = await connection.createAppender('data', 'main', resultName);
  let rows = 0;
  let isCut = false;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    isCut = rows + chunk.rowCount > maximumRows;
    if (isCut) chunk.rowCount = maximumRows - rows;
    appender.appendDataChunk(chunk);
    rows += chunk.rowCount;
    if (isCut) break;
  }
  appender.closeSync();
  // What is only in the log would be left behind.
  await connection.run(`CHECKPOINT ${quoteName(resultName)}`);
  return { columns, rows, isCut };
}
