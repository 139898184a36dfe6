import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';
import { PageQuery } from './page.ts';
import { SqlEngineName } from './sql-engine.ts';
import { SqlColumn, SqlFault, SqlParameter, SqlText } from './sql.ts';

/** A table that an execution read, as it was then: how many rows it had, and when they last changed. */
export const TableRead = z.object({
  table: z.string(),
  rows: z.number().int().nullable(),
  /** What of the outside it holds, such as the blocks of a chain; null where it is just its rows. */
  range: z.string().nullable(),
  asOf: Timestamp.nullable(),
});
export type TableRead = z.infer<typeof TableRead>;

export const ExecutionState = z.enum(['running', 'completed', 'failed', 'cancelled']);
export type ExecutionState = z.infer<typeof ExecutionState>;

/** One time that SQL was run. */
export const Execution = z.object({
  id: Identifier,
  queryId: z.string().nullable(),
  queryVersion: z.number().int().nullable(),
  engine: SqlEngineName,
  sql: z.string(),
  parameters: z.array(SqlParameter),
  state: ExecutionState,
  /** Why it failed. */
  fault: SqlFault.nullable(),
  reads: z.array(TableRead),
  columns: z.array(SqlColumn),
  rows: z.number().int(),
  /** The query had more rows than a result may have; these are the first of them. */
  isCut: z.boolean(),
  /** What Dune charged for it, as a decimal; null where it said nothing, and for the hub's own engine. */
  credits: z.string().nullable(),
  /** Of the stored result, in bytes. */
  size: z.number().int(),
  durationMs: z.number().int().nullable(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  /** Until when the result is kept; null when there is none. */
  keptUntil: Timestamp.nullable(),
});
export type Execution = z.infer<typeof Execution>;

const longestWaitSeconds = 30;

/** How long a request waits for the end of an execution, before it answers with a running one. */
export const WaitSeconds = z.coerce.number().int().min(0).max(longestWaitSeconds).default(0);

/** SQL, or a saved query with values for its parameters. */
export const StartExecutionInput = z
  .strictObject({
    sql: SqlText.optional(),
    query: Identifier.optional(),
    /** Of `sql`, `duckdb` unless told; a saved query has its own. */
    engine: SqlEngineName.optional(),
    parameters: z.array(SqlParameter).max(50).default([]),
    waitSeconds: WaitSeconds,
  })
  .refine(({ sql, query }) => (sql === undefined) !== (query === undefined), 'Send either "sql" or "query".')
  .refine(({ query, engine }) => query === undefined || engine === undefined, 'Send "engine" with "sql" only.');
export type StartExecutionInput = z.infer<typeof StartExecutionInput>;

export const ExecutionListQuery = PageQuery.extend({ query: Identifier.optional() });
export type ExecutionListQuery = z.infer<typeof ExecutionListQuery>;

const Offset = z.coerce.number().int().min(0).max(10_000_000).default(0);
const Sort = z
  .string()
  .max(500)
  .regex(/^.+ (?:asc|desc)$/i, 'Write "column asc" or "column desc".')
  .optional();

/** Which rows of a result, and by which column they are put in order. */
export const ResultQuery = z.object({
  offset: Offset,
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  sort: Sort,
  filter: z
    .string()
    .max(4000)
    .optional()
    .describe("Only rows for which it holds, such as `amount > 1000 AND symbol IN ('USDC', 'DAI')`"),
});
export type ResultQuery = z.infer<typeof ResultQuery>;

export const ResultPage = z.object({
  columns: z.array(SqlColumn),
  /** Values as JSON has them without losing a digit: HUGEINT, UBIGINT and DECIMAL as text, bytes as `0x…`, times as ISO 8601. */
  rows: z.array(z.array(z.unknown())),
  /** With a filter, how many rows it leaves. */
  total: z.number().int(),
});
export type ResultPage = z.infer<typeof ResultPage>;

export const ExportQuery = z.object({ format: z.enum(['csv', 'json', 'parquet']).default('csv') });
