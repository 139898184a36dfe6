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
  /** What it must be at least. */
  least?: number;
  /** Whether the hub said clearly what was wrong, and worked afterwards. */
  isClear?: boolean;
  /** What only the kept file tells. */
  told?: object;
};

/** Prints the figures as a table, and keeps them as JSON. */
export function report(rows: Row[], { root, rounds }: { root: string; rounds: number }) {
  const show = (value: number | undefined) =>
    value === undefined ? '' : value.toLocaleString('en', { maximumFractionDigits: 1 });
  const hasBaselines = rows.some(({ baseline }) => baseline !== undefined);
  const hasLimits = rows.some(({ limit, least }) => (limit ?? least) !== undefined);
  const toBound = ({ limit, least }: Row) =>
    limit !== undefined ? `≤ ${show(limit)}` : least !== undefined ? `≥ ${show(least)}` : '';
  const hasMessages = rows.some(({ isClear }) => isClear !== undefined);
  const toMark = ({ hub, limit = Infinity, least = -Infinity }: Row) => (hub <= limit && hub >= least ? '✓' : '✗');
  console.table(
    rows.map((row) => ({
      scenario: row.scenario,
      measure: row.measure,
      hub: show(row.hub),
      unit: row.unit,
      ...(hasLimits && { wanted: toBound(row), '': toBound(row) === '' ? '' : toMark(row) }),
      ...(hasMessages && { clear: row.isClear === undefined ? '' : row.isClear ? '✓' : '✗' }),
      ...(hasBaselines && {
        baseline: show(row.baseline),
        ratio:
          row.baseline === undefined || row.baseline === 0 ? '' : `${Math.round((row.hub / row.baseline) * 100)} %`,
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
