import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';

export const ChartKind = z.enum(['bar', 'stacked', 'line', 'area', 'point', 'pie', 'histogram', 'heatmap', 'counter']);
export type ChartKind = z.infer<typeof ChartKind>;

export const ChartAggregate = z.enum(['none', 'sum', 'mean', 'median', 'min', 'max', 'count']);
export const ChartSort = z.enum(['none', 'x', 'ascending', 'descending']);

const Column = z.string().min(1).max(200);

/** How a result is drawn: the kind of chart, and which columns make it. Nothing in it is an expression or an address. */
export const ChartView = z.strictObject({
  kind: ChartKind,
  title: z.string().trim().max(200).default(''),
  /** Across; the slices of a pie, the values of a histogram. A counter has none. */
  x: Column.nullable().default(null),
  /** Figures; several make a series each. A histogram has none. */
  y: z.array(Column).max(8).default([]),
  /** Splits the rows into coloured series; the rows of a heat map. */
  series: Column.nullable().default(null),
  /** What becomes of rows with the same `x` and `series`. */
  aggregate: ChartAggregate.default('none'),
  /** `x`: by its own order; the others: by the figure. */
  sort: ChartSort.default('none'),
  isLogarithmic: z.boolean().default(false),
});
export type ChartView = z.infer<typeof ChartView>;

/** The same as parts of an address; `y` is given once a column. */
export const ChartViewQuery = z.object({
  kind: ChartKind.default('bar'),
  title: ChartView.shape.title,
  x: Column.optional(),
  y: z.union([Column, z.array(Column).max(8)]).optional(),
  series: Column.optional(),
  aggregate: ChartAggregate.default('none'),
  sort: ChartSort.default('none'),
  isLogarithmic: z.enum(['true', 'false']).default('false'),
});
export type ChartViewQuery = z.infer<typeof ChartViewQuery>;

/** Which chart a result has on paper; without columns the one that suits it, if any does. */
export const ResultReportQuery = ChartViewQuery.extend({ language: z.enum(['en', 'zh']).optional() });
export type ResultReportQuery = z.infer<typeof ResultReportQuery>;

/** A chart that was saved with a query, by a name. */
export const QueryChart = z.object({
  id: Identifier,
  name: z.string(),
  view: ChartView,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type QueryChart = z.infer<typeof QueryChart>;

export const SaveChartInput = z.strictObject({ name: z.string().trim().min(1).max(120), view: ChartView });
export type SaveChartInput = z.infer<typeof SaveChartInput>;

/** Rows of a result that a chart is drawn of, at most. */
export const mostDrawnRows = 5000;
