import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Database } from '#server/platform/database.ts';
import { readMigrations } from '#server/platform/migrate.ts';
import { openDatabase } from '#server/platform/open-database.ts';

/** Made once before the tests, by `test/support/prepare-database.ts`. */
export const preparedFolder = join(import.meta.dirname, '../../node_modules/.cache/atrium/test-database');
export const workerFile = pathToFileURL(join(preparedFolder, 'database-worker.js'));
export const migrations = readMigrations(join(import.meta.dirname, '../../prisma/migrations'));

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
