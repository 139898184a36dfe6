import { writeFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { createSocketServer } from './socket-server.ts';
import {
  type DatabaseWorkerData,
  type DatabaseWorkerReply,
  type DatabaseWorkerRequest,
  panicStatus,
} from './thread-messages.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread.');
const settings = workerData as DatabaseWorkerData;
const reply = (message: DatabaseWorkerReply) => port.postMessage(message);

// A thread whose event loop is empty waits for V8's background compilation before it answers its first connection.
const keepAwake = setInterval(() => {}, 60_000);
// Touching each page of Postgres' default 128 MB takes half of its start; the system's page cache is behind it anyway.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];
const database = await PGlite.create({ dataDir: settings.databaseFolder, extensions: { vector }, startParams });
// At once and from inside: Postgres may never come back to the event loop.
const onPanic = () => process.exit(panicStatus);
const server = createSocketServer({ database, path: settings.socketPath, onPanic });
await server.listen();

port.on('message', ({ id, ask }: DatabaseWorkerRequest) => {
  handle(ask).then(
    () => reply({ kind: 'done', id, busyMs: server.busyMs() }),
    (error: unknown) => reply({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) }),
  );
});
clearInterval(keepAwake);
reply({ kind: 'ready' });

async function handle(request: DatabaseWorkerRequest['ask']) {
  switch (request.kind) {
    case 'report':
      return;
    case 'back-up': {
      const dump = await database.dumpDataDir('gzip');
      await writeFile(request.file, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 });
      return;
    }
    case 'close':
      await server.close();
      await database.close();
      return;
  }
}
