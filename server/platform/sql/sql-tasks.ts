import type { WrongChecksums } from '#server/contract/dataset.ts';
import type { RowFilter } from '#server/contract/row-filter.ts';
import type { SqlColumn, SqlFault, SqlParameter } from '#server/contract/sql.ts';

/** A table as a query may read it: a file of this room, or Parquet files that are one table together. */
export type TableFile = {
  schema: string | null;
  name: string;
  format: 'duckdb' | 'parquet';
  paths: string[];
  /** The table within its files; `data` unless told. */
  table?: string | undefined;
  /** SQL of the hub around the rows, which stand for `$rows`. */
  shape?: string | undefined;
  /** Its columns, where it may have no file yet or a shape. */
  columns?: SqlColumn[] | undefined;
};

export type DataFormat = 'csv' | 'tsv' | 'json' | 'parquet';
export type ExportFormat = Exclude<DataFormat, 'tsv'>;

/** Which rows and columns of a stored table, in which order; all of them in their own order unless told. */
export type RowChoice = {
  offset: number;
  limit: number;
  columns: string[];
  sort: { column: string; isDescending: boolean }[];
  /** Only rows for which it holds. */
  filter?: RowFilter | undefined;
  /** So many rows by chance, instead of a page. */
  sample?: number | undefined;
};

type Bounded = {
  /** What the engine may hold in memory. */
  memoryMb: number;
  /** Where it lays down what it cannot hold. */
  folder: string;
};

export type RunTask = Bounded & {
  kind: 'run';
  sql: string;
  parameters: SqlParameter[];
  tables: TableFile[];
  /** Whose query it is: an engine is kept for the next one of the same person. */
  personId: string;
  /** Where the result is written, as a file of this room. */
  file: string;
  maximumRows: number;
};
export type ImportTask = Bounded & {
  kind: 'import';
  source: string;
  format: DataFormat;
  /** What the columns are to be; those that are not named are what the file looks like. */
  types: SqlColumn[];
  name: string;
  file: string;
};
/** Rows from elsewhere, in lines of JSON: an object with `c0`, `c1` … of texts or null each. */
export type KeepTask = Bounded & { kind: 'keep'; source: string; columns: SqlColumn[]; file: string };
export type PageTask = Bounded & { kind: 'page'; table: string } & RowChoice;
export type ExportTask = Bounded & { kind: 'export'; table: string; format: ExportFormat; file: string } & RowChoice;
export type AskTask = Bounded & {
  kind: 'ask';
  /** Of the hub's own making, each answered by itself. */
  statements: string[];
  tables: TableFile[];
};
export type SqlTask = AskTask | RunTask | ImportTask | KeepTask | PageTask | ExportTask;

export type RunAnswer = {
  columns: SqlColumn[];
  rows: number;
  /** There were more rows than a result may have. */
  isCut: boolean;
  /** The tables that were read, as `schema.name` or `name`. */
  reads: string[];
};
export type ImportAnswer = {
  columns: SqlColumn[];
  rows: number;
  wrongChecksums: WrongChecksums[];
  isReservedName: boolean;
};
export type KeepAnswer = Pick<RunAnswer, 'columns' | 'rows'>;
export type PageAnswer = { columns: SqlColumn[]; rows: unknown[][]; total: number };

/** One statement's columns and rows, or why it has none. */
export type AskAnswer = SqlAnswer<Omit<PageAnswer, 'total'>>[];

export type SqlAnswer<Answer> = { fault: SqlFault } | { answer: Answer };
