import type { AnalysisNote, ForecastModel, ForecastReport } from '#server/contract/analysis.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { ForecastValues } from './forecast-values.ts';
import type { PlacedSeries } from './place-series.ts';
import { sayFigure, sayPercent } from './say-figure.ts';

const shortSeries = 30;
const fewErrors = 20;

export const modelNames: Record<ForecastModel, LocalizedText> = {
  naive: { en: 'the naive model (the last value stays)', zh: '朴素模型（保持最后一个值）' },
  'seasonal-naive': { en: 'the seasonal naive model (the last season repeats)', zh: '季节朴素模型（重复上一季节）' },
  drift: { en: 'drift (a line through the first and the last value)', zh: '漂移模型（首尾两值连线）' },
  holt: { en: 'Holt’s linear trend', zh: 'Holt 线性趋势模型' },
  'holt-winters-additive': { en: 'Holt-Winters with an additive season', zh: 'Holt-Winters 加法季节模型' },
  'holt-winters-multiplicative': {
    en: 'Holt-Winters with a multiplicative season',
    zh: 'Holt-Winters 乘法季节模型',
  },
  arima: { en: 'ARIMA', zh: 'ARIMA 模型' },
};

/** A forecast as a report: its values with their times, how it was chosen, and what a reader has to know. */
export function summariseForecast(series: PlacedSeries, found: ForecastValues): ForecastReport {
  const { facts, values, isFilled, timeAt } = series;
  const points = found.points.map(({ value, half80, half95 }, index) => ({
    time: timeAt(values.length + index),
    value,
    low80: value - half80,
    high80: value + half80,
    low95: value - half95,
    high95: value + half95,
  }));
  const report = {
    kind: 'forecast' as const,
    series: facts,
    observed: values.map((value, index) => ({ time: timeAt(index), value, isFilled: isFilled[index] ?? false })),
    season: found.season,
    horizon: found.horizon,
    chosen: found.chosen,
    backTest: { origins: found.origins, errors: found.errors, scores: found.scores },
    points,
  };
  return { ...report, summary: summarise(report), notes: listNotes(report, series.notes, found.testedHorizon) };
}

type Facts = Omit<ForecastReport, 'summary' | 'notes'>;

function summarise({ series, points, chosen, backTest, season, observed, horizon }: Facts): LocalizedText[] {
  const last = points.at(-1);
  const score = backTest.scores.find(({ model }) => model === chosen);
  const naive = backTest.scores.find(({ model }) => model === 'naive');
  const at = observed.at(-1);
  const said: LocalizedText[] = [
    {
      en: `${series.value} is expected at ${sayFigure(last?.value ?? 0)} at ${last?.time}, ${horizon} steps after the last value (${sayFigure(at?.value ?? 0)} at ${at?.time}); 80 of 100 such values should lie between ${sayFigure(last?.low80 ?? 0)} and ${sayFigure(last?.high80 ?? 0)}, 95 between ${sayFigure(last?.low95 ?? 0)} and ${sayFigure(last?.high95 ?? 0)}.`,
      zh: `预计 ${series.value} 在 ${last?.time} 为 ${sayFigure(last?.value ?? 0)}，即最后一个值（${at?.time} 为 ${sayFigure(at?.value ?? 0)}）之后 ${horizon} 步；80% 区间为 ${sayFigure(last?.low80 ?? 0)} 至 ${sayFigure(last?.high80 ?? 0)}，95% 区间为 ${sayFigure(last?.low95 ?? 0)} 至 ${sayFigure(last?.high95 ?? 0)}。`,
    },
  ];
  if (score !== undefined && naive !== undefined) {
    const beside = score.besideNaive === null || chosen === 'naive' ? null : sayPercent(1 - score.besideNaive);
    said.push({
      en: `Chosen by back-test from ${backTest.origins} origins: ${modelNames[chosen].en}. On average it was off by ${sayFigure(score.mae)} (MAE; sMAPE ${score.smape.toFixed(1)}%${score.mase === null ? '' : `, MASE ${score.mase.toFixed(2)}`}), the naive model by ${sayFigure(naive.mae)}${beside === null ? '' : `: ${beside} less`}.`,
      zh: `经 ${backTest.origins} 个起点的滚动回测选择：${modelNames[chosen].zh}。平均误差 ${sayFigure(score.mae)}（MAE；sMAPE ${score.smape.toFixed(1)}%${score.mase === null ? '' : `，MASE ${score.mase.toFixed(2)}`}），朴素模型为 ${sayFigure(naive.mae)}${beside === null ? '' : `，减少 ${beside}`}。`,
    });
  }
  if (season > 1) {
    said.push({
      en: `The series has a season of ${season} steps.`,
      zh: `该序列的季节长度为 ${season} 步。`,
    });
  }
  return said;
}

function listNotes(report: Facts, given: AnalysisNote[], testedHorizon: number): AnalysisNote[] {
  const { chosen, observed, backTest, horizon } = report;
  const warn = (en: string, zh: string): AnalysisNote => ({ level: 'warning', text: { en, zh } });
  const isConstant = observed.every(({ value }) => value === observed[0]?.value);
  return [
    ...given,
    ...(isConstant
      ? [warn('The series never changes, so there is nothing to learn from it.', '该序列从未变化，无规律可学。')]
      : []),
    ...(!isConstant && chosen === 'naive'
      ? [
          warn(
            'No model was better than the naive one beyond chance: what comes next cannot be told from this series. Do not rest a decision on it.',
            '没有模型显著优于朴素模型：仅凭该序列无法判断后续走势，请勿据此决策。',
          ),
        ]
      : []),
    ...(observed.length < shortSeries
      ? [
          warn(
            `The series is short (${observed.length} values): the choice of the model and the intervals are uncertain.`,
            `序列较短（${observed.length} 个值）：模型选择与区间都不可靠。`,
          ),
        ]
      : []),
    ...(backTest.errors < fewErrors
      ? [
          warn(
            `The intervals rest on only ${backTest.errors} errors of the back-test.`,
            `区间仅依据回测中的 ${backTest.errors} 个误差。`,
          ),
        ]
      : []),
    ...(horizon > testedHorizon
      ? [
          warn(
            `Only the first ${testedHorizon} steps could be tested; behind them the intervals grow by the root of the steps.`,
            `仅前 ${testedHorizon} 步可以回测；之后的区间按步数的平方根扩大。`,
          ),
        ]
      : []),
    { level: 'info', text: intervalsText },
    { level: 'info', text: noAdviceText },
  ];
}

const intervalsText: LocalizedText = {
  en: 'The intervals are as wide as the chosen model was wrong in the back-test; they say nothing of what has never happened yet.',
  zh: '区间宽度取自所选模型在回测中的误差，无法反映从未发生过的情况。',
};
const noAdviceText: LocalizedText = {
  en: 'A forecast carries the past on. It is no advice to buy, hold or sell anything.',
  zh: '预测只是延续过去的规律，不构成任何买入、持有或卖出的建议。',
};
