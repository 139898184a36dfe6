import type { Connection } from './open-connection.ts';
import type { McpServer } from './mcp-server.ts';

type Kept = {
  key: string;
  opening: Promise<Connection>;
  opened: Connection | null;
  users: number;
  /** Nobody new gets it; it is closed when its last user has left. */
  isRetired: boolean;
  idle: NodeJS.Timeout | undefined;
};

type Needs = {
  open: (server: McpServer) => Promise<Connection>;
  connections: number;
  idleMs: number;
};

/** Waits until the signal says not to; what was waited for goes on for others. */
function waitFor<Answer>(asked: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const stop = () =>
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    void asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Keeps one connection per server and credentials, for as long as it is used and a while longer.
 *
 * Those who come while it opens wait for the same one; one of them who gives up leaves it to the others. When there are too
 * many, those that nobody uses are closed, the longest unused first.
 */
export function createConnectionPool({ open, connections, idleMs }: Needs) {
  const kept = new Map<string, Kept>();
  const all = new Set<Kept>();
  let isOver = false;

  async function close(entry: Kept): Promise<void> {
    clearTimeout(entry.idle);
    all.delete(entry);
    const connection = await entry.opening.catch(() => null);
    await connection?.close();
  }

  function retire(entry: Kept) {
    entry.isRetired = true;
    if (kept.get(entry.key) === entry) kept.delete(entry.key);
    if (entry.users === 0) void close(entry).catch(() => {});
  }

  function retireUnused() {
    for (const entry of kept.values()) {
      if (kept.size <= connections) return;
      if (entry.users === 0) retire(entry);
    }
  }

  function begin(server: McpServer): Kept {
    const opening = open(server);
    const entry: Kept = { key: server.key, opening, opened: null, users: 0, isRetired: false, idle: undefined };
    all.add(entry);
    opening.then(
      (connection) => {
        entry.opened = connection;
        if (isOver) retire(entry);
      },
      () => retire(entry),
    );
    kept.set(server.key, entry);
    return entry;
  }

  function find(server: McpServer): Kept {
    const entry = kept.get(server.key);
    if (entry === undefined) return begin(server);
    if (entry.opened?.isClosed() === true) {
      retire(entry);
      return begin(server);
    }
    // The order of the map is the order of use.
    kept.delete(entry.key);
    kept.set(entry.key, entry);
    return entry;
  }

  return {
    /** Lends the connection of a server for one piece of work. */
    async use<Answer>(
      server: McpServer,
      signal: AbortSignal,
      work: (connection: Connection, retire: () => void) => Promise<Answer>,
    ): Promise<Answer> {
      const entry = find(server);
      clearTimeout(entry.idle);
      entry.users += 1;
      try {
        return await work(await waitFor(entry.opening, signal), () => retire(entry));
      } finally {
        entry.users -= 1;
        if (entry.users === 0 && entry.isRetired) retire(entry);
        else if (entry.users === 0) {
          entry.idle = setTimeout(() => retire(entry), idleMs).unref();
          retireUnused();
        }
      }
    },
    forget(key: string) {
      const entry = kept.get(key);
      if (entry !== undefined) retire(entry);
    },
    async close() {
      isOver = true;
      kept.clear();
      await Promise.allSettled([...all].map(close));
    },
  };
}
