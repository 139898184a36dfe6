import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toUpload } from '#test/support/agent-requests.ts';
import { createRunAgent, type Engine, send, startEngine, until } from '#test/support/run-engine.ts';

let engine: Engine;
const open: Socket[] = [];

/** A connection that says what it is told to, and reads only when asked. */
function connectTo(request: string): Socket {
  const { hostname, port } = new URL(engine.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  socket.pause();
  if (request !== '') socket.write(request);
  open.push(socket);
  return socket;
}
const head = (line: string, more = '') =>
  `${line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${engine.key}\r\n${more}`;
const countConnections = () =>
  new Promise<number>((resolve, reject) =>
    engine.hub.app.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
  );

beforeAll(async () => {
  engine = await startEngine({
    connections: { headersMs: 400, requestMs: 800, readerMs: 400, checkEveryMs: 100, most: 1200 },
  });
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await engine.close();
});

test('a thousand connections that say nothing stop nobody, and are closed', async () => {
  const idle = Array.from({ length: 1000 }, () => connectTo(''));
  await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect((await fetch(`${engine.url}/health/ready`)).status).toBe(200);
  await until(async () => (await countConnections()) < 10);
});

test.each([
  ['whose headers never end', () => head('GET /api/agents')],
  [
    'whose body never ends',
    () => head('POST /api/files', 'Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{'),
  ],
])('a request %s is ended', async (_name, request) => {
  const socket = connectTo(request());
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
});

test('more connections than are allowed are closed as they come, and the others go on', async () => {
  const some = Array.from({ length: 1300 }, () => connectTo(''));
  let closed = 0;
  for (const socket of some) socket.resume().once('close', () => (closed += 1));
  await until(() => closed >= 100);
  for (const socket of some) socket.destroy();
  await until(async () => (await fetch(`${engine.url}/health/live`).catch(() => null))?.status === 200);
});

test('who asks for a file and does not read it is let go', async () => {
  const bytes = Buffer.alloc(20 * 1024 * 1024, 'x');
  const answer = await engine.ada.inject({ method: 'POST', url: '/api/files', ...toUpload(bytes) });
  const { id } = answer.json<{ id: string }>();
  const before = await countConnections();
  const socket = connectTo(head(`GET /api/files/${id}`, '\r\n'));
  await until(async () => (await countConnections()) > before);
  await until(async () => (await countConnections()) <= before);
  socket.destroy();
});

test('who follows a run and does not read it is let go, and the run goes on', async () => {
  const agent = await createRunAgent(engine.ada);
  const piece = 'x'.repeat(20_000);
  engine.model.script({ text: Array.from({ length: 300 }, () => piece) });
  const body = JSON.stringify({ input: 'Go', stream: true });
  const more = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const before = await countConnections();
  const socket = connectTo(head(`POST /api/agents/${agent}/runs`, more));
  await until(async () => (await countConnections()) > before);
  await until(() => engine.hub.services.runs.countActive() === 0 && engine.model.requests.at(-1)?.state === 'answered');
  await until(async () => (await countConnections()) <= before);
  socket.destroy();
});

test('who reads slowly, but reads, gets the whole answer', async () => {
  const agent = await createRunAgent(engine.ada);
  engine.model.script({ text: ['slow ', 'but ', 'whole'], pieceDelayMs: 300 });
  const response = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Go' } });
  expect(await response.json()).toMatchObject({ status: 'completed', output: 'slow but whole' });
});
