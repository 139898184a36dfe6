import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { SqlColumn, SqlFault, SqlParameter } from '#server/contract/sql.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { SqlFailure } from '#server/platform/sql/sql-failure.ts';
import { type AskDune, createAskDune } from './ask-dune.ts';
import { type FilledSql, fillParameters } from './fill-parameters.ts';
import { toColumnType } from './to-column-type.ts';

const pageRows = 5000;
const mostRows = 1_000_000;
const patienceMs = 10 * 60_000;
const firstPauseMs = 250;
const longestPauseMs = 5000;
const cancelMs = 10_000;

const Begun = z.object({
  execution_id: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\w-]+$/),
});
const Status = z.object({
  state: z.string(),
  execution_cost_credits: z.union([z.number(), z.string()]).nullish(),
  error: z
    .object({
      type: z.string().default(''),
      message: z.string().default('Dune says no more.'),
      metadata: z.object({ line: z.number().int(), column: z.number().int() }).nullish().catch(null),
    })
    .nullish(),
});
const Results = z.object({
  next_offset: z.number().int().nullish(),
  execution_cost_credits: Status.shape.execution_cost_credits,
  result: z.object({
    rows: z.array(z.record(z.string(), z.unknown())),
    metadata: z.object({ column_names: z.array(z.string()), column_types: z.array(z.string()).nullish() }),
  }),
});
type Results = z.infer<typeof Results>;

export type DuneRows = {
  columns: SqlColumn[];
  /** Each an object with `c0`, `c1` … of texts or null; pages are asked for as they are read. */
  lines: AsyncIterable<string>;
  credits: string | null;
  isCut: () => boolean;
};

/**
 * Runs SQL at Dune with a person's key. An abort, or the end of ten minutes, cancels it there.
 *
 * @throws {SqlFailure} for every reason that its writer should read, with its place in what they wrote
 */
export function createDuneEngine({ fetch, baseUrl }: { fetch: Egress['fetch']; baseUrl: string }) {
  return async (
    { apiKey, sql, parameters }: { apiKey: string; sql: string; parameters: SqlParameter[] },
    signal: AbortSignal,
  ): Promise<DuneRows> => {
    const filled = fillParameters(sql, parameters);
    const ask = createAskDune({ fetch, baseUrl, apiKey });
    const begin = { method: 'POST', path: 'sql/execute', body: { sql: filled.sql, performance: 'medium' } } as const;
    // The answer is waited for even when the person leaves: without the name nothing could be cancelled.
    const { execution_id: id } = await ask(begin, Begun, AbortSignal.timeout(longestPauseMs * 6));
    try {
      const credits = await waitForEnd(ask, { id, filled, signal });
      const first = await readPage(ask, { id, offset: 0, signal });
      const columns = toColumns(first);
      const state = { isCut: false };
      return {
        columns,
        credits: toCredits(credits ?? first.execution_cost_credits),
        lines: readLines(ask, { id, first, signal, state }),
        isCut: () => state.isCut,
      };
    } catch (thrown) {
      const isOver = thrown instanceof SqlFailure && thrown.fault.kind !== 'too_slow' && !signal.aborted;
      if (!isOver) await cancel(ask, id);
      throw thrown;
    }
  };
}
export type DuneEngine = ReturnType<typeof createDuneEngine>;

const toCredits = (credits: number | string | null | undefined) =>
  credits === null || credits === undefined ? null : String(credits).slice(0, 40);

async function waitForEnd(
  ask: AskDune,
  { id, filled, signal }: { id: string; filled: FilledSql; signal: AbortSignal },
) {
  const until = Date.now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const {
      state,
      error,
      execution_cost_credits: credits,
    } = await ask({ method: 'GET', path: `execution/${id}/status` }, Status, signal);
    switch (state) {
      case 'QUERY_STATE_COMPLETED':
      case 'QUERY_STATE_COMPLETED_PARTIAL':
        return credits;
      case 'QUERY_STATE_FAILED':
        throw toFailure(error ?? { type: '', message: 'Dune says no more.' }, filled);
      case 'QUERY_STATE_CANCELLED':
      case 'QUERY_STATE_CANCELED':
        throw new SqlFailure('interrupted', { en: 'The query was cancelled at Dune.', zh: '查询在 Dune 被取消。' });
      case 'QUERY_STATE_EXPIRED':
        throw new SqlFailure('failed', {
          en: 'Dune no longer keeps the result. Run the query again.',
          zh: 'Dune 已不再保留结果，请重新运行查询。',
        });
    }
    if (Date.now() > until) {
      throw new SqlFailure('too_slow', {
        en: 'Dune had no result after ten minutes; it was cancelled.',
        zh: 'Dune 在十分钟后仍没有结果，查询已取消。',
      });
    }
    await wait(pauseMs, undefined, { signal });
  }
}

async function cancel(ask: AskDune, id: string) {
  const path = `execution/${id}/cancel`;
  // It ends at Dune's own limit where this does not reach it.
  await ask({ method: 'POST', path }, z.unknown(), AbortSignal.timeout(cancelMs)).catch(() => undefined);
}

const kinds: Record<string, SqlFault['kind']> = {
  syntax_error: 'syntax',
  missing_table: 'unknown_name',
  timeout: 'too_slow',
};

function toFailure({ type, message, metadata }: NonNullable<z.infer<typeof Status>['error']>, filled: FilledSql) {
  const isUnknown = /cannot be resolved|does not exist|not registered/i.test(message);
  const kind = kinds[type.toLowerCase().replace(/^failed_type_/, '')] ?? (isUnknown ? 'unknown_name' : 'failed');
  const inWords = /line (\d+):(\d+)/.exec(message);
  const told = metadata ?? (inWords === null ? null : { line: Number(inWords[1]), column: Number(inWords[2]) });
  const place = told === null ? { line: null, column: null } : filled.toWritten(told);
  return SqlFailure.of({ kind, message: message.slice(0, 2000), ...place });
}

async function readPage(ask: AskDune, { id, offset, signal }: { id: string; offset: number; signal: AbortSignal }) {
  const path = `execution/${id}/results?limit=${pageRows}&offset=${offset}`;
  return ask({ method: 'GET', path }, Results, signal);
}

function toColumns({ result: { rows, metadata } }: Results): SqlColumn[] {
  return metadata.column_names.map((name, index) => {
    const told = metadata.column_types?.[index];
    const values = rows.map((row) => row[name]).filter((value) => value !== null);
    const isNumber = values.length > 0 && values.every((value) => typeof value === 'number');
    return { name, type: told !== undefined ? toColumnType(told) : isNumber ? 'DOUBLE' : 'VARCHAR' };
  });
}

type Reading = { id: string; first: Results; signal: AbortSignal; state: { isCut: boolean } };

async function* readLines(ask: AskDune, { id, first, signal, state }: Reading): AsyncGenerator<string> {
  const names = first.result.metadata.column_names;
  let read = 0;
  for (let page = first; ;) {
    const { rows } = page.result;
    state.isCut = read + rows.length > mostRows;
    yield toLines(rows.slice(0, mostRows - read), names);
    read += rows.length;
    const { next_offset: next } = page;
    if (state.isCut || next === null || next === undefined || next < read || rows.length === 0) return;
    if (read >= mostRows) {
      state.isCut = true;
      return;
    }
    page = await readPage(ask, { id, offset: next, signal });
  }
}

const toLines = (rows: Record<string, unknown>[], names: string[]) =>
  rows
    .map(
      (row) => `${JSON.stringify(Object.fromEntries(names.map((name, index) => [`c${index}`, toText(row[name])])))}\n`,
    )
    .join('');

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
