import { z } from 'zod';
import { type ColumnProfile, ProfileCell, ProfileFigure } from '#server/contract/analysis.ts';
import { drawReport, sourceFields, toSource } from './analysis-input.ts';
import type { ToolPorts } from './ports.ts';
import { requireData } from './require-data.ts';
import { defineTool } from './tool.ts';

const Figures = z.record(z.string(), ProfileFigure);
const mostFrequent = 5;

const Output = z.object({
  summary: z.array(z.string()).describe('What stands out, in sentences; every figure in them is exact.'),
  rows: z.number(),
  duplicates: z.number(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      counts: Figures,
      figures: Figures,
      frequent: z.array(z.object({ value: ProfileCell, count: z.number() })),
      outliers: z.number().nullable(),
      gaps: Figures.nullable(),
    }),
  ),
  correlations: z.array(
    z.object({ one: z.string(), other: z.string(), pearson: ProfileFigure, spearman: ProfileFigure }),
  ),
  notes: z.array(z.string()),
  sql: z.array(z.object({ of: z.string(), sql: z.string() })).describe('Statements that give the same figures.'),
});

/** Describes a table or a query's result; every figure comes of SQL. */
export function createProfileTableTool({ drawChart }: Pick<ToolPorts, 'drawChart'>) {
  return defineTool({
    id: 'profile-table',
    title: { en: 'Profile a table', zh: '数据概况' },
    description: {
      en:
        "Profiles one of the person's tables, or the result of a query: rows, types, missing and distinct values, duplicates, minimum, maximum, mean, median, quartiles, deviation, distributions, outliers, correlations and gaps in time, with charts. " +
        'Use it to explore or describe data, or to check its quality, before questions about it. Retell its figures; add none.',
      zh: '分析用户的数据表或查询结果：行数、类型、缺失值、不同值、重复行、最值、均值、中位数、分位数、标准差、分布、离群值、相关性和时间缺口，并附图表。用于探索、概览数据或检查数据质量。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: z.strictObject(sourceFields),
    output: Output,
    timeoutMs: 120_000,
    graceMs: 2000,
    maximumResultBytes: 48_000,
    intent: ({ table }, language) =>
      language === 'zh' ? `分析数据表 ${table ?? ''}` : `Profiling ${table ?? 'the result'}`,
    run: async (input, context) => {
      const report = await requireData(context).profile(toSource(input), context.signal);
      const { language } = context;
      return {
        output: {
          summary: report.summary.map((sentence) => sentence[language]),
          rows: Number(report.overview.values['rows']),
          duplicates: Number(report.overview.values['duplicates']),
          columns: report.columns.map(toShownColumn),
          correlations: report.correlations.map(({ one, other, figures: { values } }) => ({
            one,
            other,
            pearson: values['pearson'] ?? null,
            spearman: values['spearman'] ?? null,
          })),
          notes: report.notes.map(({ text }) => text[language]),
          sql: [
            { of: 'overview', sql: report.overview.sql },
            ...report.columns
              .slice(0, 6)
              .map(({ name, figures, counts }) => ({ of: name, sql: (figures ?? counts).sql })),
          ],
        },
        artifacts: await drawReport(report, { drawChart }, context),
      };
    },
  });
}

const toShownColumn = ({ name, type, counts, figures, spread, total, frequent, outliers, gaps }: ColumnProfile) => ({
  name,
  type,
  counts: counts.values,
  figures: { ...figures?.values, ...spread?.values, ...total?.values },
  frequent: frequent?.values.slice(0, mostFrequent) ?? [],
  outliers:
    outliers?.quartiles === undefined || outliers.quartiles === null
      ? null
      : Number(outliers.quartiles.figures.values['count']),
  gaps: gaps?.values ?? null,
});
