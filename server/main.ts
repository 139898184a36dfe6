import { join } from 'node:path';
import { openEmbeddedDatabase } from './platform/embedded/open-embedded-database.ts';
import { findLockHolder } from './platform/embedded/data-folder-lock.ts';
import { readStartPlace } from './platform/env-start.ts';
import { findFolderTrouble } from './platform/find-folder-trouble.ts';
import { findPortTrouble, sayWhyNotListening } from './platform/find-port-trouble.ts';

/** Starts the hub. The database's thread starts first, because the rest of the program is read while it opens. */
async function start() {
  const { dataFolder, isEmbedded, host, port } = readStartPlace();
  await checkPlace({ dataFolder, host, port });
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

/**
 * Looks whether the hub could serve at all, before anything is made or migrated. Where another process holds the data,
 * its lock says more than the port.
 *
 * @throws {Error} with what to do
 */
async function checkPlace({ dataFolder, ...place }: { dataFolder: string; host: string; port: number }) {
  const folderTrouble = findFolderTrouble(dataFolder);
  if (folderTrouble !== null) throw new Error(folderTrouble.join(' '));
  if (!isPort(place.port) || findLockHolder(dataFolder) !== null) return;
  const trouble = await findPortTrouble(place);
  if (trouble === null) return;
  throw new Error(sayWhyNotListening(`${place.host}:${place.port}`, trouble).join(' '), { cause: trouble });
}

/** A wrong one is named with all else that is wrong in the environment. */
const isPort = (port: number) => Number.isInteger(port) && port >= 0 && port <= 65_535;

start().catch((error: unknown) => {
  process.stderr.write(`The hub cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
