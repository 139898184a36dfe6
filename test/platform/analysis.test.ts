import { describe, expect, test } from 'vitest';
import { IndicatorChoice, type IndicatorPoint } from '#server/contract/analysis.ts';
import { computeIndicators } from '#server/platform/analysis/compute-indicators.ts';
import { measureSeason } from '#server/platform/analysis/find-season.ts';
import { forecastValues } from '#server/platform/analysis/forecast-values.ts';
import { fitHoltWinters } from '#server/platform/analysis/holt-winters.ts';
import { placeSeries, type RawSeries } from '#server/platform/analysis/place-series.ts';

/** The same noise each time: a linear congruence, made normal by Box and Muller. */
function createNoise(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}
const make = <Value>(count: number, valueAt: (index: number) => Value) =>
  Array.from({ length: count }, (_, at) => valueAt(at));
const raw = (points: RawSeries['points']): RawSeries => ({
  ...{ source: 'points', time: null, value: 'value', sql: null, parameters: [], combine: 'sum', notes: [] },
  points,
});
const forecast = (values: number[], horizon = 12, step: 'day' | 'month' = 'month') =>
  forecastValues({ values, step, horizon, season: undefined });
const besideNaive = ({ scores, chosen }: ReturnType<typeof forecast>) =>
  scores.find(({ model }) => model === chosen)?.besideNaive ?? 1;

describe('a back-test', () => {
  test('chooses a seasonal model for a season on a slope, and foretells it', () => {
    const noise = createNoise(7);
    const truth = (at: number) => 100 + 0.5 * at + 10 * Math.sin((at * 2 * Math.PI) / 12);
    const values = make(120, (at) => truth(at) + noise());
    const found = forecast(values);
    expect(forecast(values)).toEqual(found);
    expect(found.season).toBe(12);
    expect(['holt-winters-additive', 'arima']).toContain(found.chosen);
    expect(besideNaive(found)).toBeLessThan(0.3);
    for (const [step, { value }] of found.points.entries()) expect(Math.abs(value - truth(120 + step))).toBeLessThan(3);
  });

  test('chooses a multiplied season where the season grows, and a trend where there is only one', () => {
    const noise = createNoise(3);
    const growing = make(
      96,
      (at) => (100 + 2 * at) * (1 + 0.3 * Math.sin((at * 2 * Math.PI) / 12)) * (1 + 0.02 * noise()),
    );
    expect(forecast(growing).chosen).toBe('holt-winters-multiplicative');
    const sloping = forecast(make(80, (at) => 10 + 2 * at + noise()));
    expect(['drift', 'holt', 'arima']).toContain(sloping.chosen);
    expect(sloping.points.at(-1)?.value).toBeCloseTo(10 + 2 * 91, -1);
  }, 120_000);

  test('stays with the naive model where the past tells nothing, and its intervals hold what comes', () => {
    const chosen: string[] = [];
    let [held80, held95, count] = [0, 0, 0];
    for (let seed = 1; seed <= 10; seed += 1) {
      const noise = createNoise(seed);
      let level = 100;
      const walk = make(110, () => (level += noise()));
      const found = forecast(walk.slice(0, 100), 10, 'day');
      chosen.push(found.chosen);
      for (const [step, { value, half80, half95 }] of found.points.entries()) {
        const off = Math.abs((walk[100 + step] ?? 0) - value);
        count += 1;
        if (off <= half80) held80 += 1;
        if (off <= half95) held95 += 1;
      }
    }
    expect(chosen.filter((model) => model === 'naive').length).toBeGreaterThanOrEqual(8);
    expect(held80 / count).toBeGreaterThan(0.65);
    expect(held80 / count).toBeLessThan(0.95);
    expect(held95 / count).toBeGreaterThan(0.82);
  }, 120_000);
});

describe('Holt-Winters', () => {
  test('goes on with a series that is exactly its model', () => {
    const season = [3, -1, -4, 2];
    const values = make(40, (at) => 20 + 1.5 * at + (season[at % 4] ?? 0));
    const fitted = fitHoltWinters(values, 4, 'additive');
    const ahead = fitted?.predict(4) ?? [];
    for (const [step, value] of ahead.entries())
      expect(value).toBeCloseTo(20 + 1.5 * (40 + step) + (season[step % 4] ?? 0), 6);
    expect(measureSeason(values, 4)).toBeGreaterThan(0.95);
    expect(fitHoltWinters(values.slice(0, 9), 4, 'additive')).toBeNull();
    expect(
      fitHoltWinters(
        values.map((value) => value - 60),
        4,
        'multiplicative',
      ),
    ).toBeNull();
  });
});

describe('a series', () => {
  const valuesOf = (times: (string | number)[]) => raw(times.map((time, value) => ({ time, value })));

  test('is put on the steps of its calendar', () => {
    const months = valuesOf(
      make(12, (at) => at).map((at) => new Date(Date.UTC(2025, at + 1, 0)).toISOString().slice(0, 10)),
    );
    const placed = placeSeries(months);
    expect(placed.facts.step).toBe('month');
    expect([placed.timeAt(12), placed.timeAt(13)]).toEqual(['2026-01-31', '2026-02-28']);
    const workdays = make(20, (at) => new Date(Date.UTC(2026, 0, 5 + Math.floor(at / 5) * 7 + (at % 5))).toISOString());
    const prices = placeSeries(valuesOf(workdays));
    expect(prices.facts).toMatchObject({ step: 'business-day', filled: 0 });
    expect(prices.timeAt(20)).toBe('2026-02-02');
    expect(placeSeries(valuesOf(make(12, (at) => 1000 + 50 * at))).timeAt(12)).toBe(1600);
  });

  test('has gaps filled between their neighbours, and is refused where there are too many', () => {
    const hours = make(14, (at) => at).filter((at) => at !== 4 && at !== 5);
    const placed = placeSeries(
      raw(hours.map((at) => ({ time: `2026-03-01T${String(at).padStart(2, '0')}:00:00Z`, value: 10 * at }))),
    );
    expect(placed.values.slice(3, 7)).toEqual([30, 40, 50, 60]);
    expect(placed.facts).toMatchObject({ step: 'hour', filled: 2 });
    expect(() => placeSeries(valuesOf([...make(10, (at) => at), ...make(10, (at) => 100 + at)]))).toThrow(
      /steps between/,
    );
  });
});

describe('indicators', () => {
  /** Wilder's own example of RSI (New Concepts in Technical Trading Systems, 1978), as reckoned by hand at StockCharts. */
  const closes = [
    44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.1, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28, 46.0, 46.03,
    46.41, 46.22, 45.64,
  ];
  const choice = IndicatorChoice.parse({
    ...{ smaLength: 5, emaLength: 3, macdFast: 3, macdSlow: 5, macdSignal: 2, bollingerLength: 5, volatilityLength: 5 },
    riskFreeRate: 0.03,
    periodsPerYear: 252,
  });
  const report = computeIndicators(placeSeries(raw(closes.map((value) => ({ value })))), choice);
  const at = (index: number): IndicatorPoint => {
    const point = report.points[index];
    if (point === undefined) throw new Error('no such point');
    return point;
  };

  test('have the values that are known of them', () => {
    expect(at(13).rsi).toBeNull();
    expect(at(14).rsi).toBeCloseTo(70.46, 1);
    expect(at(15).rsi).toBeCloseTo(66.25, 1);
    expect(at(3).sma).toBeNull();
    expect(at(4).sma).toBeCloseTo((44.34 + 44.09 + 44.15 + 43.61 + 44.33) / 5, 10);
    // 44.34, then half of each value and half of what was before.
    expect(at(2).ema).toBeCloseTo(0.5 * 44.15 + 0.5 * (0.5 * 44.09 + 0.5 * 44.34), 10);
    expect(at(1).ema).toBeNull();
  });

  test('agree with their definitions, reckoned another way', () => {
    const window = closes.slice(15, 20);
    const mean = window.reduce((sum, value) => sum + value, 0) / 5;
    const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5);
    expect(at(19).bollingerHigh).toBeCloseTo(mean + 2 * deviation, 10);
    expect(at(19).bollingerLow).toBeCloseTo(mean - 2 * deviation, 10);
    const smooth = (length: number) => closes.reduce((before, value) => before + (2 / (length + 1)) * (value - before));
    expect(at(19).macd).toBeCloseTo(smooth(3) - smooth(5), 10);
    const logs = closes
      .slice(-6)
      .slice(1)
      .map((value, index) => Math.log(value / (closes.slice(-6)[index] ?? 1)));
    const centre = logs.reduce((sum, value) => sum + value, 0) / 5;
    const spread = Math.sqrt(logs.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 4);
    expect(at(19).volatility).toBeCloseTo(spread * Math.sqrt(252), 10);
    expect(report.maximumDrawdown).toEqual({ depth: expect.closeTo(45.64 / 46.41 - 1, 10), from: 18, to: 20 });
    expect(at(19).drawdown).toBeCloseTo(45.64 / 46.41 - 1, 10);
    const returns = closes.slice(1).map((value, index) => value / (closes[index] ?? 1) - 1);
    const usual = returns.reduce((sum, value) => sum + value, 0) / returns.length;
    const risk = Math.sqrt(returns.reduce((sum, value) => sum + (value - usual) ** 2, 0) / (returns.length - 1));
    expect(report.sharpe).toBeCloseTo(((usual - (1.03 ** (1 / 252) - 1)) / risk) * Math.sqrt(252), 8);
  });
});
