import type { AnalysisNote, IndicatorReport } from '#server/contract/analysis.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { sayFigure, sayPercent } from './say-figure.ts';

type Facts = Omit<IndicatorReport, 'summary' | 'notes'>;

/** What the indicators say of the last value, in words made by code. */
export function summariseIndicators(facts: Facts, given: AnalysisNote[]) {
  const summary: LocalizedText[] = [sayLast(facts), ...sayTrend(facts), ...sayStrength(facts), ...sayRisk(facts)];
  const notes: AnalysisNote[] = [
    ...given,
    ...(facts.maximumDrawdown === null ? [notPositive] : []),
    ...(facts.points.length <= facts.choice.macdSlow ? [tooShortFor(facts.points.length)] : []),
    noAdvice,
  ];
  return { summary, notes };
}

export const noAdvice: AnalysisNote = {
  level: 'info',
  text: {
    en: 'This is arithmetic on the past. It is no advice to buy, hold or sell anything.',
    zh: '以上只是对历史数据的计算，不构成任何买入、持有或卖出的建议。',
  },
};
const notPositive: AnalysisNote = {
  level: 'warning',
  text: {
    en: 'Some values are not positive, so there are no returns: volatility, drawdown and Sharpe ratio are left out.',
    zh: '部分值不是正数，无法计算收益率，因此没有波动率、回撤和夏普比率。',
  },
};
const tooShortFor = (count: number): AnalysisNote => ({
  level: 'warning',
  text: {
    en: `The series has only ${count} values, too few for some indicators; these are left out.`,
    zh: `序列只有 ${count} 个值，部分指标无法计算，已省略。`,
  },
});

function sayLast({ points, series, totalReturn }: Facts): LocalizedText {
  const [first, last] = [points[0], points.at(-1)];
  const change = totalReturn === null ? null : sayPercent(totalReturn);
  return {
    en: `${series.value} is ${sayFigure(last?.value ?? 0)} at ${last?.time}, the last of ${points.length} values since ${first?.time}${change === null ? '' : `; it has changed by ${change} since then`}.`,
    zh: `${series.value} 在 ${last?.time} 为 ${sayFigure(last?.value ?? 0)}，是自 ${first?.time} 以来 ${points.length} 个值中的最后一个${change === null ? '' : `，期间变化 ${change}`}。`,
  };
}

function sayTrend({ points, choice }: Facts): LocalizedText[] {
  const last = points.at(-1);
  if (last === undefined || last.sma === null) return [];
  const isAbove = last.value >= last.sma;
  const sma = sayFigure(last.sma);
  const ema = last.ema === null ? null : sayFigure(last.ema);
  return [
    {
      en: `It is ${isAbove ? 'above' : 'below'} its simple moving average of ${choice.smaLength} values (${sma})${ema === null ? '' : `; the exponential one of ${choice.emaLength} is ${ema}`}.`,
      zh: `它${isAbove ? '高于' : '低于'} ${choice.smaLength} 期简单移动平均（${sma}）${ema === null ? '' : `；${choice.emaLength} 期指数移动平均为 ${ema}`}。`,
    },
  ];
}

function sayStrength({ points, choice }: Facts): LocalizedText[] {
  const last = points.at(-1);
  const said: LocalizedText[] = [];
  if (last?.rsi !== null && last?.rsi !== undefined) {
    const rsi = last.rsi.toFixed(1);
    const [en, zh] =
      last.rsi >= 70
        ? ['above 70, which is commonly called overbought', '高于 70，通常称为超买']
        : last.rsi <= 30
          ? ['below 30, which is commonly called oversold', '低于 30，通常称为超卖']
          : ['between 30 and 70', '介于 30 与 70 之间'];
    said.push({
      en: `RSI (${choice.rsiLength}) is ${rsi}, ${en}.`,
      zh: `RSI（${choice.rsiLength}）为 ${rsi}，${zh}。`,
    });
  }
  if (last?.macd !== null && last?.macd !== undefined && last.macdSignal !== null) {
    const [macd, signal] = [sayFigure(last.macd), sayFigure(last.macdSignal)];
    const isAbove = last.macd >= last.macdSignal;
    said.push({
      en: `MACD is ${macd}, ${isAbove ? 'above' : 'below'} its signal line (${signal}).`,
      zh: `MACD 为 ${macd}，${isAbove ? '高于' : '低于'}信号线（${signal}）。`,
    });
  }
  return said;
}

function sayRisk({ maximumDrawdown, volatility, sharpe, choice, periodsPerYear }: Facts): LocalizedText[] {
  const said: LocalizedText[] = [];
  if (volatility !== null) {
    said.push({
      en: `Its realised volatility is ${sayPercent(volatility)} a year (${sayFigure(periodsPerYear)} steps a year).`,
      zh: `已实现年化波动率为 ${sayPercent(volatility)}（按每年 ${sayFigure(periodsPerYear)} 步计算）。`,
    });
  }
  if (maximumDrawdown !== null && maximumDrawdown.depth < 0) {
    const { depth, from, to } = maximumDrawdown;
    said.push({
      en: `Its maximum drawdown is ${sayPercent(depth)}, from ${from} to ${to}.`,
      zh: `最大回撤为 ${sayPercent(depth)}，从 ${from} 到 ${to}。`,
    });
  }
  if (sharpe !== null) {
    const rate = sayPercent(choice.riskFreeRate);
    said.push({
      en: `Its Sharpe ratio is ${sharpe.toFixed(2)}, with a risk-free rate of ${rate} a year.`,
      zh: `夏普比率为 ${sharpe.toFixed(2)}，无风险年利率取 ${rate}。`,
    });
  }
  return said;
}
