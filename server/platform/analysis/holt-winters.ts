import { findLeast } from './nelder-mead.ts';
import type { FittedModel } from './forecast-models.ts';

type Season = 'none' | 'additive' | 'multiplicative';
type Smoothing = { alpha: number; beta: number; gamma: number };
type State = { level: number; trend: number; seasons: number[]; squares: number };

/** Smoothing parameters are between 0 and 1; the search knows no bounds. */
const toPart = (free: number) => 0.0001 + 0.9998 / (1 + Math.exp(-free));
const starts = [
  [-1, -3, -2],
  [1.5, -4, -1],
];

/**
 * Exponential smoothing with a trend, and a season where there is one (Holt 1957, Winters 1960), as in Hyndman and
 * Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition, 8.2 and 8.3. Parameters make the squares of the one-step
 * errors least; the first two seasons give the state to begin with. Null where the series is too short or not positive.
 */
export function fitHoltWinters(values: number[], season: number, kind: Season): FittedModel | null {
  const length = kind === 'none' ? 1 : season;
  if (kind !== 'none' && (season < 2 || values.length < 2 * season + 2)) return null;
  if (kind === 'multiplicative' && values.some((value) => value <= 0)) return null;
  if (values.length < 4) return null;
  const begin = kind === 'none' ? beginPlain(values) : beginSeasonal(values, length, kind);
  const toSmoothing = ([alpha = 0, beta = 0, gamma = 0]: number[]): Smoothing => ({
    alpha: toPart(alpha),
    beta: toPart(beta),
    gamma: toPart(gamma),
  });
  const costOf = (point: number[]) => smooth(values, begin, toSmoothing(point), kind).squares;
  const best = starts
    .map((start) => findLeast(costOf, kind === 'none' ? start.slice(0, 2) : start))
    .reduce((one, other) => (other.cost < one.cost ? other : one));
  const smoothing = toSmoothing(best.point);
  const { level, trend, seasons } = smooth(values, begin, smoothing, kind);
  const names = kind === 'none' ? (['alpha', 'beta'] as const) : (['alpha', 'beta', 'gamma'] as const);
  return {
    details: names.map((name) => `${name} ${smoothing[name].toFixed(3)}`).join(', '),
    predict: (horizon) =>
      Array.from({ length: horizon }, (_, step) => {
        const ahead = level + (step + 1) * trend;
        const part = seasons[(values.length + step) % length] ?? 0;
        return kind === 'none' ? ahead : kind === 'additive' ? ahead + part : ahead * part;
      }),
  };
}

function smooth(values: number[], begin: State, { alpha, beta, gamma }: Smoothing, kind: Season): State {
  let { level, trend } = begin;
  const seasons = [...begin.seasons];
  let squares = 0;
  for (const [time, value] of values.entries()) {
    const at = time % seasons.length;
    const part = seasons[at] ?? 0;
    const ahead = level + trend;
    const expected = kind === 'none' ? ahead : kind === 'additive' ? ahead + part : ahead * part;
    squares += (value - expected) ** 2;
    const bare = kind === 'none' ? value : kind === 'additive' ? value - part : value / part;
    const next = alpha * bare + (1 - alpha) * ahead;
    trend = beta * (next - level) + (1 - beta) * trend;
    level = next;
    if (kind === 'additive') seasons[at] = gamma * (value - ahead) + (1 - gamma) * part;
    if (kind === 'multiplicative') seasons[at] = gamma * (value / ahead) + (1 - gamma) * part;
  }
  return { level, trend, seasons, squares };
}

function beginPlain(values: number[]): State {
  const first = values.slice(0, Math.min(10, values.length));
  const trend = ((first.at(-1) ?? 0) - (first[0] ?? 0)) / (first.length - 1);
  return { level: (first[0] ?? 0) - trend, trend, seasons: [0], squares: 0 };
}

function beginSeasonal(values: number[], length: number, kind: Season): State {
  const meanOf = (from: number) => values.slice(from, from + length).reduce((sum, value) => sum + value, 0) / length;
  const trend = (meanOf(length) - meanOf(0)) / length;
  const level = meanOf(0) - (trend * (length + 1)) / 2;
  const seasons = Array.from({ length }, (_, at) => {
    const parts = [at, at + length].map((time) => {
      const line = level + trend * (time + 1);
      const value = values[time] ?? 0;
      return kind === 'additive' ? value - line : value / line;
    });
    return parts.reduce((sum, part) => sum + part, 0) / parts.length;
  });
  return { level, trend, seasons, squares: 0 };
}
