import { z } from 'zod';
import { IndicatorChoice, IndicatorPoint, IndicatorReport } from '#server/contract/analysis.ts';
import { combineField, drawReport, seriesFields, toPoints, toShownOrNull, toSource } from './analysis-input.ts';
import type { DataDesk, ToolPorts } from './ports.ts';
import { requireData } from './require-data.ts';
import { defineTool, type ToolContext } from './tool.ts';

const mostRows = 10;
const { smaLength, emaLength, rsiLength, riskFreeRate, periodsPerYear } = IndicatorChoice.shape;

const Output = z.object({
  summary: z.array(z.string()).describe('What to say; every figure in it is exact.'),
  notes: z.array(z.string()).describe('What the person has to know; say that it is no advice.'),
  last: z.array(IndicatorPoint).describe('The newest values with their indicators, the oldest first.'),
  maximumDrawdown: IndicatorReport.shape.maximumDrawdown,
  volatility: z.number().nullable().describe('Of a year, as a part of one.'),
  totalReturn: z.number().nullable().describe('As a part of one.'),
  sharpe: z.number().nullable(),
  periodsPerYear: z.number(),
});

/** What traders reckon of a series of prices. */
export function createIndicatorsTool({ drawChart, analysePoints }: Pick<ToolPorts, 'drawChart' | 'analysePoints'>) {
  return defineTool({
    id: 'indicators',
    title: { en: 'Market indicators', zh: '市场指标' },
    description: {
      en:
        'Computes technical indicators of a series of prices from a table, a query or pasted values: moving averages (SMA, EMA), RSI, MACD, Bollinger bands, realised volatility, drawdown and maximum drawdown, Sharpe ratio, with charts. ' +
        'Quote its figures as they are; it is no advice.',
      zh: '根据数据表、查询结果或粘贴的价格序列计算技术指标：移动平均（SMA、EMA）、RSI、MACD、布林带、已实现波动率、回撤与最大回撤、夏普比率，并附图表。不构成投资建议。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: z.strictObject({
      ...seriesFields,
      combine: combineField('last'),
      smaLength: smaLength.describe('Values of the simple moving average.'),
      emaLength: emaLength.describe('Values of the exponential moving average.'),
      rsiLength: rsiLength.describe('Values of RSI.'),
      riskFreeRate: riskFreeRate.describe('Of a year, as a part of one: 0.04 is 4 %.'),
      periodsPerYear: periodsPerYear.describe('Steps that make a year; by the series’ own step unless given.'),
    }),
    output: Output,
    timeoutMs: 90_000,
    graceMs: 2000,
    maximumResultBytes: 32_000,
    intent: ({ number_column: value, table_name: table }, language) =>
      language === 'zh'
        ? `计算${(value ?? table) === undefined ? '序列' : ` ${value ?? table} `}的指标`
        : `Computing indicators of ${value ?? table ?? 'the series'}`,
    run: async (
      { number_column: value, time_column: time, every, combine, rows, table_name, sql, ...choice },
      context,
    ) => {
      const { language, signal } = context;
      const asked = { series: { time, value, every, combine }, ...IndicatorChoice.parse(choice) };
      const report =
        rows === undefined
          ? await readOwn({ table_name, sql }, asked, context)
          : await analysePoints.indicators({ points: toPoints(rows, { number: value, time }), ...asked }, signal);
      return {
        output: {
          summary: report.summary.map((sentence) => sentence[language]),
          notes: report.notes.map(({ text }) => text[language]),
          last: report.points.slice(-mostRows).map(toShownPoint),
          maximumDrawdown: report.maximumDrawdown,
          volatility: toShownOrNull(report.volatility),
          totalReturn: toShownOrNull(report.totalReturn),
          sharpe: toShownOrNull(report.sharpe),
          periodsPerYear: report.periodsPerYear,
        },
        artifacts: await drawReport(report, { drawChart }, context),
      };
    },
  });
}

const toShownPoint = ({ time, ...figures }: IndicatorPoint): IndicatorPoint =>
  IndicatorPoint.parse({
    time,
    ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, toShownOrNull(figure)])),
  });

async function readOwn(
  given: Parameters<typeof toSource>[0],
  asked: Omit<Parameters<DataDesk['indicators']>[0], 'source' | 'points'>,
  context: ToolContext,
) {
  const data = requireData(context);
  return data.indicators({ source: await toSource(given, data), ...asked }, context.signal);
}
