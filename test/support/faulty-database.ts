import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedDatabase, toSocketAddress } from '#server/platform/embedded/open-embedded-database.ts';
import { startDatabase } from '#server/platform/open-database.ts';
import type { DatabaseLimits } from '#server/platform/open-pool.ts';
import { type DatabaseProxy, startDatabaseProxy } from './database-proxy.ts';
import { copyDatabase, migrations, workerFile } from './prepared-folder.ts';
import type { TestDatabase } from './test-database.ts';

export type FaultyDatabase = TestDatabase & { proxy: DatabaseProxy };

/** The embedded database as a hub has it, but for a proxy on its socket. */
export async function createFaultyDatabase({ limits }: { limits?: DatabaseLimits } = {}): Promise<FaultyDatabase> {
  const [dataFolder, hidden] = ['atrium-faulty-', 'atrium-hidden-'].map((name) => mkdtempSync(join(tmpdir(), name)));
  if (dataFolder === undefined || hidden === undefined) throw new Error('There are no folders.');
  copyDatabase(hidden);
  const embedded = await openEmbeddedDatabase({ dataFolder: hidden, workerFile });
  const toPath = (folder: string) => ({ path: join(toSocketAddress(folder).host, '.s.PGSQL.5432') });
  mkdirSync(toSocketAddress(dataFolder).host, { recursive: true });
  const proxy = await startDatabaseProxy({ place: toPath(dataFolder), database: toPath(hidden) });
  const { database, ready } = startDatabase(
    { dataFolder, migrations, workerFile, limits },
    Promise.resolve({ ...embedded, close: async () => {} }),
  );
  await ready;
  return {
    database,
    dataFolder,
    proxy,
    close: async () => {
      await database.close();
      await proxy.close();
      await embedded.close();
      for (const folder of [dataFolder, hidden]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
