import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '#server/platform/database.ts';
import { openDatabase } from '#server/platform/open-database.ts';
import { copyDatabase, migrations, workerFile } from './prepared-folder.ts';

const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
// V8 shares compiled code of equal bytes while somebody holds it: else each database compiles Postgres anew.
export const compiledPostgres = await WebAssembly.compile(readFileSync(join(dirname(pglite), 'pglite.wasm')));

export type TestDatabase = { database: Database; dataFolder: string; close: () => Promise<void> };

/** A fresh, migrated database in a folder of its own; a copy of one template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-test-'));
  copyDatabase(dataFolder);
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
