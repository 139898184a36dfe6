import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Database } from '#server/platform/database.ts';
import { readMigrations } from '#server/platform/migrate.ts';
import { openDatabase } from '#server/platform/open-database.ts';

const root = join(import.meta.dirname, '../..');
const server = join(root, 'server');
/** Each `x-worker.ts` by its name, as the hub's own build has them. */
export const workerSources = Object.fromEntries(
  readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('-worker.ts'))
    .map((path) => [basename(path, '.ts'), join(server, path)]),
);
export const migrations = readMigrations(join(root, 'prisma/migrations'));

/** Made once before the tests, by `test/support/prepare-database.ts`; its name holds what it was made from. */
export const preparedFolder = join(root, `node_modules/.cache/atrium/test-hub-${digestOfSources()}`);
export const workersFolder = pathToFileURL(`${preparedFolder}/`);
export const workerFile = new URL('database-worker.js', workersFolder);

const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
// V8 shares compiled code of equal bytes while somebody holds it: else each database compiles Postgres anew.
export const compiledPostgres = await WebAssembly.compile(readFileSync(join(dirname(pglite), 'pglite.wasm')));

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
  const sources = new Set<string>();
  for (const file of Object.values(workerSources)) addSources(file, sources);
  for (const file of [...sources].sort()) digest.update(readFileSync(file));
  return digest
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
    .slice(0, 16);
}

/** A file of the hub and all that it imports. */
function addSources(file: string, sources: Set<string>) {
  if (sources.has(file)) return;
  sources.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'((?:\.|#server)\/[^']+)'/g)) {
    addSources(from.startsWith('#') ? join(root, from.slice(1)) : join(dirname(file), from), sources);
  }
}
