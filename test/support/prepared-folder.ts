import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMigrations } from '#server/platform/migrate.ts';

const root = join(import.meta.dirname, '../..');
const server = join(root, 'server');
/** Each `x-worker.ts` by its name, as the hub's own build has them, but for the one that has the whole page in it. */
export const workerSources = Object.fromEntries(
  readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('-worker.ts') && !path.endsWith('view-worker.ts'))
    .map((path) => [basename(path, '.ts'), join(server, path)]),
);
export const migrations = readMigrations(join(root, 'prisma/migrations'));

/** Made once before the tests, by `test/support/prepare-database.ts`; its name holds what it was made from. */
export const preparedFolder = join(root, `node_modules/.cache/atrium/test-hub-${digestOfSources()}`);
export const workersFolder = pathToFileURL(`${preparedFolder}/`);
export const workerFile = new URL('database-worker.js', workersFolder);

/** Gives a data folder a migrated database: a copy of one template. */
export function copyDatabase(dataFolder: string) {
  cpSync(join(preparedFolder, 'template'), join(dataFolder, 'database'), { recursive: true });
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
