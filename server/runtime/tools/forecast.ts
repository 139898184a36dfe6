import { z } from 'zod';
import { ForecastChoice, ForecastModel } from '#server/contract/analysis.ts';
import {
  combineField,
  drawReport,
  seriesFields,
  toPoints,
  toShown,
  toShownOrNull,
  toSource,
} from './analysis-input.ts';
import type { DataDesk, ToolPorts } from './ports.ts';
import { requireData } from './require-data.ts';
import { defineTool, type ToolContext } from './tool.ts';

const Output = z.object({
  summary: z.array(z.string()).describe('What to say; every figure in it is exact.'),
  notes: z.array(z.string()).describe('What the person has to know; say the warnings, and that it is no advice.'),
  model: ForecastModel,
  season: z.number().describe('Steps of a season; 1: none was found.'),
  last: z.object({ time: z.union([z.string(), z.number()]), value: z.number() }),
  points: z.array(
    z.object({
      time: z.union([z.string(), z.number()]),
      value: z.number(),
      low80: z.number(),
      high80: z.number(),
      low95: z.number(),
      high95: z.number(),
    }),
  ),
  backTest: z.array(
    z.object({
      model: ForecastModel,
      mae: z.number(),
      smape: z.number(),
      mase: z.number().nullable(),
      besideNaive: z.number().nullable(),
    }),
  ),
});

/** Foretells a series, with the back-test beside the naive model. */
export function createForecastTool({ drawChart, analysePoints }: Pick<ToolPorts, 'drawChart' | 'analysePoints'>) {
  return defineTool({
    id: 'forecast',
    title: { en: 'Forecast a series', zh: '序列预测' },
    description: {
      en:
        'Forecasts a series of numbers over time (prices, sales, volumes) from a table, a query or pasted values: predicts the next steps with intervals of 80 and 95 %, chosen by back-test from naive, drift, Holt-Winters and ARIMA. ' +
        'Use it when somebody asks what comes next, for a forecast, prediction or outlook. Say how far it was off in the back-test beside the naive model, its warnings, and that it is no advice.',
      zh: '预测数据表、查询结果或粘贴数据中的时间序列（价格、销量、成交量）的未来走势：给出后续各步的预测值与 80%、95% 区间，并经滚动回测选择模型。有人问“接下来会怎样”、要预测或展望时使用。须说明回测误差与朴素模型的对比，以及不构成建议。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: z.strictObject({
      ...seriesFields,
      combine: combineField('sum'),
      horizon: ForecastChoice.shape.horizon.describe('How many steps ahead; a season or 12 unless given.'),
      season: ForecastChoice.shape.season.describe('Steps of a season, where it is known; found unless given.'),
    }),
    output: Output,
    timeoutMs: 120_000,
    graceMs: 2000,
    maximumResultBytes: 48_000,
    intent: ({ number_column: value, table_name: table }, language) => {
      const what = value ?? table;
      if (language === 'zh') return what === undefined ? '预测序列' : `预测 ${what}`;
      return `Forecasting ${what ?? 'the series'}`;
    },
    run: async (
      { number_column: value, time_column: time, every, combine, rows, horizon, season, ...given },
      context,
    ) => {
      const { language, signal } = context;
      const series = { time, value, every, combine };
      const report =
        rows === undefined
          ? await readOwn(given, { series, horizon, season }, context)
          : await analysePoints.forecast(
              { points: toPoints(rows, { number: value, time }), series, horizon, season },
              signal,
            );
      const last = report.observed.at(-1);
      return {
        output: {
          summary: report.summary.map((sentence) => sentence[language]),
          notes: report.notes.map(({ text }) => text[language]),
          model: report.chosen,
          season: report.season,
          last: { time: last?.time ?? '', value: last?.value ?? 0 },
          points: report.points.map(({ time: at, value: expected, low80, high80, low95, high95 }) => ({
            time: at,
            value: toShown(expected),
            low80: toShown(low80),
            high80: toShown(high80),
            low95: toShown(low95),
            high95: toShown(high95),
          })),
          backTest: report.backTest.scores.map(({ model, mae, smape, mase, besideNaive }) => ({
            model,
            mae: toShown(mae),
            smape: toShown(smape),
            mase: toShownOrNull(mase),
            besideNaive: toShownOrNull(besideNaive),
          })),
        },
        artifacts: await drawReport(report, { drawChart }, context),
      };
    },
  });
}

async function readOwn(
  given: Parameters<typeof toSource>[0],
  asked: Omit<Parameters<DataDesk['forecast']>[0], 'source' | 'points'>,
  context: ToolContext,
) {
  const data = requireData(context);
  return data.forecast({ source: await toSource(given, data), ...asked }, context.signal);
}
