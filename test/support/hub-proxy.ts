import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a browser and a hub as a network that can fail. */
export async function startHubProxy(hubUrl: string) {
  const clients = new Set<Socket>();
  const { hostname: host, port } = new URL(hubUrl);
  const server = createServer((client) => {
    const hub = connect({ host, port: Number(port) });
    clients.add(client);
    client.pipe(hub).pipe(client);
    for (const socket of [client, hub]) socket.on('error', () => undefined);
    hub.on('close', () => client.destroy());
    client.on('close', () => {
      clients.delete(client);
      hub.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cut = () => clients.forEach((client) => client.destroy());

  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    /** Breaks every connection; new ones work. */
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
