import { execFileSync } from 'node:child_process';
import type { Row } from './bench-rows.ts';

/** What an installation takes on disk. */
export function measureSizes(root: string): Row[] {
  const kilobytes = Number(
    execFileSync('du', ['-sk', '--exclude=.cache', `${root}node_modules`])
      .toString()
      .split('\t')[0],
  );
  return [{ scenario: 'size', measure: 'node_modules', hub: kilobytes / 1024, unit: 'MB' }];
}
