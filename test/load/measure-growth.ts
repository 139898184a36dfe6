import { median, runLoad, type Target } from './load.ts';

/** Whether a run takes longer as the stored runs grow: its time after each of some numbers of them. */
export async function measureGrowth(target: Target, steps: number[]) {
  const rows: { scenario: string; measure: string; hub: number; unit: string }[] = [];
  let stored = 0;
  for (const step of steps) {
    const missing = step - stored;
    if (missing > 0) await runLoad(target, { total: missing, concurrent: Math.min(50, missing) });
    const seen = await runLoad(target, { total: 100, concurrent: 1 });
    stored = step + 100;
    rows.push({ scenario: 'growth', measure: `whole run after ${step} stored`, hub: median(seen.wholeMs), unit: 'ms' });
  }
  return rows;
}
