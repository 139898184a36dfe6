import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';
import { LocalizedText } from './localized-text.ts';
import { SqlEngineName } from './sql-engine.ts';
import { SqlColumn, SqlParameter, SqlText } from './sql.ts';

export const AnalysisKind = z.enum(['profile', 'forecast', 'indicators']);
export type AnalysisKind = z.infer<typeof AnalysisKind>;

const ColumnName = z.string().min(1).max(200);

/** What is analysed: a table, a result that is kept, or what a query gives now. */
export const AnalysisSource = z
  .strictObject({
    table: z.string().min(1).max(200).optional(),
    execution: Identifier.optional(),
    sql: SqlText.optional(),
    parameters: z.array(SqlParameter).max(50).default([]),
  })
  .refine(
    ({ table, execution, sql }) => [table, execution, sql].filter((one) => one !== undefined).length === 1,
    'Send one of "table", "execution" and "sql".',
  );
export type AnalysisSource = z.infer<typeof AnalysisSource>;

export const fewestPoints = 10;
export const mostPoints = 5_000;

/** One value of a series as it is pasted; without a time, the order is the time. */
export const SeriesPoint = z.strictObject({
  time: z.union([z.string().min(1).max(40), z.number()], 'Write a time such as 2026-01-31, or a number.').optional(),
  value: z.union([z.number(), z.string().max(100)], 'Write a number.'),
});
export type SeriesPoint = z.infer<typeof SeriesPoint>;

export const SeriesStep = z.enum(['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']);
export type SeriesStep = z.infer<typeof SeriesStep>;

/** How values of one time, or of one step, become one. */
export const CombineValues = z.enum(['sum', 'mean', 'last', 'minimum', 'maximum', 'count']);
export type CombineValues = z.infer<typeof CombineValues>;

/** Which series of a source; the first column of times and the first of numbers, unless told. */
export const SeriesChoice = z.strictObject({
  time: ColumnName.optional(),
  value: ColumnName.optional(),
  /** The rows of each step become one value. */
  every: SeriesStep.optional(),
  combine: CombineValues.default('sum'),
});
export type SeriesChoice = z.infer<typeof SeriesChoice>;

const seriesInput = {
  title: z.string().trim().min(1).max(120).optional(),
  source: AnalysisSource.optional(),
  points: z.array(SeriesPoint).min(1).max(mostPoints).optional(),
  series: SeriesChoice.prefault({}),
};
const hasOneSource = ({ source, points }: { source?: unknown; points?: unknown }) =>
  (source === undefined) !== (points === undefined);
const oneSource = 'Send either "source" or "points".';

export const ProfileInput = z.strictObject({
  title: z.string().trim().min(1).max(120).optional(),
  source: AnalysisSource,
});
export type ProfileInput = z.infer<typeof ProfileInput>;

export const ForecastChoice = z.strictObject({
  /** How many steps ahead; a season or twelve, unless told. */
  horizon: z.number().int().min(1).max(365).optional(),
  /** Steps of a season; found in the data unless told, 1 for none. */
  season: z.number().int().min(1).max(400).optional(),
});
export type ForecastChoice = z.infer<typeof ForecastChoice>;

export const ForecastInput = z
  .strictObject({ ...seriesInput, ...ForecastChoice.shape })
  .refine(hasOneSource, oneSource);
export type ForecastInput = z.infer<typeof ForecastInput>;

const window = (usual: number) => z.number().int().min(2).max(500).default(usual);

export const IndicatorChoice = z.strictObject({
  smaLength: window(20),
  emaLength: window(20),
  rsiLength: window(14),
  macdFast: window(12),
  macdSlow: window(26),
  macdSignal: window(9),
  bollingerLength: window(20),
  bollingerWidth: z.number().min(0.5).max(5).default(2),
  volatilityLength: window(30),
  /** Of a year, as a part of one: 0.04 is 4 %. */
  riskFreeRate: z.number().min(-0.5).max(5).default(0),
  /** Steps that make a year, to annualise; by the series' own step unless told. */
  periodsPerYear: z.number().min(1).max(600_000).optional(),
});
export type IndicatorChoice = z.infer<typeof IndicatorChoice>;

export const IndicatorInput = z
  .strictObject({
    ...seriesInput,
    series: SeriesChoice.extend({ combine: CombineValues.default('last') }).prefault({}),
    ...IndicatorChoice.shape,
  })
  .refine(hasOneSource, oneSource);
export type IndicatorInput = z.infer<typeof IndicatorInput>;

/** Something that a reader has to know of a report. */
export const AnalysisNote = z.object({ level: z.enum(['info', 'warning']), text: LocalizedText });
export type AnalysisNote = z.infer<typeof AnalysisNote>;

/** A figure as the engine gave it; texts where a number of JSON would lose digits. */
export const ProfileFigure = z.union([z.string(), z.number(), z.null()]);
export type ProfileFigure = z.infer<typeof ProfileFigure>;

/** A value of a row; what is no plain one is its JSON. */
export const ProfileCell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type ProfileCell = z.infer<typeof ProfileCell>;

/** Figures with the SQL that gives them, on the same tables, in the same order. */
export const ProfileFigures = z.object({ sql: SqlText, values: z.record(z.string(), ProfileFigure) });
export type ProfileFigures = z.infer<typeof ProfileFigures>;

export const ColumnClass = z.enum(['number', 'time', 'text', 'boolean', 'other']);
export type ColumnClass = z.infer<typeof ColumnClass>;

const Outliers = z.object({
  /** low, high, count */
  figures: ProfileFigures,
  /** All of them, the farthest first. */
  rowsSql: SqlText,
  /** The first of these, as rows of the source. */
  rows: z.array(z.array(ProfileCell)),
});

export const ColumnProfile = SqlColumn.extend({
  class: ColumnClass,
  /** present, missing, distinct */
  counts: ProfileFigures,
  /** Of numbers: minimum, p05, q1, median, q3, p95, maximum, and the mean where it is a double; of texts their lengths; of times the ends. */
  figures: ProfileFigures.nullable(),
  /** Of numbers: deviation; what is too large for the engine is null. */
  spread: ProfileFigures.nullable(),
  /** Of numbers, exactly; of HUGEINT and DECIMAL with the mean, as text. */
  total: ProfileFigures.nullable(),
  frequent: z.object({ sql: SqlText, values: z.array(z.object({ value: ProfileCell, count: z.number() })) }).nullable(),
  histogram: z
    .object({ sql: SqlText, bins: z.array(z.object({ from: ProfileFigure, to: ProfileFigure, count: z.number() })) })
    .nullable(),
  /** By the quartiles (Tukey's fences), and by more than three standard deviations. */
  outliers: z.object({ quartiles: Outliers.nullable(), deviations: Outliers.nullable() }).nullable(),
  /** Of times: step, gaps, longest, after (when the longest begins). */
  gaps: ProfileFigures.nullable(),
});
export type ColumnProfile = z.infer<typeof ColumnProfile>;

export const Correlation = z.object({
  one: z.string(),
  other: z.string(),
  /** pearson, spearman, rows */
  figures: ProfileFigures,
});
export type Correlation = z.infer<typeof Correlation>;

/** The query behind a result that came from elsewhere; statements on it read the result, not that engine's tables. */
export const QueryElsewhere = z.object({ engine: SqlEngineName, sql: SqlText });
export type QueryElsewhere = z.infer<typeof QueryElsewhere>;

export const ProfileReport = z.object({
  kind: z.literal('profile'),
  source: z.string(),
  /** All columns of the source, as rows of outliers have them. */
  columnNames: z.array(z.string()),
  /** rows, duplicates (rows that are the same as one before) */
  overview: ProfileFigures,
  columns: z.array(ColumnProfile),
  correlations: z.array(Correlation),
  /** What the SQL's parameters are bound to. */
  parameters: z.array(SqlParameter),
  query: QueryElsewhere.nullable().default(null),
  summary: z.array(LocalizedText),
  notes: z.array(AnalysisNote),
});
export type ProfileReport = z.infer<typeof ProfileReport>;

/** Where a series comes from, and how it was read. */
export const SeriesFacts = z.object({
  source: z.string(),
  time: z.string().nullable(),
  value: z.string(),
  sql: z.string().nullable(),
  parameters: z.array(SqlParameter),
  query: QueryElsewhere.nullable().default(null),
  step: z.union([SeriesStep, z.enum(['business-day', 'second', 'index', 'other'])]),
  /** Seconds of one step where it has a fixed length. */
  stepSeconds: z.number().nullable(),
  count: z.number().int(),
  filled: z.number().int(),
});
export type SeriesFacts = z.infer<typeof SeriesFacts>;

export const ForecastModel = z.enum([
  'naive',
  'seasonal-naive',
  'drift',
  'holt',
  'holt-winters-additive',
  'holt-winters-multiplicative',
  'arima',
]);
export type ForecastModel = z.infer<typeof ForecastModel>;

/** How far a model was off, on average over all origins and steps of the back-test. */
export const BackTestScore = z.object({
  model: ForecastModel,
  /** Such as `(0,1,1)(0,1,1)12`, or fitted smoothing parameters. */
  details: z.string(),
  mae: z.number(),
  /** In per cent, 0 to 200. */
  smape: z.number(),
  /** Beside the in-sample error of the (seasonal) naive one; null where that is nothing. */
  mase: z.number().nullable(),
  /** MAE as a part of the naive model's. */
  besideNaive: z.number().nullable(),
});
export type BackTestScore = z.infer<typeof BackTestScore>;

const Time = z.union([z.string(), z.number()]);

export const ForecastReport = z.object({
  kind: z.literal('forecast'),
  series: SeriesFacts,
  observed: z.array(z.object({ time: Time, value: z.number(), isFilled: z.boolean() })),
  season: z.number().int(),
  horizon: z.number().int(),
  chosen: ForecastModel,
  backTest: z.object({ origins: z.number().int(), errors: z.number().int(), scores: z.array(BackTestScore) }),
  points: z.array(
    z.object({
      time: Time,
      value: z.number(),
      low80: z.number(),
      high80: z.number(),
      low95: z.number(),
      high95: z.number(),
    }),
  ),
  summary: z.array(LocalizedText),
  notes: z.array(AnalysisNote),
});
export type ForecastReport = z.infer<typeof ForecastReport>;

const Maybe = z.number().nullable();

export const IndicatorPoint = z.object({
  time: Time,
  value: z.number(),
  sma: Maybe,
  ema: Maybe,
  rsi: Maybe,
  macd: Maybe,
  macdSignal: Maybe,
  macdHistogram: Maybe,
  bollingerLow: Maybe,
  bollingerMiddle: Maybe,
  bollingerHigh: Maybe,
  /** Annualised, as a part of one. */
  volatility: Maybe,
  /** Below the highest value before, as a part of one; 0 at a new high. */
  drawdown: Maybe,
});
export type IndicatorPoint = z.infer<typeof IndicatorPoint>;

export const IndicatorReport = z.object({
  kind: z.literal('indicators'),
  series: SeriesFacts,
  choice: IndicatorChoice,
  periodsPerYear: z.number(),
  points: z.array(IndicatorPoint),
  maximumDrawdown: z.object({ depth: z.number(), from: Time, to: Time }).nullable(),
  /** Of the whole series, annualised. */
  volatility: Maybe,
  totalReturn: Maybe,
  sharpe: Maybe,
  summary: z.array(LocalizedText),
  notes: z.array(AnalysisNote),
});
export type IndicatorReport = z.infer<typeof IndicatorReport>;

export const AnalysisReport = z.discriminatedUnion('kind', [ProfileReport, ForecastReport, IndicatorReport]);
export type AnalysisReport = z.infer<typeof AnalysisReport>;

export const AnalysisSummary = z.object({
  id: Identifier,
  kind: AnalysisKind,
  title: z.string(),
  createdAt: Timestamp,
});
export type AnalysisSummary = z.infer<typeof AnalysisSummary>;

/** A report that was made for a person, and the names of its charts. */
export const Analysis = AnalysisSummary.extend({
  report: AnalysisReport,
  charts: z.array(z.object({ id: z.string(), title: LocalizedText })),
});
export type Analysis = z.infer<typeof Analysis>;
