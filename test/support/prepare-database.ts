import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { openDatabase } from '#server/platform/open-database.ts';
import { migrations, preparedFolder, workerFile } from './test-database.ts';

const root = join(import.meta.dirname, '../..');
const workerSource = join(root, 'server/platform/embedded/database-worker.ts');

/** Vitest's global set-up: builds the database thread and one migrated template, unless they are there already. */
export default async function prepareDatabase() {
  const digest = createHash('sha256');
  for (const migration of migrations) digest.update(migration.checksum);
  digest.update(readFileSync(workerSource)).update(readFileSync(join(root, 'package-lock.json')));
  const stamp = join(preparedFolder, `stamp-${digest.digest('hex').slice(0, 16)}`);
  if (existsSync(stamp)) return;
  rmSync(preparedFolder, { recursive: true, force: true });
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr: workerSource, outDir: preparedFolder, emptyOutDir: true, target: 'node20' },
  });
  const dataFolder = mkdtempSync(join(preparedFolder, 'making-'));
  const database = await openDatabase({ dataFolder, migrations, workerFile });
  await database.close();
  renameSync(join(dataFolder, 'database'), join(preparedFolder, 'template'));
  renameSync(dataFolder, stamp);
}
