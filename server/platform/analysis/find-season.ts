import type { SeriesFacts } from '#server/contract/analysis.ts';

const usual: Partial<Record<SeriesFacts['step'], number[]>> = {
  minute: [60],
  hour: [24, 168],
  day: [7, 365],
  'business-day': [5, 260],
  week: [52],
  month: [12],
  quarter: [4],
};
const weakest = 0.3;
const longestFound = 60;

/** Steps of the season that a series has, by its step or by its own echo; 1 where there is none. */
export function findSeason(values: number[], step: SeriesFacts['step']): number {
  const candidates = [...new Set([...(usual[step] ?? []), ...findEchoes(values)])].filter(
    (length) => values.length >= 2 * length + 4,
  );
  const judged = candidates.map((length) => ({ length, strength: measureSeason(values, length) }));
  // A multiple of a season is as strong as the season itself.
  const best = Math.max(0, ...judged.map(({ strength }) => strength));
  const found = judged.filter(({ strength }) => strength >= weakest && strength >= best - 0.05);
  return found.length === 0 ? 1 : Math.min(...found.map(({ length }) => length));
}

/**
 * How much of what the moving average leaves is the season (Hyndman and Athanasopoulos, 4.3), beside what as many means would
 * take of noise: 0 to 1.
 */
export function measureSeason(values: number[], length: number): number {
  const half = Math.floor(length / 2);
  const rest = values.flatMap((value, time) => {
    if (time < half || time + half >= values.length) return [];
    const around = values.slice(time - half, time + half + 1);
    const isEven = length % 2 === 0;
    const sum = around.reduce((total, one) => total + one, 0);
    const ends = ((around[0] ?? 0) + (around.at(-1) ?? 0)) / 2;
    return [{ at: time % length, value: value - (isEven ? sum - ends : sum) / length }];
  });
  const sums = Array.from({ length }, () => ({ total: 0, count: 0 }));
  for (const { at, value } of rest) {
    const sum = sums[at];
    if (sum !== undefined) Object.assign(sum, { total: sum.total + value, count: sum.count + 1 });
  }
  const all = rest.reduce((total, { value }) => total + value * value, 0);
  const left = rest.reduce((total, { at, value }) => {
    const { total: sum = 0, count = 1 } = sums[at] ?? {};
    return total + (value - sum / count) ** 2;
  }, 0);
  const free = rest.length - length;
  if (all === 0 || free <= 1) return 0;
  return Math.max(0, 1 - left / free / (all / (rest.length - 1)));
}

/** Lags at which the changes of a series repeat themselves most. */
function findEchoes(values: number[]): number[] {
  const changes = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length;
  const apart = changes.map((value) => value - mean);
  const whole = apart.reduce((sum, value) => sum + value * value, 0);
  if (whole === 0) return [];
  const longest = Math.min(longestFound, Math.floor(values.length / 3));
  const echo = Array.from(
    { length: longest + 2 },
    (_, lag) => apart.slice(lag).reduce((sum, value, index) => sum + value * (apart[index] ?? 0), 0) / whole,
  );
  return echo.flatMap((value, lag) =>
    lag >= 3 && lag <= longest && value > 0.3 && value >= (echo[lag - 1] ?? 0) && value >= (echo[lag + 1] ?? 0)
      ? [lag]
      : [],
  );
}
