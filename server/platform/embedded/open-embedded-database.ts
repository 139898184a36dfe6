import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataFolder } from './data-folder-lock.ts';
import { startDatabaseThread } from './database-thread.ts';
import { type WatchTimes, watchThread } from './watch-thread.ts';

/** How `pg` reaches an embedded database: the folder of its Unix socket, and the port in the socket's name. */
export type SocketAddress = { host: string; port: number; user: string; database: string };

export type EmbeddedDatabase = {
  address: SocketAddress;
  /** Writes a compressed copy of the whole database. */
  backUp: (file: string) => Promise<void>;
  /** From now on a thread that fails is replaced, and `report` hears of it; see `watchThread`. */
  watch: (report: (error: unknown, message: string) => void, times?: WatchTimes) => void;
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
    const start = (signal?: AbortSignal) => {
      rmSync(socketPath, { force: true });
      return startDatabaseThread(workerFile, { databaseFolder, socketPath }, signal);
    };
    const first = await start();
    let watched: ReturnType<typeof watchThread> | null = null;
    const current = () => watched?.current() ?? first;
    return {
      address,
      backUp: (file) => current().backUp(file),
      watch: (report, times) => {
        watched ??= watchThread({ first, start, report, times });
      },
      close: async () => {
        await watched?.end();
        await current().close();
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
    const thread = await startDatabaseThread(workerFile, { databaseFolder: unfinished, socketPath });
    await thread.close();
    rmSync(socketPath, { force: true });
  }
  renameSync(unfinished, databaseFolder);
}

function toSocketPath(folder: string) {
  return join(folder, `.s.PGSQL.${socketPort}`);
}
