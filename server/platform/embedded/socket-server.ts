import { createServer, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { type ClientUnit, createMessageSplitter } from './split-messages.ts';

const protocolVersion3 = 196_608;
const readyForQuery = 'Z'.charCodeAt(0);
const idle = 'I'.charCodeAt(0);
const readyLength = 6;
/** As an error's answer says it; no text of a row can hold these bytes. */
const panic = Buffer.from('SPANIC\0VPANIC\0');

type Connection = { socket: Socket; splitter: ReturnType<typeof createMessageSplitter>; isOpen: boolean };
type Waiting = { connection: Connection; unit: ClientUnit };

/**
 * Serves one PGlite to several PostgreSQL clients on a Unix socket.
 *
 * The database has one session, so one unit of one client runs at a time (`split-messages.ts`), and a client that is in a
 * transaction, or in the middle of a COPY, keeps the database until it is done. One that leaves is rolled back.
 */
export function createSocketServer({
  database,
  path,
  onPanic,
}: {
  database: PGlite;
  path: string;
  /** Postgres gave up: whatever it is asked from now on, it answers with nonsense or never. */
  onPanic: () => void;
}) {
  const connections = new Set<Connection>();
  let queue: Waiting[] = [];
  let holder: Connection | null = null;
  let isRunning = false;
  let startedAt: number | null = null;

  async function pump() {
    if (isRunning) return;
    isRunning = true;
    for (let next = take(); next !== undefined; next = take()) await run(next);
    isRunning = false;
  }

  function take(): Waiting | undefined {
    const place = holder === null ? 0 : queue.findIndex(({ connection }) => connection === holder);
    return place === -1 ? undefined : queue.splice(place, 1)[0];
  }

  async function run({ connection, unit }: Waiting) {
    let last: Uint8Array = new Uint8Array();
    const onRawData = (data: Uint8Array) => {
      last = Buffer.concat([last, data]).subarray(-readyLength);
      const answer = Buffer.from(data);
      if (connection.isOpen) connection.socket.write(answer);
      if (answer.includes(panic)) onPanic();
    };
    try {
      await timed(() => database.runExclusive(() => database.execProtocolRawStream(unit.bytes, { onRawData })));
      holder = isIdle(last) ? null : connection;
    } catch {
      connection.socket.destroy();
      holder = connection;
    }
    if (holder === connection && !connection.isOpen) await release();
  }

  /** Frees the database of a client that left in the middle of something. */
  async function release() {
    const sync = Buffer.from([0x53, 0, 0, 0, 4]);
    await timed(async () => {
      await database.runExclusive(() => database.execProtocolRawStream(sync, { onRawData: () => {} })).catch(() => {});
      await database.exec('ROLLBACK').catch(() => {});
    });
    holder = null;
  }

  async function timed(work: () => Promise<void>) {
    startedAt = performance.now();
    await work().finally(() => (startedAt = null));
  }

  function read(connection: Connection, chunk: Buffer) {
    const { splitter, socket } = connection;
    splitter.add(chunk);
    try {
      for (let unit = splitter.next(); unit !== null; unit = splitter.next()) {
        if (unit.kind === 'terminate') socket.end();
        else if (unit.kind === 'messages' || accept(connection, unit.bytes)) queue.push({ connection, unit });
      }
    } catch {
      socket.destroy();
    }
    void pump();
  }

  /** Whether a start-up packet begins a session; a wish for encryption is declined, a wish to cancel cannot be met. */
  function accept({ splitter, socket }: Connection, packet: Buffer): boolean {
    const code = packet.readInt32BE(4);
    if (code === protocolVersion3) {
      splitter.start();
      return true;
    }
    if (packet.length === 8) socket.write('N');
    else socket.destroy();
    return false;
  }

  async function leave(connection: Connection) {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    connections.delete(connection);
    queue = queue.filter((waiting) => waiting.connection !== connection);
    if (holder === connection && !isRunning) {
      isRunning = true;
      await release();
      isRunning = false;
      await pump();
    }
  }

  const server = createServer((socket) => {
    const connection: Connection = { socket, splitter: createMessageSplitter(), isOpen: true };
    connections.add(connection);
    socket.on('data', (chunk) => read(connection, chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => void leave(connection));
  });

  return {
    /** How long the work under way has taken, in milliseconds; 0 when there is none. */
    busyMs: () => (startedAt === null ? 0 : performance.now() - startedAt),
    listen: () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(path, resolve);
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const { socket } of connections) socket.destroy();
      }),
  };
}

/** Whether an answer ends with ReadyForQuery outside of any transaction. */
function isIdle(end: Uint8Array): boolean {
  return end.length === readyLength && end[0] === readyForQuery && end[readyLength - 1] === idle;
}
