import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { StreamedResponse } from '#server/platform/egress/streamed-response.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import type { LocalServer } from '#test/support/local-server.ts';
import { doors } from './egress-doors.ts';

const megabyte = Buffer.alloc(1_000_000, 'a');
const bomb = gzipSync(Buffer.alloc(200_000_000));

function send200Megabytes(response: ServerResponse, sentMegabytes = 0): void {
  if (sentMegabytes === 200) response.end();
  else response.write(megabyte, (error) => (error ? undefined : send200Megabytes(response, sentMegabytes + 1)));
}

let server: LocalServer;
let egress: Egress;
const open = (options: Partial<Parameters<typeof createEgress>[0]> = {}) =>
  (egress = createEgress({ allowed: [server.entry], maximumStreamBytes: 1_000_000, ...options }));
const short = { limits: { connectMs: 300, headersMs: 300, idleMs: 300 } };
const timedOut = { code: 'unavailable', cause: { name: 'TimeoutError' } };

beforeAll(async () => {
  server = await startLocalServer((request, response) => {
    switch (request.url ?? '') {
      case '/large':
        return send200Megabytes(response);
      case '/bomb':
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
      case '/gzip':
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'));
      case '/broken-gzip':
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip at all');
      case '/brotli':
        return void response.writeHead(200, { 'content-encoding': 'br' }).end('whatever');
      case '/stops':
        return void response.write('some');
      case '/cut':
        return void response.writeHead(200, { 'content-length': 100 }).write('some', () => response.destroy());
      case '/hang':
        return;
      case '/nothing':
        return void response.writeHead(204).end();
      default:
        return void response.end('hello');
    }
  });
});
afterEach(() => egress.close());
afterAll(() => server.close());

describe.each(doors)('$name', ({ call }) => {
  test('stops an answer of 200 MB at the cap, and its sender too', async () => {
    const sentBefore = server.sentBytes();
    await expect(call(open(), `${server.url}/large`)).rejects.toMatchObject({ code: 'payload_too_large' });
    await vi.waitFor(() => expect(server.openConnections()).toBe(0));
    expect(server.sentBytes() - sentBefore).toBeLessThan(50_000_000);
  });

  test('stops a compressed bomb at the cap of decoded bytes', async () => {
    await expect(call(open(), `${server.url}/bomb`)).rejects.toMatchObject({ code: 'payload_too_large' });
  });

  test('decodes what a server compressed unasked, and refuses what it cannot decode', async () => {
    expect(await call(open(), `${server.url}/gzip`)).toEqual({ status: 200, text: 'hello' });
    await expect(call(open(), `${server.url}/broken-gzip`)).rejects.toThrow();
    await expect(call(open(), `${server.url}/brotli`)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('gives up on a server that never answers', async () => {
    await expect(call(open(short), `${server.url}/hang`)).rejects.toMatchObject(timedOut);
  });

  test('gives up on a body that stops coming', async () => {
    await expect(call(open(short), `${server.url}/stops`)).rejects.toMatchObject(timedOut);
  });

  test('gives up on a connection that is never made', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const entry = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await expect(call(open({ allowed: [entry], ...short }), `https://${entry}/`)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no connection within the time limit'),
    });
    silent.close();
  });

  test('a connection cut in the middle of the body is unavailable', async () => {
    await expect(call(open(), `${server.url}/cut`)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test.each(['/hang', '/stops'])('an abort ends a request to %s at once and closes its connection', async (path) => {
    const stop = new AbortController();
    const asked = server.requests.length;
    const answer = call(open(), `${server.url}${path}`, { signal: stop.signal });
    answer.catch(() => {});
    await vi.waitFor(() => expect(server.requests.length).toBe(asked + 1));
    stop.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    await vi.waitFor(() => expect(server.openConnections()).toBe(0));
  });

  test('an abort ends a request whose name is still being looked up', async () => {
    const stop = new AbortController();
    const answer = call(open({ lookup: () => new Promise(() => {}) }), 'http://slow.test/', { signal: stop.signal });
    stop.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('an aborted signal sends nothing', async () => {
    const asked = server.requests.length;
    await expect(call(open(), server.url, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(server.requests.length).toBe(asked);
  });

  test('an answer without content is an empty one', async () => {
    expect(await call(open(), `${server.url}/nothing`)).toEqual({ status: 204, text: '' });
  });

  test('requests to one origin beyond the limit wait for their turn', async () => {
    const limited = open({ maximumConcurrent: 2 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(limited, server.url)));
    expect(answers).toHaveLength(10);
    expect(server.openConnections()).toBeLessThanOrEqual(2);
  });
});

test('fetch caps the whole time, also when bytes keep coming', async () => {
  const dripping = await startLocalServer((_request, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.once('close', () => clearInterval(timer));
  });
  const { signal } = new AbortController();
  const request = open({ allowed: [dripping.entry] }).fetch(dripping.url, {
    signal,
    maximumBytes: 1000,
    timeoutMs: 200,
  });
  await expect(request).rejects.toMatchObject(timedOut);
  await dripping.close();
});

const readers = {
  'of the stream': (answer: Response) => {
    const reader = answer.body?.getReader();
    return { read: () => reader?.read(), leave: () => reader?.cancel() };
  },
  'of its pieces': (answer: Response) => {
    if (!(answer instanceof StreamedResponse)) throw new Error('This answer has no pieces.');
    const pieces = answer[Symbol.asyncIterator]();
    return { read: () => pieces.next(), leave: () => pieces.return?.() };
  },
};

test.each(Object.entries(readers))(
  'a slow reader %s slows the sender down, and one that leaves ends it',
  async (_, openReader) => {
    const sentBefore = server.sentBytes();
    const reader = openReader(await open({ maximumStreamBytes: 1e9 }).streamingFetch(`${server.url}/large`));
    await reader.read();
    let sent = 0;
    let unchangedTimes = 0;
    await vi.waitFor(
      () => {
        const before = sent;
        sent = server.sentBytes() - sentBefore;
        unchangedTimes = sent === before ? unchangedTimes + 1 : 0;
        expect(unchangedTimes).toBeGreaterThan(10);
      },
      { timeout: 10_000 },
    );
    expect(sent).toBeLessThan(50_000_000);
    await reader.leave();
    await vi.waitFor(() => expect(server.openConnections()).toBe(0));
  },
);

test('streamingFetch sends every kind of body with its type', async () => {
  const echo = await startLocalServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.end(`${request.headers['content-type']} ${Buffer.concat(chunks).toString()}`));
  });
  const { streamingFetch } = open({ allowed: [echo.entry] });
  const post = async (init: RequestInit) => (await streamingFetch(echo.url, { method: 'post', ...init })).text();
  expect(await post({ body: 'a' })).toBe('text/plain;charset=UTF-8 a');
  expect(await post({ body: '{}', headers: { 'Content-Type': 'application/json' } })).toBe('application/json {}');
  expect(await post({ body: new URLSearchParams({ a: '1' }) })).toBe(
    'application/x-www-form-urlencoded;charset=UTF-8 a=1',
  );
  expect(await post({ body: new Uint8Array([98]), headers: new Headers({ 'content-type': 'x/y' }) })).toBe('x/y b');
  const form = new FormData();
  form.set('a', 'one');
  expect(await post({ body: form })).toMatch(/^multipart\/form-data; boundary=.*\r\n\r\none\r\n/s);
  const request = new Request(echo.url, { method: 'POST', body: 'c', headers: { 'content-type': 'x/z' } });
  expect(await (await streamingFetch(request)).text()).toBe('x/z c');
  await echo.close();
});
