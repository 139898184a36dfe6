import type { Actor } from '#server/contract/actor.ts';
import type { AnalysisSource } from '#server/contract/analysis.ts';
import { toSqlFaultWords } from '#server/contract/sql-fault-words.ts';
import { HubError } from '#server/hub-error.ts';
import { quoteName } from '#server/platform/sql/quote.ts';
import { queryFailed, withoutColumns } from './analysis-errors.ts';
import type { OpenSource, SourcePorts } from './analysis-ports.ts';

const resultName = 'result';
const cancelled = { en: 'It was stopped before its end.', zh: '查询在结束前被停止。' };

/** Makes the function that opens what an analysis is asked of: a table, a kept result, or what SQL gives now. */
export function createSourceOpener({ listTables, runSql, findResult, ask }: SourcePorts) {
  async function openTable(actor: Actor, name: string): Promise<OpenSource> {
    const tables = await listTables(actor);
    const fullNameOf = (table: { schema: string | null; name: string }) =>
      table.schema === null ? table.name : `${table.schema}.${table.name}`;
    const table =
      tables.find((one) => fullNameOf(one) === name) ??
      tables.find((one) => fullNameOf(one).toLowerCase() === name.toLowerCase());
    if (table === undefined) {
      throw new HubError('not_found', { en: `There is no table "${name}".`, zh: `没有数据表“${name}”。` });
    }
    const own = quoteName(table.name);
    return {
      name: fullNameOf(table),
      columns: table.columns,
      from: table.schema === null ? own : `${quoteName(table.schema)}.${own}`,
      toShown: (statement) => statement,
      parameters: [],
      query: null,
      ask: (statements, signal) => ask({ statements, tables: [table] }, signal),
    };
  }

  async function openResult(actor: Actor, id: string): Promise<OpenSource> {
    const { execution, sha256 } = await findResult(actor, id);
    const sql = execution.sql.trim().replace(/;+\s*$/, '');
    const query = execution.engine === 'duckdb' ? null : { engine: execution.engine, sql };
    const table = { schema: null, name: resultName, format: 'duckdb' as const, sha256s: [sha256] };
    return {
      name: resultName,
      columns: execution.columns,
      from: quoteName(resultName),
      toShown: (statement) => {
        if (query !== null) return statement;
        // A comment in its last line would take the bracket with it.
        const head = `WITH ${quoteName(resultName)} AS (\n${sql}\n)`;
        return statement.startsWith('WITH ') ? `${head},\n${statement.slice(5)}` : `${head}\n${statement}`;
      },
      parameters: execution.parameters,
      query,
      ask: (statements, signal) => ask({ statements, tables: [table] }, signal),
    };
  }

  return async (
    actor: Actor,
    { table, execution, sql, parameters }: AnalysisSource,
    signal: AbortSignal,
  ): Promise<OpenSource> => {
    const source =
      table !== undefined
        ? await openTable(actor, table)
        : await openResult(actor, execution ?? (await run(actor, { sql: sql ?? '', parameters }, signal)));
    if (source.columns.length === 0) throw withoutColumns();
    return source;
  };

  async function run(actor: Actor, query: Pick<AnalysisSource, 'parameters'> & { sql: string }, signal: AbortSignal) {
    const { id, state, fault } = await runSql(actor, query, signal);
    if (state !== 'completed') throw queryFailed(fault === null ? cancelled : toSqlFaultWords(fault));
    return id;
  }
}
