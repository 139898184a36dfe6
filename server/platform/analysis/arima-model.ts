import ARIMA from 'arima';
import type { FittedModel } from './forecast-models.ts';

export type ArimaOrder = {
  p: number;
  d: number;
  q: number;
  P: number;
  D: number;
  Q: number;
  s: number;
  hasDrift: boolean;
};

const mostValues = 240;
/** A model that leaves the range of its values so soon is none of them. */
const looked = 20;
const longestSeason = 24;
/** Orders without any coefficient are left out: of them the package returns memory that nothing was written to. */
const plainOrders = [
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
] as const;
const seasonalOrders = [
  [0, 1, 0, 1],
  [1, 0, 0, 1],
  [1, 1, 0, 1],
  [1, 0, 1, 0],
] as const;

/**
 * The orders of ARIMA models for a series, one without and one with a difference: of each the fewest coefficients that explain
 * it, by Akaike's criterion for short series (AICc), which cannot compare across differences. A back-test can.
 */
export function chooseArimaOrders(all: number[], season: number): ArimaOrder[] {
  const values = all.slice(-mostValues);
  const isSeasonal = season > 1 && season <= longestSeason && values.length >= 3 * season + 10;
  const steps = difference(values, 1);
  const drift = steps.reduce((sum, value) => sum + value, 0) / steps.length;
  const drifts = !isSeasonal && Math.abs(drift) > (2 * deviationOf(steps)) / Math.sqrt(steps.length);
  return [0, 1].flatMap((d) => {
    const orders: ArimaOrder[] = isSeasonal
      ? seasonalOrders.map(([p, q, P, Q]) => ({ p, d, q, P, D: 1, Q, s: season, hasDrift: false }))
      : plainOrders.map(([p, q]) => ({ p, d, q, P: 0, D: 0, Q: 0, s: 0, hasDrift: drifts && d === 1 }));
    const judged = orders.flatMap((order) => {
      const fitted = fit(values, order);
      return fitted === null ? [] : [{ order, criterion: toCriterion(order, values.length, fitted.variance) }];
    });
    judged.sort((one, other) => one.criterion - other.criterion);
    return judged.slice(0, 1).map(({ order }) => order);
  });
}

/** An ARIMA model of these orders; null where the package gives nothing that can be believed. */
export function fitArima(all: number[], order: ArimaOrder): FittedModel | null {
  const values = all.slice(-mostValues);
  const fitted = fit(values, order);
  return fitted === null ? null : { details: nameOrder(order), predict: fitted.predict };
}

const nameOrder = ({ p, d, q, P, D, Q, s, hasDrift }: ArimaOrder) =>
  `(${p},${d},${q})${s > 1 ? `(${P},${D},${Q})${s}` : ''}${hasDrift ? ' + drift' : ''}`;

function fit(values: number[], { hasDrift, ...order }: ArimaOrder) {
  const slope = hasDrift ? ((values.at(-1) ?? 0) - (values[0] ?? 0)) / (values.length - 1) : 0;
  const level = values.map((value, time) => value - slope * time);
  const range = Math.max(...level) - Math.min(...level);
  const read = (horizon: number): { ahead: number[]; variance: number } | null => {
    const model = new ARIMA({ ...order, verbose: false });
    try {
      const [ahead, squares] = model.train(level).predict(horizon);
      return { ahead, variance: squares[0] ?? 0 };
    } catch {
      return null;
    } finally {
      model.destroy();
    }
  };
  const predict = (horizon: number): number[] => {
    const found = read(horizon);
    return found === null
      ? Array.from({ length: horizon }, () => Number.NaN)
      : found.ahead.map((value, step) => value + slope * (values.length + step));
  };
  const first = read(looked);
  if (first === null || !(first.variance > 1e-300) || !Number.isFinite(first.variance)) return null;
  const last = level.at(-1) ?? 0;
  const isBelievable = first.ahead.every((value) => Math.abs(value - last) <= 3 * range);
  return isBelievable ? { predict, variance: first.variance } : null;
}

function toCriterion({ p, d, q, P, D, Q, s }: ArimaOrder, count: number, variance: number): number {
  const used = count - d - D * s;
  const coefficients = p + q + P + Q + 1;
  const correction = (2 * coefficients * (coefficients + 1)) / Math.max(1, used - coefficients - 1);
  return used * Math.log(variance) + 2 * coefficients + correction;
}

const difference = (values: number[], lag: number) =>
  values.slice(lag).map((value, index) => value - (values[index] ?? 0));

function deviationOf(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}
