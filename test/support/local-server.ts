import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type LocalServer = Awaited<ReturnType<typeof startLocalServer>>;

/** An HTTP server of a test's own on 127.0.0.1; `sentBytes` is what left towards its clients, headers included. */
export async function startLocalServer(answer: RequestListener) {
  let sentByClosed = 0;
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      sentByClosed += socket.bytesWritten;
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    entry: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    requests,
    openConnections: () => sockets.size,
    sentBytes: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, sentByClosed),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
