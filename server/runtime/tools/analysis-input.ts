import { z } from 'zod';
import {
  type AnalysisReport,
  type AnalysisSource,
  CombineValues,
  mostPoints,
  type SeriesPoint,
  SeriesStep,
} from '#server/contract/analysis.ts';
import { toAnalysisCharts } from '#server/contract/analysis-charts.ts';
import { SqlText } from '#server/contract/sql.ts';
import { HubError } from '#server/hub-error.ts';
import { type ChartArtifact, makeChart } from './chart/make-chart.ts';
import type { DataDesk, ToolPorts } from './ports.ts';
import type { ToolContext } from './tool.ts';

const columnName = () => z.string().min(1).max(200);
const mostCharts = 4;
const digits = 10;

/** Where the data of an analysis is, as models give it. */
export const sourceFields = {
  table_name: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('A table, as list-tables names it; needless where there is only one.'),
  sql: SqlText.optional().describe('Or one SELECT statement of DuckDB whose result is analysed.'),
};

/** Which series, as models give it. */
export const seriesFields = {
  ...sourceFields,
  rows: z
    .array(z.record(z.string().max(200), z.union([z.string().max(100), z.number(), z.null()])))
    .min(1)
    .max(mostPoints)
    .optional()
    .describe('Or the series itself, in order: [{"day":"2026-01-01","price":12.5}, …].'),
  number_column: columnName()
    .optional()
    .describe('Which column has the numbers; the first one that has, unless given.'),
  time_column: columnName().optional().describe('Which column has the moments; the first one that has, unless given.'),
  every: SeriesStep.optional().describe('Rows of each such step become one value, where there are several.'),
};
export const combineField = (usual: CombineValues) =>
  CombineValues.default(usual).describe('How values of one step become one: sum for amounts, last or mean for prices.');

type Given = { table_name?: string | undefined; sql?: string | undefined };

/**
 * What is to be read; the only table that there is, where none is named.
 *
 * @throws {HubError} `validation_failed`, where it is not clear
 */
export async function toSource(
  { table_name: table, sql }: Given,
  data: Pick<DataDesk, 'listTables'>,
): Promise<AnalysisSource> {
  if (table !== undefined && sql !== undefined)
    throw new HubError('validation_failed', {
      en: 'Give "table_name" or "sql", not both.',
      zh: '请提供 "table_name" 或 "sql" 之一。',
    });
  if (table !== undefined || sql !== undefined) return { table, sql, parameters: [] };
  const names = (await data.listTables()).map(({ name }) => name);
  const [only] = names;
  if (only !== undefined && names.length === 1) return { table: only, parameters: [] };
  throw new HubError('validation_failed', {
    en: `Which table? There are: ${names.slice(0, 30).join(', ') || 'none yet; files are brought on the page "Data"'}.`,
    zh: `请指明数据表。现有：${names.slice(0, 30).join('、') || '暂无，请在“数据”页面上传文件'}。`,
  });
}

type Row = Record<string, string | number | null>;
const isNumber = (value: Row[string] | undefined) =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

/** Pasted rows as a series; columns are found as those of tables are. @throws {HubError} `validation_failed` */
export function toPoints(
  rows: Row[],
  chosen: { number?: string | undefined; time?: string | undefined },
): SeriesPoint[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const known = columns.join(', ');
  for (const name of [chosen.number, chosen.time]) {
    if (name !== undefined && !columns.includes(name))
      throw new HubError('validation_failed', {
        en: `There is no column "${name}"; the columns are ${known}.`,
        zh: `没有列“${name}”；现有的列：${known}。`,
      });
  }
  const time = chosen.time ?? columns.find((name) => rows.some((row) => /^\d{4}-\d{2}/.test(String(row[name] ?? ''))));
  const number =
    chosen.number ??
    columns.find((name) => name !== time && rows.every((row) => row[name] === null || isNumber(row[name])));
  if (number === undefined)
    throw new HubError('validation_failed', {
      en: `None of the columns holds numbers: ${known}.`,
      zh: `没有任何列是数字：${known}。`,
    });
  return rows.flatMap((row) => {
    const [value, moment] = [row[number], time === undefined ? null : row[time]];
    return value === null || value === undefined
      ? []
      : [{ value, ...(moment === null || moment === undefined ? {} : { time: moment }) }];
  });
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
