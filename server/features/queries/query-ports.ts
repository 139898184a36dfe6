import type { Readable } from 'node:stream';
import type { Actor } from '#server/contract/actor.ts';
import type { QueryTable } from '#server/contract/dataset.ts';
import type { ResultPage, TableRead } from '#server/contract/execution.ts';
import type { RowFilter } from '#server/contract/row-filter.ts';
import type { SqlColumn, SqlFault, SqlParameter } from '#server/contract/sql.ts';

/**
 * A table that an actor's queries can read, wherever it comes from: files of DuckDB or Parquet that are one table together,
 * all in the file store.
 */
export type SourceTable = QueryTable &
  Pick<TableRead, 'range' | 'asOf'> & {
    schema: string | null;
    format: 'duckdb' | 'parquet';
    sha256s: string[];
    /** The table within its files; `data` unless told. */
    table?: string;
    /** SQL of the hub around the rows, which stand for `$rows`. */
    shape?: string;
  };

export type RowChoice = {
  offset: number;
  limit: number;
  columns: string[];
  sort: { column: string; isDescending: boolean }[];
  /** Only rows for which it holds; the total counts only these. */
  filter?: RowFilter | undefined;
  /** So many rows by chance, instead of a page. */
  sample?: number | undefined;
};

/** All of a result, as it is. */
export const allRows: RowChoice = { offset: 0, limit: Number.MAX_SAFE_INTEGER, columns: [], sort: [] };

export type QueryOutcome =
  | { fault: SqlFault }
  | {
      result: {
        sha256: string;
        size: number;
        columns: SqlColumn[];
        rows: number;
        isCut: boolean;
        reads: string[];
        credits: string | null;
      };
    };

export type QueryPorts = {
  /** The tables of every source, as the actor sees them. */
  listTables: (actor: Actor) => Promise<SourceTable[]>;
  /** Sees that what a statement may read is there, as far as the hub makes it when it is asked for. */
  prepare: (actor: Actor, sql: string, signal: AbortSignal) => Promise<void>;
  /** Runs one statement that reads; whatever its writer should know of is in the answer. */
  run: (
    query: { sql: string; parameters: SqlParameter[]; tables: SourceTable[]; personId: string },
    signal: AbortSignal,
  ) => Promise<QueryOutcome>;
  /** Whether a person's queries may run at Dune. */
  isDuneConnected: (ownerId: string) => Promise<boolean>;
  /** The same as `run`, at Dune with the key of a person. */
  runAtDune: (
    query: { ownerId: string; sql: string; parameters: SqlParameter[] },
    signal: AbortSignal,
  ) => Promise<QueryOutcome>;
  /** How long a query may wait and run, at most. */
  patienceMs: number;
  /** @throws {HubError} `validation_failed`, for a column that the rows do not have */
  readPage: (sha256: string, choice: RowChoice, signal: AbortSignal) => Promise<ResultPage>;
  /** The caller reads or ends the stream. @throws {HubError} `validation_failed` */
  exportRows: (
    sha256: string,
    choice: RowChoice & { format: 'csv' | 'json' | 'parquet' },
    signal: AbortSignal,
  ) => Promise<{ content: Readable; size: number }>;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};
