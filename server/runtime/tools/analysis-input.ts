import { z } from 'zod';
import {
  type AnalysisReport,
  type AnalysisSource,
  CombineValues,
  mostPoints,
  SeriesPoint,
  SeriesStep,
} from '#server/contract/analysis.ts';
import { toAnalysisCharts } from '#server/contract/analysis-charts.ts';
import { SqlText } from '#server/contract/sql.ts';
import { HubError } from '#server/hub-error.ts';
import { type ChartArtifact, makeChart } from './chart/make-chart.ts';
import type { ToolPorts } from './ports.ts';
import type { ToolContext } from './tool.ts';

const columnName = () => z.string().min(1).max(200);
const mostCharts = 4;
const digits = 10;

/** Where the data of an analysis is, as models give it. */
export const sourceFields = {
  table: z.string().min(1).max(200).optional().describe('The name of a table, as list-tables has it.'),
  sql: SqlText.optional().describe('Or one SELECT statement of DuckDB whose result is analysed.'),
};

/** Which series, as models give it. */
export const seriesFields = {
  ...sourceFields,
  points: z
    .array(SeriesPoint)
    .min(1)
    .max(mostPoints)
    .optional()
    .describe('Or the series itself, in order: [{"time":"2026-01-01","value":12.5}, …].'),
  time: columnName().optional().describe('The column with the times; the first one unless given.'),
  value: columnName().optional().describe('The column with the numbers; the first one unless given.'),
  every: SeriesStep.optional().describe('Rows of each such step become one value, where there are several.'),
};
export const combineField = (usual: CombineValues) =>
  CombineValues.default(usual).describe('How values of one step become one: sum for amounts, last or mean for prices.');

type Given = {
  table?: string | undefined;
  sql?: string | undefined;
  points?: SeriesPoint[] | undefined;
};

/** @throws {HubError} `validation_failed`, unless exactly one is given */
export function toSource({ table, sql }: Given): AnalysisSource {
  if ((table === undefined) === (sql === undefined))
    throw new HubError('validation_failed', {
      en: 'Give either "table" or "sql".',
      zh: '请提供 "table" 或 "sql" 之一。',
    });
  return { table, sql, parameters: [] };
}

/** A figure with the digits that mean something. */
export const toShown = (value: number): number => Number(value.toPrecision(digits));
export const toShownOrNull = (value: number | null): number | null => (value === null ? null : toShown(value));

/** Draws the charts of a report for the person, in their language. */
export async function drawReport(
  report: AnalysisReport,
  { drawChart }: Pick<ToolPorts, 'drawChart'>,
  { signal, storeFile, language }: ToolContext,
): Promise<ChartArtifact[]> {
  const drawn: ChartArtifact[] = [];
  for (const { title, specification } of toAnalysisCharts(report, language).slice(0, mostCharts))
    drawn.push(await makeChart({ title: title[language], specification }, { drawChart, storeFile, signal }));
  return drawn;
}
