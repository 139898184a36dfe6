import type { ForecastModel } from '#server/contract/analysis.ts';
import type { Candidate } from './forecast-models.ts';

const mostOrigins = 20;
/** A model has to be better than the naive one by so many standard errors of the difference. */
const surely = 2.5;

export type Tested = {
  model: ForecastModel;
  fit: Candidate['fit'];
  details: string;
  mae: number;
  smape: number;
  mase: number | null;
  /** A row an origin: what came minus what was foretold, step by step. */
  errors: number[][];
};

export type BackTestPlan = { origins: number[]; horizon: number };

/** From where and how far ahead models are tried: evenly over the second half of a series, or what two seasons leave of it. */
export function planBackTest(count: number, season: number, wished: number): BackTestPlan {
  const first = Math.min(Math.max(8, season > 1 ? 2 * season + 2 : 0, Math.floor(count / 2)), count - 1);
  const horizon = Math.max(1, Math.min(wished, Math.floor((count - first) / 2)));
  const last = count - horizon;
  const places = Math.min(mostOrigins, last - first + 1);
  const origins = Array.from({ length: places }, (_, index) =>
    places === 1 ? last : Math.round(first + (index * (last - first)) / (places - 1)),
  );
  return { origins: [...new Set(origins)], horizon };
}

/**
 * Tries each model from every origin on what came after it (rolling origin: Tashman 2000). A model that fails at one of them is
 * left out. MASE is beside the one-step errors of the (seasonal) naive model before the first origin (Hyndman, Koehler 2006).
 */
export function runBackTest(values: number[], candidates: Candidate[], plan: BackTestPlan, season: number): Tested[] {
  const before = values.slice(0, plan.origins[0]);
  const lag = before.length > season ? season : 1;
  const scale = meanOf(before.slice(lag).map((value, index) => Math.abs(value - (before[index] ?? 0))));
  return candidates.flatMap(({ model, fit }) => {
    const errors: number[][] = [];
    const shares: number[] = [];
    let details = '';
    for (const origin of plan.origins) {
      const fitted = fit(values.slice(0, origin));
      const foretold = fitted?.predict(plan.horizon) ?? [];
      if (fitted === null || !foretold.every(Number.isFinite)) return [];
      details = fitted.details;
      const row = foretold.map((value, step) => (values[origin + step] ?? 0) - value);
      for (const [step, error] of row.entries()) {
        const whole = Math.abs(values[origin + step] ?? 0) + Math.abs(foretold[step] ?? 0);
        shares.push(whole === 0 ? 0 : (200 * Math.abs(error)) / whole);
      }
      errors.push(row);
    }
    const mae = meanOf(errors.flat().map(Math.abs));
    return [{ model, fit, details, mae, smape: meanOf(shares), mase: scale > 0 ? mae / scale : null, errors }];
  });
}

/**
 * The model with the least mean error of those that are better than the naive one beyond chance (two and a half standard errors of the
 * differences between origins); the naive one where none is.
 */
export function choose(tested: Tested[]): Tested | null {
  const naive = tested.find(({ model }) => model === 'naive');
  if (naive === undefined) return null;
  const better = tested.filter((one) => one !== naive && isSurelyBetter(one, naive));
  return better.reduce((best, one) => (one.mae < best.mae ? one : best), naive);
}

function isSurelyBetter(one: Tested, naive: Tested): boolean {
  const gains = one.errors.map((row, origin) => absoluteMean(naive.errors[origin] ?? []) - absoluteMean(row));
  const gain = meanOf(gains);
  if (gains.length < 4) return one.mae < 0.9 * naive.mae;
  const deviation = Math.sqrt(gains.reduce((sum, value) => sum + (value - gain) ** 2, 0) / (gains.length - 1));
  return gain > (surely * deviation) / Math.sqrt(gains.length) && gain > 0.01 * naive.mae;
}

const absoluteMean = (values: number[]) => meanOf(values.map(Math.abs));
const meanOf = (values: number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
