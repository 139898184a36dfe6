import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';

type Place = { path: string } | { host: string; port: number };
type Link = { client: Socket; database: Socket; isLosing: boolean };
export type DatabaseProxy = Awaited<ReturnType<typeof startDatabaseProxy>>;

/** ReadyForQuery outside of a transaction: what was asked is committed. */
const committed = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** Stands between a hub and its database, and fails as networks and servers do. */
export async function startDatabaseProxy({ place, database }: { place: Place; database: Place }) {
  const links = new Set<Link>();
  let isRefusing = false;
  let isHanging = false;
  let refused = 0;
  let fault: { text: string; kind: 'lose-answer' | 'go-away'; strike: () => void } | null = null;

  function cut() {
    for (const { client, database: other } of links) {
      client.destroy();
      other.destroy();
    }
  }

  function strike(chunk: Buffer, link: Link): boolean {
    if (fault === null || !chunk.includes(fault.text)) return false;
    const { kind, strike: tell } = fault;
    fault = null;
    tell();
    if (kind === 'lose-answer') {
      link.isLosing = true;
      return false;
    }
    isRefusing = true;
    cut();
    return true;
  }

  const server = createServer((client) => {
    client.on('error', () => {});
    if (isRefusing) {
      refused += 1;
      client.destroy();
      return;
    }
    const link: Link = { client, database: connect(database), isLosing: false };
    links.add(link);
    if (isHanging) client.pause();
    client.on('data', (chunk) => {
      if (!strike(chunk, link)) link.database.write(chunk);
    });
    link.database.on('data', (chunk) => {
      if (!link.isLosing) client.write(chunk);
      else if (chunk.subarray(-committed.length).equals(committed)) client.destroy();
    });
    link.database.on('error', () => client.destroy());
    link.database.on('close', () => client.destroy());
    client.on('close', () => {
      links.delete(link);
      link.database.destroy();
    });
  });
  server.listen(place);
  await once(server, 'listening');

  const expect = (text: string, kind: 'lose-answer' | 'go-away') =>
    new Promise<void>((resolve) => {
      fault = { text, kind, strike: resolve };
    });

  return {
    port: () => {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
    /** Connections that were refused so far. */
    refused: () => refused,
    /** Breaks every connection; new ones work. */
    cut,
    /** Breaks every connection and takes no new ones. */
    goAway: () => {
      isRefusing = true;
      cut();
    },
    comeBack: () => {
      isRefusing = false;
    },
    /** Takes everything and answers nothing. */
    hang: () => {
      isHanging = true;
      for (const { client } of links) client.pause();
    },
    resume: () => {
      isHanging = false;
      for (const { client } of links) client.resume();
    },
    /** Has the next statement with this text done, and breaks the connection before the answer. Resolves as it is sent. */
    loseAnswerTo: (text: string) => expect(text, 'lose-answer'),
    /** Goes away as the next statement with this text is sent, which is not done. */
    goAwayAt: (text: string) => expect(text, 'go-away'),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
