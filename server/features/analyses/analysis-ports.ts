import type { Actor } from '#server/contract/actor.ts';
import type {
  AnalysisSource,
  CombineValues,
  ForecastChoice,
  ForecastReport,
  IndicatorChoice,
  IndicatorReport,
  ProfileReport,
  QueryElsewhere,
  SeriesChoice,
  SeriesPoint,
} from '#server/contract/analysis.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import type { SqlEngineName } from '#server/contract/sql-engine.ts';
import type { SqlColumn, SqlFault, SqlParameter } from '#server/contract/sql.ts';

/** A table that an actor's queries can read, with the bytes behind it. */
export type ReadableTable = {
  schema: string | null;
  name: string;
  columns: SqlColumn[];
  format: 'duckdb' | 'parquet';
  sha256s: string[];
};
type Reply = { fault: SqlFault } | { answer: { columns: SqlColumn[]; rows: unknown[][] } };

/** A table or a result that statements can be put to; `toShown` makes them run in the workbench as well. */
export type OpenSource = {
  name: string;
  columns: SqlColumn[];
  from: string;
  toShown: (statement: string) => string;
  parameters: SqlParameter[];
  /** Where a result came from, if not from the hub's own engine. */
  query: QueryElsewhere | null;
  ask: (statements: string[], signal: AbortSignal) => Promise<Reply[]>;
};

export type SourcePorts = {
  listTables: (actor: Actor) => Promise<ReadableTable[]>;
  /** Answers at the end; what is wrong with the SQL is the answer's `fault`. */
  runSql: (
    actor: Actor,
    query: { sql: string; engine?: SqlEngineName; parameters: SqlParameter[] },
    signal: AbortSignal,
  ) => Promise<Execution>;
  /** @throws {HubError} `not_found`, `conflict` */
  findResult: (actor: Actor, execution: string) => Promise<{ execution: Execution; sha256: string }>;
  ask: (
    asked: { statements: string[]; tables: Pick<ReadableTable, 'schema' | 'name' | 'format' | 'sha256s'>[] },
    signal: AbortSignal,
  ) => Promise<Reply[]>;
};

/** A series that was read, or pasted. */
export type ReadSeries<Raw> = {
  readSeries: (source: OpenSource, choice: SeriesChoice, signal: AbortSignal) => Promise<Raw>;
  toSeries: (points: SeriesPoint[], combine: CombineValues) => Raw;
  profileTable: (source: OpenSource, signal: AbortSignal) => Promise<ProfileReport>;
  forecast: (series: Raw, choice: ForecastChoice, signal: AbortSignal) => Promise<ForecastReport>;
  computeIndicators: (series: Raw, choice: IndicatorChoice) => IndicatorReport;
};

export type SeriesAsked = {
  source?: AnalysisSource | undefined;
  points?: SeriesPoint[] | undefined;
  series: SeriesChoice;
};

export type ReportPorts = {
  drawChart: (specification: JsonObject, signal: AbortSignal) => Promise<string>;
  writePdf: (blocks: ReportBlock[]) => Uint8Array;
  now: () => Date;
};
