import type { ForecastModel } from '#server/contract/analysis.ts';
import { chooseArimaOrders, fitArima } from './arima-model.ts';
import { fitHoltWinters } from './holt-winters.ts';

/** What a model has learned of a series: what comes next, in order. */
export type FittedModel = { details: string; predict: (horizon: number) => number[] };

export type Candidate = {
  model: ForecastModel;
  /** Null where the series is not one for this model. */
  fit: (values: number[]) => FittedModel | null;
};

/** Older values say little, and take long. */
const mostSmoothed = 600;

/**
 * The models that are tried on a series, the simplest first. Orders of ARIMA are chosen on the values that every origin of the
 * back-test has, so that none of them has seen what it is to foretell.
 */
export function listCandidates(known: number[], season: number): Candidate[] {
  const smoothed = (kind: 'none' | 'additive' | 'multiplicative') => (values: number[]) =>
    fitHoltWinters(values.slice(-Math.max(mostSmoothed, 4 * season)), season, kind);
  return [
    { model: 'naive', fit: (values) => ({ details: '', predict: (horizon) => repeat(values.slice(-1), horizon) }) },
    ...(season > 1
      ? [
          {
            model: 'seasonal-naive' as const,
            fit: (values: number[]) =>
              values.length < season
                ? null
                : { details: '', predict: (horizon: number) => repeat(values.slice(-season), horizon) },
          },
        ]
      : []),
    { model: 'drift', fit: fitDrift },
    { model: 'holt', fit: smoothed('none') },
    ...(season > 1
      ? [
          { model: 'holt-winters-additive' as const, fit: smoothed('additive') },
          { model: 'holt-winters-multiplicative' as const, fit: smoothed('multiplicative') },
        ]
      : []),
    ...chooseArimaOrders(known, season).map((order) => ({
      model: 'arima' as const,
      fit: (values: number[]) => fitArima(values, order),
    })),
  ];
}

const repeat = (pattern: number[], horizon: number) =>
  Array.from({ length: horizon }, (_, step) => pattern[step % pattern.length] ?? Number.NaN);

/** The line through the first and the last value. */
function fitDrift(values: number[]): FittedModel | null {
  if (values.length < 2) return null;
  const last = values.at(-1) ?? 0;
  const slope = (last - (values[0] ?? 0)) / (values.length - 1);
  return {
    details: '',
    predict: (horizon) => Array.from({ length: horizon }, (_, step) => last + slope * (step + 1)),
  };
}
