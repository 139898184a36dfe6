import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Database } from '#server/platform/database.ts';
import { readMigrations } from '#server/platform/migrate.ts';
import { openDatabase } from '#server/platform/open-database.ts';

const root = join(import.meta.dirname, '../..');
const platform = join(root, 'server/platform');
export const workerSources = {
  'database-worker': join(platform, 'embedded/database-worker.ts'),
  'chart-worker': join(platform, 'chart-worker.ts'),
};
export const migrations = readMigrations(join(root, 'prisma/migrations'));

/** Made once before the tests, by `test/support/prepare-database.ts`; its name holds what it was made from. */
export const preparedFolder = join(root, `node_modules/.cache/atrium/test-hub-${digestOfSources()}`);
export const workerFile = pathToFileURL(join(preparedFolder, 'database-worker.js'));

export type TestDatabase = { database: Database; dataFolder: string; close: () => Promise<void> };

/** A fresh, migrated database in a folder of its own; a copy of one template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-test-'));
  cpSync(join(preparedFolder, 'template'), join(dataFolder, 'database'), { recursive: true });
  const database = await openDatabase({ dataFolder, migrations, workerFile });
  return {
    database,
    dataFolder,
    close: async () => {
      await database.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function digestOfSources(): string {
  const digest = createHash('sha256');
  for (const migration of migrations) digest.update(migration.checksum);
  const charts = readdirSync(platform).filter((name) => name.startsWith('chart-'));
  const embedded = readdirSync(join(platform, 'embedded')).sort();
  const files = [...charts.sort(), ...embedded.map((name) => `embedded/${name}`)].map((name) => join(platform, name));
  for (const file of [...files, join(root, 'package-lock.json')]) digest.update(readFileSync(file));
  return digest.digest('hex').slice(0, 16);
}
