import type { ForecastModel, SeriesFacts } from '#server/contract/analysis.ts';
import { choose, planBackTest, runBackTest, type Tested } from './back-test.ts';
import { findSeason } from './find-season.ts';
import { listCandidates } from './forecast-models.ts';

export type ForecastTask = {
  values: number[];
  step: SeriesFacts['step'];
  horizon: number | undefined;
  season: number | undefined;
};

export type ForecastValues = {
  season: number;
  horizon: number;
  chosen: ForecastModel;
  origins: number;
  testedHorizon: number;
  scores: (Omit<Tested, 'errors' | 'fit'> & { besideNaive: number | null })[];
  errors: number;
  points: { value: number; half80: number; half95: number }[];
};

const usualHorizon = 12;
const longestUsual = 60;

/**
 * Foretells a series with the model that a rolling back-test chose; the same values give the same answer.
 *
 * Intervals are as wide as the back-test was wrong: its errors, each beside the size of errors at its step, give the share
 * that holds 80 and 95 of a hundred (with the correction of conformal prediction for their number), and that share times
 * the size at a step is the half width there. Sizes never shrink with the steps, and grow by the root behind the last one tested.
 */
export function forecastValues({ values: given, step, ...wished }: ForecastTask): ForecastValues {
  // By a power of two, so that nothing is rounded; squares of large amounts would leave what a number can hold.
  const largest = Math.max(...given.map(Math.abs));
  const scale = largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
  const values = given.map((value) => value / scale);
  const season = wished.season ?? findSeason(values, step);
  const horizon = wished.horizon ?? (season > 1 ? Math.min(season, longestUsual) : usualHorizon);
  const plan = planBackTest(values.length, season, horizon);
  const candidates = listCandidates(values.slice(0, plan.origins[0]), season);
  const tested = runBackTest(values, candidates, plan, season);
  const found = choose(tested);
  const fitted = found?.fit(values) ?? null;
  const foretold = fitted?.predict(horizon) ?? [];
  const isWhole = foretold.length === horizon && foretold.every(Number.isFinite);
  const naive = tested.find(({ model }) => model === 'naive');
  const chosen = isWhole ? (found ?? naive) : naive;
  const points = isWhole ? foretold : Array.from({ length: horizon }, () => values.at(-1) ?? 0);
  const halves = measureHalves(chosen?.errors ?? [], horizon);
  return {
    season,
    horizon,
    chosen: chosen?.model ?? 'naive',
    origins: plan.origins.length,
    testedHorizon: plan.horizon,
    errors: plan.origins.length * plan.horizon,
    scores: tested
      .filter((one) => one === chosen || !tested.some(({ model, mae }) => model === one.model && mae < one.mae))
      .filter((one) => one === chosen || one.model !== chosen?.model)
      .map(({ errors: _errors, fit: _fit, mae, ...score }) => ({
        ...score,
        ...(score.model === chosen?.model && fitted !== null ? { details: fitted.details } : {}),
        mae: mae * scale,
        besideNaive: naive === undefined || naive.mae === 0 ? null : mae / naive.mae,
      }))
      .sort((one, other) => one.mae - other.mae),
    points: points.map((value, index) => ({
      value: value * scale,
      half80: (halves[index]?.half80 ?? 0) * scale,
      half95: (halves[index]?.half95 ?? 0) * scale,
    })),
  };
}

function measureHalves(errors: number[][], horizon: number) {
  const tested = errors[0]?.length ?? 0;
  const sizes: number[] = [];
  for (let step = 0; step < horizon; step += 1) {
    const before = sizes.at(-1) ?? 0;
    const atStep = errors.map((row) => row[step] ?? 0);
    const size = Math.sqrt(atStep.reduce((sum, error) => sum + error * error, 0) / Math.max(1, atStep.length));
    sizes.push(step < tested ? Math.max(before, size) : (sizes[tested - 1] ?? 0) * Math.sqrt((step + 1) / tested));
  }
  const shares = errors
    .flatMap((row) => row.map((error, step) => Math.abs(error) / (sizes[step] || 1)))
    .sort((one, other) => one - other);
  const shareOf = (part: number) => shares[Math.min(shares.length, Math.ceil((shares.length + 1) * part)) - 1] ?? 0;
  const [share80, share95] = [shareOf(0.8), shareOf(0.95)];
  return sizes.map((size) => ({ half80: size * share80, half95: size * share95 }));
}
