import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** One figure of the bench, beside the baseline's where there is one. */
export type Row = {
  scenario: string;
  measure: string;
  hub: number;
  baseline?: number;
  unit: string;
  /** What it may be at most. */
  limit?: number;
};

/** Prints the figures as a table, and keeps them as JSON. */
export function report(rows: Row[], { root, rounds }: { root: string; rounds: number }) {
  const show = (value: number | undefined) =>
    value === undefined ? '' : value.toLocaleString('en', { maximumFractionDigits: 1 });
  const hasBaselines = rows.some(({ baseline }) => baseline !== undefined);
  const hasLimits = rows.some(({ limit }) => limit !== undefined);
  console.table(
    rows.map(({ scenario, measure, hub, baseline, unit, limit }) => ({
      scenario,
      measure,
      hub: show(hub),
      unit,
      ...(hasLimits && { 'at most': show(limit), '': limit === undefined ? '' : hub <= limit ? '✓' : '✗' }),
      ...(hasBaselines && {
        baseline: show(baseline),
        ratio: baseline === undefined || baseline === 0 ? '' : `${Math.round((hub / baseline) * 100)} %`,
      }),
    })),
  );
  const folder = join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = join(folder, `${at.replaceAll(':', '-')}.json`);
  writeFileSync(file, JSON.stringify({ at, node: process.version, cpus: cpus().length, rounds, rows }, null, 2));
  console.log(`Kept in ${file}`);
}
