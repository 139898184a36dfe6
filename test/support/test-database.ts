import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Database } from '#server/platform/database.ts';
import { readMigrations } from '#server/platform/migrate.ts';
import { openDatabase } from '#server/platform/open-database.ts';

const root = join(import.meta.dirname, '../..');
const platform = join(root, 'server/platform');
const workerFolders = ['documents', 'embedded', 'workers'];
const sources = [
  join(root, 'server/hub-error.ts'),
  ...readdirSync(platform)
    .filter((name) => name.startsWith('chart-'))
    .map((name) => join(platform, name)),
  ...workerFolders.flatMap((folder) => readdirSync(join(platform, folder)).map((name) => join(platform, folder, name))),
].sort();
/** Each `x-worker.ts` by its name, as the hub's own build has them. */
export const workerSources = Object.fromEntries(
  sources.filter((file) => file.endsWith('-worker.ts')).map((file) => [basename(file, '.ts'), file]),
);
export const migrations = readMigrations(join(root, 'prisma/migrations'));

/** Made once before the tests, by `test/support/prepare-database.ts`; its name holds what it was made from. */
export const preparedFolder = join(root, `node_modules/.cache/atrium/test-hub-${digestOfSources()}`);
export const workersFolder = pathToFileURL(`${preparedFolder}/`);
export const workerFile = new URL('database-worker.js', workersFolder);

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
  for (const file of [...sources, join(root, 'package-lock.json')]) digest.update(readFileSync(file));
  return digest.digest('hex').slice(0, 16);
}
