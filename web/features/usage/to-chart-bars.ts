import type { UsageReport, UsageRow } from '#server/contract/usage-report.ts';

export const measures = ['tokens', 'cost', 'runs'] as const;
export type Measure = (typeof measures)[number];

/** Says a value of the measure, in the page's language. */
export type ShowValue = (value: number) => string;

/** What a bar is made of: for tokens what was read and what was written, else one part. */
export type ChartBar = { key: string; label: string; parts: number[]; value: number };

const dayMs = 86_400_000;

function toBar({ group, label, usage, costUsd, runs }: UsageRow, measure: Measure): ChartBar {
  const parts = { tokens: [usage.inputTokens, usage.outputTokens], cost: [costUsd], runs: [runs] }[measure];
  return { key: group, label, parts, value: parts.reduce((sum, part) => sum + part, 0) };
}

/** A bar for every day of the report (UTC), also for those without a run. */
export function toDayBars({ from, to, rows }: UsageReport, measure: Measure): ChartBar[] {
  const known = new Map(rows.map((row) => [row.group, toBar(row, measure)]));
  const first = Math.floor(Date.parse(from) / dayMs);
  const last = Math.floor((Date.parse(to) - 1) / dayMs);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = new Date((first + index) * dayMs).toISOString().slice(0, 10);
    return known.get(day) ?? { key: day, label: day, parts: [0], value: 0 };
  });
}

/** The largest groups, and what the others are together under the key `others`. */
export function toGroupBars({ rows }: UsageReport, measure: Measure, most = 8): ChartBar[] {
  const bars = rows.map((row) => toBar(row, measure)).sort((one, other) => other.value - one.value);
  if (bars.length <= most) return bars;
  const rest = bars.slice(most - 1);
  const parts = rest.reduce((sums, bar) => bar.parts.map((part, index) => part + (sums[index] ?? 0)), [] as number[]);
  const value = rest.reduce((sum, bar) => sum + bar.value, 0);
  return [...bars.slice(0, most - 1), { key: 'others', label: '', parts, value }];
}

/** The top of an axis: the next 1, 2 or 5 with zeros; 1 where nothing is. */
export function toAxisTop(largest: number): number {
  if (largest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 2, 5].find((step) => step * power >= largest) ?? 10) * power;
}
