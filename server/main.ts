import { join } from 'node:path';
import { openEmbeddedDatabase } from './platform/embedded/open-embedded-database.ts';
import { readDatabasePlace } from './platform/env-database.ts';

/** Starts the hub. The database's thread starts first, because the rest of the program is read while it opens. */
async function start() {
  const { dataFolder, isEmbedded } = readDatabasePlace();
  // The build puts every worker beside this file.
  const workersFolder = new URL('./', import.meta.url);
  const workerFile = new URL('database-worker.js', workersFolder);
  const embedded = isEmbedded ? openEmbeddedDatabase({ dataFolder, workerFile }) : undefined;
  embedded?.catch(() => {});
  const { runHub } = await import('./run-hub.ts');
  await runHub({
    embedded,
    root: join(import.meta.dirname, '../..'),
    workersFolder,
  });
}

start().catch((error: unknown) => {
  process.stderr.write(`The hub cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
