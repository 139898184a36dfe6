import { Worker } from 'node:worker_threads';
import {
  type DatabaseWorkerData,
  type DatabaseWorkerReply,
  type DatabaseWorkerRequest,
  panicStatus,
} from './thread-messages.ts';

/** The thread that a database runs in. */
export type DatabaseThread = {
  /** Writes a compressed copy of the whole database. */
  backUp: (file: string) => Promise<void>;
  /** Milliseconds that the statement under way has taken; 0 when there is none. */
  askBusyMs: () => Promise<number>;
  /** Closes the database, if it can still be closed, and stops the thread. */
  close: () => Promise<void>;
  /** Stops the thread as it is. */
  terminate: () => Promise<void>;
  /** Resolves, with what is known of the cause, when the thread is gone. */
  gone: Promise<Error>;
};

type Waiting = { resolve: (busyMs: number) => void; reject: (error: Error) => void };

const longestOpeningMs = 180_000;
const longestClosingMs = 10_000;

/**
 * Starts the thread; resolves when its database takes connections.
 *
 * @param signal - gives the start up
 * @throws {Error} with what to do, when the database cannot be opened, or not within three minutes
 */
export async function startDatabaseThread(
  file: URL,
  workerData: DatabaseWorkerData,
  signal?: AbortSignal,
): Promise<DatabaseThread> {
  const worker = new Worker(file, { workerData });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let failure: unknown = null;

  const opened = new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: DatabaseWorkerReply) => {
      if (reply.kind === 'ready') {
        resolve();
        return;
      }
      const asker = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.kind === 'failed') asker?.reject(new Error(reply.message));
      else asker?.resolve(reply.busyMs);
    });
    worker.once('error', (error) => {
      failure = error;
    });
    worker.once('exit', () => reject(cannotOpen(workerData.databaseFolder, failure)));
  });
  const gone = new Promise<Error>((resolve) => {
    worker.once('exit', (code) => {
      const what = code === panicStatus ? 'Postgres gave up' : 'the thread ended';
      const error = new Error(`The embedded database failed: ${what} (${code}).`, { cause: failure });
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      resolve(error);
    });
  });
  const stop = () => void worker.terminate();
  const clock = setTimeout(() => {
    failure ??= new Error('it did not open within three minutes (is the disk full?)');
    stop();
  }, longestOpeningMs);
  signal?.addEventListener('abort', stop);
  await opened.finally(() => {
    clearTimeout(clock);
    signal?.removeEventListener('abort', stop);
  });

  const ask = (request: DatabaseWorkerRequest['ask']) =>
    new Promise<number>((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      worker.postMessage({ id: asked, ask: request } satisfies DatabaseWorkerRequest);
    });
  return {
    backUp: async (copy) => {
      await ask({ kind: 'back-up', file: copy });
    },
    askBusyMs: () => ask({ kind: 'report' }),
    close: async () => {
      // What was acknowledged is in its log: one that does not close is stopped all the same.
      const limit = setTimeout(stop, longestClosingMs);
      await ask({ kind: 'close' }).catch(() => {});
      clearTimeout(limit);
      await worker.terminate();
    },
    terminate: async () => {
      await worker.terminate();
    },
    gone,
  };
}

function cannotOpen(folder: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : 'its thread ended';
  return new Error(
    `The embedded database in ${folder} cannot be opened: ${why}. ` +
      'Restore a backup with "npm run hub -- restore", or move the folder away to start anew.',
    { cause },
  );
}
