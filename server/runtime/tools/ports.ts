import type { Alert, AlertFiring, CreateAlertInput } from '#server/contract/alert.ts';
import type {
  AnalysisSource,
  ForecastChoice,
  ForecastReport,
  IndicatorChoice,
  IndicatorReport,
  ProfileReport,
  SeriesChoice,
  SeriesPoint,
} from '#server/contract/analysis.ts';
import type { ChainReader } from '#server/contract/chain-readings.ts';
import type { AuditReport, AuditSource } from '#server/contract/contract-audit.ts';
import type { AddWidgetInput } from '#server/contract/dashboard.ts';
import type { CompilerSettings } from '#server/contract/contract-source.ts';
import type { QueryTable, TableDetails } from '#server/contract/dataset.ts';
import type { Execution, ResultPage } from '#server/contract/execution.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { ModelPrice } from '#server/contract/model.ts';
import type { QueryCost } from '#server/contract/query-cost.ts';
import type { Usage } from '#server/contract/run-event.ts';
import type { SqlEngineName } from '#server/contract/sql-engine.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import type { FoundQuery } from './find-queries.ts';
import type { RunMaterial } from './tool.ts';

/** One outgoing HTTP request; refused, capped and timed by the egress client behind it. */
export type ToolFetch = (
  url: string,
  init: {
    method?: 'GET' | 'POST';
    headers?: Record<string, string>;
    body?: string;
    signal: AbortSignal;
    maximumBytes: number;
    timeoutMs: number;
  },
) => Promise<{ status: number; url: string; headers: Record<string, string>; bytes: Uint8Array }>;

/** A page of the web as Markdown, read from the bytes that a server sent and what it said of them. */
export type ReadPage = (page: { bytes: Uint8Array; contentType: string; url: string; signal: AbortSignal }) => Promise<{
  title: string;
  markdown: string;
  byline: string | null;
  published: string | null;
  /** Whether there is more than could be read. */
  cut: boolean;
}>;

/** A chart drawn from a checked Vega-Lite 6 specification. */
export type DrawChart = (specification: JsonObject, options: { signal: AbortSignal }) => Promise<{ svg: string }>;

/** An image as an OpenAI-style images endpoint made it. */
export type CreateImage = (request: {
  prompt: string;
  size: string;
  modelOwnerId: string;
  signal: AbortSignal;
  /** Told who pays for it before it is asked for, as `payer`; throws where they may not. */
  beforeCall: (payer: string | null) => Promise<void>;
}) => Promise<{
  bytes: Uint8Array;
  mediaType: string;
  revisedPrompt: string | null;
  /** The model's reference. */
  model: string;
  /** Over whose own connection it was made; null: the hub's. */
  payer: string | null;
  /** Null where the endpoint does not say. */
  usage: Usage | null;
  price: ModelPrice;
}>;

/** A small version of an image; `original` is the size of the image itself. */
export type MakeThumbnail = (image: Uint8Array) => Promise<{
  bytes: Uint8Array;
  mediaType: string;
  width: number;
  height: number;
  original: { width: number; height: number };
}>;

/**
 * JavaScript run in a sandbox: no network, no files, no modules, limits on time, memory and output.
 *
 * @throws {HubError} `validation_failed`, saying in which line what went wrong and what to do
 */
export type RunCode = (
  task: { code: string; material: RunMaterial },
  options: { signal: AbortSignal },
) => Promise<{
  /** The value of the last expression; null, when it has none. */
  value: JsonValue;
  hasValue: boolean;
  printed: string;
  isPrintedCut: boolean;
  tables: { title: string; columns: string[]; rows: (string | number | boolean | null)[][] }[];
  charts: JsonObject[];
}>;

/** A series of a source, or one that is pasted. */
type SeriesAsked = {
  source?: AnalysisSource | undefined;
  points?: SeriesPoint[] | undefined;
  series: SeriesChoice;
};

/** Analyses of a person's tables and results. @throws {HubError} `not_found`, `validation_failed`, `unavailable` */
export type AnalysisDesk = {
  profile: (source: AnalysisSource, signal: AbortSignal) => Promise<ProfileReport>;
  forecast: (asked: SeriesAsked & ForecastChoice, signal: AbortSignal) => Promise<ForecastReport>;
  indicators: (asked: SeriesAsked & IndicatorChoice, signal: AbortSignal) => Promise<IndicatorReport>;
};

/** A person's tables, SQL on them, what can be told of them, and what they keep of it. */
export type DataDesk = AnalysisDesk &
  DashboardDesk & {
    listTables: () => Promise<QueryTable[]>;
    /** One of them, with what is in it. @throws {HubError} `not_found` */
    describeTable: (name: string, signal: AbortSignal) => Promise<QueryTable & TableDetails>;
    /** Saved queries: the person's own, then those of the hub. */
    listQueries: () => Promise<FoundQuery[]>;
    /** About what it would cost; null: little, or nobody knows. Nothing is run. */
    estimateCost: (
      query: { sql: string; parameters: SqlParameter[] },
      signal: AbortSignal,
    ) => Promise<QueryCost | null>;
    /** Answers at the end; an abort stops the query. What is wrong with it is the answer's `fault`. */
    runSql: (
      query: { sql: string; engine?: SqlEngineName; parameters: SqlParameter[] },
      signal: AbortSignal,
    ) => Promise<Execution>;
    /** The first rows of a result. */
    readRows: (execution: string, options: { limit: number; signal: AbortSignal }) => Promise<ResultPage>;
    /** All rows; null where they are larger than that. */
    exportCsv: (
      execution: string,
      options: { maximumBytes: number; signal: AbortSignal },
    ) => Promise<Uint8Array | null>;
  };

/** A person's dashboards. */
export type DashboardDesk = {
  listDashboards: () => Promise<
    { id: string; name: string; description: string; widgets: number; refreshedAt: string | null }[]
  >;
  /** Puts a widget on a dashboard: one that is there, or the person's of that name, which is made where there is none. */
  saveToDashboard: (
    widget: AddWidgetInput & { dashboard?: string | undefined; name: string },
  ) => Promise<{ id: string; name: string; widgets: number }>;
  /** What a refresh of such a widget spends at Dune, and how often the dashboard is refreshed by itself, if it is; null: nothing is spent. */
  findSpending: (widget: {
    name: string;
    execution: string;
  }) => Promise<{ creditsEach: string | null; rhythm: { runsAMonth: number | null } | null } | null>;
};

/** A person's alerts. */
export type AlertDesk = {
  /** The agent that asks, in whose conversation alerts are told; null outside of a run. */
  agentId: string | null;
  /** A saved query by its number or its identifier. @throws {HubError} `not_found` */
  findQuery: (reference: string | number) => Promise<{ id: string }>;
  /** What a run of a saved query spends at Dune, as the last time; null: nothing is spent. @throws {HubError} `not_found` */
  findSpending: (reference: string | number) => Promise<{ creditsEach: string | null } | null>;
  /** @throws {HubError} `validation_failed`, where what it is to watch cannot be read */
  create: (alert: CreateAlertInput, signal: AbortSignal) => Promise<Alert>;
  list: () => Promise<Alert[]>;
  /** What was told last, newest first. */
  listFirings: (limit: number) => Promise<AlertFiring[]>;
};

/** Reads Solidity sources and lets every detector look at them. @throws {HubError} when they take too much */
export type AuditContract = (
  files: AuditSource[],
  signal: AbortSignal,
  settings?: CompilerSettings | null,
) => Promise<AuditReport>;

/** All that the built-in tools are given; a port that is null makes its tools unavailable. */
export type ToolPorts = {
  now: () => Date;
  fetch: ToolFetch;
  readPage: ReadPage;
  drawChart: DrawChart;
  runCode: RunCode;
  createImage: CreateImage | null;
  makeThumbnail: MakeThumbnail;
  chains: ChainReader | null;
  /** Where files of IPFS are read, as `https://…` without a path. */
  ipfsGateway: string;
  auditContract: AuditContract;
  /** Analyses of what is pasted, which needs nobody's tables. */
  analysePoints: Pick<AnalysisDesk, 'forecast' | 'indicators'>;
};
