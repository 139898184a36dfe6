import { join } from 'node:path';
import { openEmbeddedDatabase } from './platform/embedded/open-embedded-database.ts';
import { readDatabasePlace } from './platform/env-database.ts';

/** Starts the hub. The database's thread starts first, because the rest of the program is read while it opens. */
async function start() {
  const { dataFolder, isEmbedded } = readDatabasePlace();
  const workerFile = new URL('./database-worker.js', import.meta.url);
  const embedded = isEmbedded ? openEmbeddedDatabase({ dataFolder, workerFile }) : undefined;
  embedded?.catch(() => {});
  const { runHub } = await import('./run-hub.ts');
  await runHub({
    embedded,
    root: join(import.meta.dirname, '../..'),
    workerFile,
    chartWorkerFile: new URL('./chart-worker.js', import.meta.url),
  });
}

start().catch((error: unknown) => {
  process.stderr.write(`The hub cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
