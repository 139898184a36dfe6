import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { bindParameters } from './bind-parameters.ts';
import { listReads } from './list-reads.ts';
import { placeParameters } from './place-parameters.ts';
import { createResultWriter } from './result-writer.ts';
import { createRoomKeeper } from './room-keeper.ts';
import { SqlFailure } from './sql-failure.ts';
import type { RunAnswer, RunTask } from './sql-tasks.ts';
import { toFailure } from './to-failure.ts';

const readingTypes = new Set([StatementType.SELECT, StatementType.EXPLAIN]);
/** `PRAGMA` and `CALL` can be of the same type as `SELECT`, and what EXPLAIN ANALYZE explains is carried out. */
const firstWords =
  /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/|\()*(?:explain\s+(?:analyze\s+|\(format\s+json\)\s+)?)?\(*(?:select|with|from|values|table|describe|show|summarize|pivot|unpivot)\b/i;

export type RunQuery = (task: RunTask) => Promise<RunAnswer>;

/** Runs reading statements, one at a time, and writes their rows to files. */
export function createQueryRunner(): RunQuery {
  const inRoom = createRoomKeeper();
  const results = createResultWriter();

  /** @throws {SqlFailure} with the place in what the person wrote */
  return async ({ sql: written, parameters, tables, personId, file, folder, maximumRows, memoryMb }) => {
    let placed = placeParameters(written, parameters);
    try {
      return await inRoom({ personId, tables, memoryMb, folder }, async (connect) => {
        const connection = await connect();
        const reads = await listReads(connection, placed.sql, tables);
        // Tables of a schema are the hub's own, which keeps addresses in lower case: to compare them so is five times as fast.
        if (reads.length > 0 && reads.every((name) => name.includes('.')))
          placed = placeParameters(written, parameters, { addresses: 'lower' });
        const statement = await prepareReading(connection, placed.sql);
        bindParameters(statement, placed.bound);
        results.prepare(file);
        const result = await statement.stream();
        return { ...(await results.write(result, { file, maximumRows })), reads };
      });
    } catch (thrown) {
      throw toFailure(thrown, {
        sql: placed.sql,
        toPlace: (offset) => ({ sql: written, offset: placed.toWritten(offset) }),
      });
    }
  };
}

async function prepareReading(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await extract(connection, sql);
  if (statements.count !== 1) {
    throw new SqlFailure('not_allowed', {
      en: 'Send one statement at a time. A PIVOT needs its values: ON … IN (…).',
      zh: '请一次只发送一条语句。PIVOT 需要写明取值：ON … IN (…)。',
    });
  }
  if (!firstWords.test(sql)) throw notReading();
  const statement = await statements.prepare(0);
  if (!readingTypes.has(statement.statementType)) throw notReading();
  return statement;
}

const notReading = () =>
  new SqlFailure('not_allowed', {
    en: 'Only a statement that reads can be run: SELECT, WITH, FROM, SHOW, EXPLAIN …',
    zh: '只能运行读取数据的语句：SELECT、WITH、FROM、SHOW、EXPLAIN……',
  });

async function extract(connection: DuckDBConnection, sql: string) {
  try {
    return await connection.extractStatements(sql);
  } catch (thrown) {
    // The engine has no word for a text without a statement.
    if (thrown instanceof Error && thrown.message.includes('native callback'))
      throw new SqlFailure('syntax', { en: 'There is no statement here.', zh: '这里没有语句。' });
    throw thrown;
  }
}
