import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startLocalServer } from '#test/support/local-server.ts';

/** Documentation's own address: nothing answers there, so that only the guard ends the attempt quickly. */
const elsewhere = '192.0.2.1';

describe('a test', () => {
  it.fails('fails when something writes with console.error', () => {
    console.error('this line belongs to a test of the guard');
  });

  it.fails('fails when it reaches for another machine', async () => {
    const socket = connect({ host: elsewhere, port: 9 });
    socket.on('error', () => {});
    await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, 2000))]);
    socket.destroy();
  });

  it.fails('fails when it reaches for a name', async () => {
    await fetch('http://model.example/').catch(() => undefined);
  });

  it('may reach a server of its own', async () => {
    await using server = await openServer();
    expect(await (await fetch(server.url)).text()).toBe('here');
  });
});

async function openServer() {
  const server = await startLocalServer((_request, response) => response.end('here'));
  return { url: server.url, [Symbol.asyncDispose]: () => server.close() };
}
