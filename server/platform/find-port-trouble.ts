import { createServer } from 'node:net';

/** Why nobody can listen at a place, and what to do about it. */
export function sayWhyNotListening(
  place: string,
  { code, message }: NodeJS.ErrnoException,
): [reason: string, advice: string] {
  const reason = code === 'EADDRINUSE' ? 'is taken by another program.' : `cannot be used (${message}).`;
  return [`${place} ${reason}`, 'Set PORT (and HOST) to one that is free.'];
}

/** The failure that listening at a place would meet now, or null. */
export function findPortTrouble({ host, port }: { host: string; port: number }): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
