import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DatabaseWorkerData, DatabaseWorkerReply, DatabaseWorkerRequest } from './database-worker.ts';
import { lockDataFolder } from './data-folder-lock.ts';

/** How `pg` reaches an embedded database: the folder of its Unix socket, and the port in the socket's name. */
export type SocketAddress = { host: string; port: number; user: string; database: string };

export type EmbeddedDatabase = {
  address: SocketAddress;
  /** Writes a compressed copy of the whole database. */
  backUp: (file: string) => Promise<void>;
  /** Stops the thread and frees the folder. */
  close: () => Promise<void>;
};

const socketPort = 5432;
const longestSocketPath = 100;

/** Where the database of a data folder listens; short enough for a Unix socket's path. */
export function toSocketAddress(dataFolder: string): SocketAddress {
  const inside = join(dataFolder, 'socket');
  const host =
    toSocketPath(inside).length <= longestSocketPath
      ? inside
      : join(tmpdir(), `atrium-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`);
  return { host, port: socketPort, user: 'postgres', database: 'postgres' };
}

/**
 * Opens the embedded Postgres of a data folder in a thread of its own, behind a Unix socket.
 *
 * A new folder starts as a copy of `templateFolder` where there is one, because a first creation takes seconds.
 *
 * @throws {Error} when another process holds the folder, or the database cannot be opened
 */
export async function openEmbeddedDatabase({
  dataFolder,
  workerFile,
  templateFolder,
}: {
  dataFolder: string;
  workerFile: URL;
  templateFolder?: string | undefined;
}): Promise<EmbeddedDatabase> {
  const address = toSocketAddress(dataFolder);
  const lock = lockDataFolder(dataFolder, address.host);
  try {
    const databaseFolder = join(dataFolder, 'database');
    mkdirSync(address.host, { recursive: true, mode: 0o700 });
    const socketPath = toSocketPath(address.host);
    // A killed process leaves its socket file behind, and binding to it fails; the lock says that nobody uses it.
    rmSync(socketPath, { force: true });
    if (!existsSync(databaseFolder))
      await createDatabaseFolder({ databaseFolder, socketPath, workerFile, templateFolder });
    const worker = await startWorker(workerFile, { databaseFolder, socketPath });
    return {
      address,
      backUp: (file) => ask(worker, { kind: 'back-up', file }),
      close: async () => {
        await ask(worker, { kind: 'close' });
        await worker.terminate();
        rmSync(socketPath, { force: true });
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Made beside its place and then moved, so that a cut first start leaves nothing half made. */
async function createDatabaseFolder({
  databaseFolder,
  socketPath,
  workerFile,
  templateFolder,
}: {
  databaseFolder: string;
  socketPath: string;
  workerFile: URL;
  templateFolder: string | undefined;
}) {
  const unfinished = `${databaseFolder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  if (templateFolder !== undefined && existsSync(templateFolder)) {
    await cp(templateFolder, unfinished, { recursive: true });
  } else {
    const worker = await startWorker(workerFile, { databaseFolder: unfinished, socketPath });
    await ask(worker, { kind: 'close' });
    await worker.terminate();
    rmSync(socketPath, { force: true });
  }
  renameSync(unfinished, databaseFolder);
}

function toSocketPath(folder: string) {
  return join(folder, `.s.PGSQL.${socketPort}`);
}

function startWorker(file: URL, workerData: DatabaseWorkerData): Promise<Worker> {
  const worker = new Worker(file, { workerData });
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve(worker));
    worker.once('error', (error) => {
      reject(
        new Error(
          `The embedded database in ${workerData.databaseFolder} cannot be opened: ${error instanceof Error ? error.message : String(error)}. ` +
            'Restore a backup with "npm run hub -- restore", or move the folder away to start anew.',
          { cause: error },
        ),
      );
    });
  });
}

function ask(worker: Worker, request: DatabaseWorkerRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: DatabaseWorkerReply) => {
      if (answer.kind === 'failed') reject(new Error(answer.message));
      else resolve();
    });
    worker.postMessage(request);
  });
}
