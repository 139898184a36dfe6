import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'server/platform/chart-worker.ts');

/** The chart thread's file, built once for all tests that draw. */
export async function buildChartWorker(): Promise<URL> {
  const digest = createHash('sha256')
    .update(readFileSync(source))
    .update(readFileSync(join(root, 'package-lock.json')));
  const cache = join(root, 'node_modules/.cache/atrium');
  const folder = join(cache, `chart-worker-${digest.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const making = mkdtempSync(join(cache, 'making-chart-worker-'));
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: { ssr: source, outDir: making, emptyOutDir: true, target: 'node20' },
    });
    try {
      renameSync(making, folder);
    } catch {
      // Another test file was faster.
      rmSync(making, { recursive: true, force: true });
    }
  }
  return pathToFileURL(join(folder, 'chart-worker.js'));
}
