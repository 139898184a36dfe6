import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { planRedirect } from '#server/platform/egress/plan-redirect.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import type { LocalServer } from '#test/support/local-server.ts';
import { doors } from './egress-doors.ts';

const codes = [301, 302, 303, 307, 308];
const secrets = {
  authorization: 'Bearer secret',
  cookie: 'session=secret',
  'x-api-key': 'secret',
  'api-key': 'secret',
  'x-goog-api-key': 'secret',
  'x-acme': 'secret',
};

let redirecting: LocalServer;
let other: LocalServer;
let egress: Egress;
let location = '';
let status = 302;

beforeEach(async () => {
  other = await startLocalServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      response.end(
        JSON.stringify({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() }),
      ),
    );
  });
  redirecting = await startLocalServer((request, response) => {
    if (request.url === '/here') response.end(JSON.stringify({ headers: request.headers }));
    else response.writeHead(status, { location }).end('moved');
  });
  egress = createEgress({
    allowed: [`public.test:${redirecting.port}`, `other.test:${other.port}`],
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
  });
});
afterEach(async () => {
  await egress.close();
  await Promise.all([redirecting.close(), other.close()]);
});

const start = () => `http://public.test:${redirecting.port}/start`;
const fetchStart = (init: { method?: 'GET' | 'POST'; body?: string; headers?: Record<string, string> } = {}) =>
  egress.fetch(start(), { ...init, signal: new AbortController().signal, maximumBytes: 10_000, timeoutMs: 10_000 });
const parse = (answer: { bytes: Uint8Array }) =>
  JSON.parse(Buffer.from(answer.bytes).toString()) as { method: string; headers: Record<string, string>; body: string };

describe.each(doors)('$name', ({ call }) => {
  test.each(codes)('refuses a redirect to a private address by %i', async (code) => {
    status = code;
    for (const target of [
      other.url,
      'http://169.254.169.254/latest/meta-data',
      'http://localhost/',
      'file:///etc/passwd',
    ]) {
      location = target;
      await expect(call(egress, start())).rejects.toMatchObject({ code: 'egress_refused' });
    }
    expect(other.requests).toEqual([]);
  });
});

test.each(codes)('streamingFetch refuses every redirect, also a harmless one, by %i', async (code) => {
  status = code;
  location = `http://other.test:${other.port}/`;
  await expect(egress.streamingFetch(start())).rejects.toMatchObject({ code: 'egress_refused' });
  expect(other.requests).toEqual([]);
});

describe('fetch', () => {
  test.each(codes)('follows an allowed redirect by %i and drops every header that could be a secret', async (code) => {
    status = code;
    location = `http://other.test:${other.port}/there`;
    const answer = await fetchStart({ headers: { ...secrets, accept: 'text/html' } });
    expect(answer).toMatchObject({ status: 200, url: location });
    expect(parse(answer).headers).toMatchObject({ accept: 'text/html' });
    expect(JSON.stringify(parse(answer).headers)).not.toContain('secret');
  });

  test('keeps headers on a redirect within the origin', async () => {
    location = '/here';
    expect(parse(await fetchStart({ headers: secrets })).headers).toMatchObject(secrets);
  });

  test('a POST becomes a GET without content by 303', async () => {
    status = 303;
    location = `http://other.test:${other.port}/`;
    const answer = parse(
      await fetchStart({ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
    );
    expect(answer).toMatchObject({ method: 'GET', body: '' });
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  test('does not carry the content of a POST to another origin by 307', async () => {
    status = 307;
    location = `http://other.test:${other.port}/`;
    await expect(fetchStart({ method: 'POST', body: 'secret' })).rejects.toMatchObject({ code: 'egress_refused' });
    expect(other.requests).toEqual([]);
  });

  test('gives up after five redirects', async () => {
    status = 302;
    location = '/again';
    await expect(fetchStart()).rejects.toMatchObject({
      code: 'egress_refused',
      message: expect.stringContaining('5 times'),
    });
    expect(redirecting.requests).toHaveLength(6);
  });
});

test('https never becomes http', () => {
  const step = { url: new URL('https://example.org/'), method: 'GET', headers: [], body: null };
  expect(() => planRedirect(step, 302, 'http://example.org/')).toThrow('from https to http');
  expect(planRedirect(step, 302, '//example.com/a').url.href).toBe('https://example.com/a');
});
