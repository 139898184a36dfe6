import { BollingerBands, EMA, MACD, RSI, SMA } from 'trading-signals';
import type { IndicatorChoice, IndicatorPoint, IndicatorReport } from '#server/contract/analysis.ts';
import { sameAverages } from './analysis-failures.ts';
import type { PlacedSeries } from './place-series.ts';
import { summariseIndicators } from './summarise-indicators.ts';

const periodsOf: Partial<Record<PlacedSeries['facts']['step'], number>> = {
  second: 31_536_000,
  minute: 525_600,
  hour: 8_760,
  day: 365,
  'business-day': 252,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

/**
 * Moving averages, RSI (Wilder), MACD and Bollinger bands from `trading-signals`, and what returns tell: volatility is the sample
 * deviation of logarithmic returns times the root of the steps of a year; drawdown is how far a value is below the highest before;
 * Sharpe is the mean return above the risk-free one of a step, beside its sample deviation, times that root (Sharpe 1994).
 * Where a value is not positive there are no returns, and what rests on them is null.
 *
 * @throws {HubError} `validation_failed`
 */
export function computeIndicators(series: PlacedSeries, choice: IndicatorChoice): IndicatorReport {
  if (choice.macdFast >= choice.macdSlow) throw sameAverages();
  const { values, facts, timeAt } = series;
  const perYear =
    choice.periodsPerYear ??
    periodsOf[facts.step] ??
    (facts.stepSeconds === null ? 365 : Math.max(1, 31_536_000 / facts.stepSeconds));
  const sma = new SMA(choice.smaLength);
  const ema = new EMA(choice.emaLength);
  const rsi = new RSI(choice.rsiLength);
  const macd = new MACD(new EMA(choice.macdFast), new EMA(choice.macdSlow), new EMA(choice.macdSignal));
  const bands = new BollingerBands(choice.bollingerLength, choice.bollingerWidth);
  const isPositive = values.every((value) => value > 0);
  const logs = isPositive ? values.slice(1).map((value, index) => Math.log(value / (values[index] ?? 1))) : [];
  const firstSignal = choice.macdSlow + choice.macdSignal - 2;
  let highest = Number.NEGATIVE_INFINITY;
  let highestAt = 0;
  let deepest = { depth: 0, from: 0, to: 0 };
  const points = values.map((value, index): IndicatorPoint => {
    const mean = sma.update(value, false);
    const smooth = ema.update(value, false);
    const strength = rsi.update(value, false);
    const crossing = macd.update(value, false);
    const band = bands.update(value, false);
    if (value > highest) [highest, highestAt] = [value, index];
    const drawdown = isPositive ? value / highest - 1 : null;
    if (drawdown !== null && drawdown < deepest.depth) deepest = { depth: drawdown, from: highestAt, to: index };
    const hasWindow = isPositive && index >= choice.volatilityLength;
    const window = hasWindow ? logs.slice(index - choice.volatilityLength, index) : [];
    return {
      time: timeAt(index),
      value,
      sma: mean,
      ema: ema.isStable ? smooth : null,
      rsi: strength,
      macd: crossing?.macd ?? null,
      macdSignal: index >= firstSignal ? (crossing?.signal ?? null) : null,
      macdHistogram: index >= firstSignal ? (crossing?.histogram ?? null) : null,
      bollingerLow: band?.lower ?? null,
      bollingerMiddle: band?.middle ?? null,
      bollingerHigh: band?.upper ?? null,
      volatility: hasWindow ? deviationOf(window) * Math.sqrt(perYear) : null,
      drawdown,
    };
  });
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const returns = isPositive ? values.slice(1).map((value, index) => value / (values[index] ?? 1) - 1) : [];
  const riskFree = (1 + choice.riskFreeRate) ** (1 / perYear) - 1;
  const deviation = deviationOf(returns);
  const report = {
    kind: 'indicators' as const,
    series: facts,
    choice,
    periodsPerYear: perYear,
    points,
    maximumDrawdown: isPositive ? { depth: deepest.depth, from: timeAt(deepest.from), to: timeAt(deepest.to) } : null,
    volatility: isPositive ? deviationOf(logs) * Math.sqrt(perYear) : null,
    totalReturn: isPositive ? last / first - 1 : null,
    sharpe: isPositive && deviation > 0 ? ((meanOf(returns) - riskFree) / deviation) * Math.sqrt(perYear) : null,
  };
  return { ...report, ...summariseIndicators(report, series.notes) };
}

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function deviationOf(values: number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
