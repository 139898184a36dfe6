import type { LookupAddress } from 'node:dns';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCheckedLookup } from '#server/platform/egress/checked-lookup.ts';
import type { Lookup } from '#server/platform/egress/checked-lookup.ts';
import { createTargetCheck } from '#server/platform/egress/check-target.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import type { LocalServer } from '#test/support/local-server.ts';
import { doors } from './egress-doors.ts';
import { otherForms, privateHosts } from './refused-addresses.ts';

const refused = { code: 'egress_refused', message: expect.stringContaining('HUB_EGRESS_ALLOW') };
const named = (...addresses: string[]): Lookup => {
  return async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

const resolvedAddresses = [
  '127.0.0.1',
  '10.1.2.3',
  '169.254.169.254',
  '::1',
  '::ffff:127.0.0.1',
  'fd00:ec2::254',
  '64:ff9b::7f00:1',
];

let server: LocalServer;
let egress: Egress | undefined;
const open = (options: Partial<Parameters<typeof createEgress>[0]> = {}) =>
  (egress = createEgress({ allowed: [], ...options }));

beforeAll(async () => {
  server = await startLocalServer((request, response) => response.end(`hello ${request.headers.host}`));
});
afterEach(() => egress?.close());
afterAll(() => server.close());

describe.each(doors)('$name', ({ call }) => {
  test.each(privateHosts)('refuses http://%s', async (host) => {
    await expect(call(open({ lookup: named('8.8.8.8') }), `http://${host}/`)).rejects.toMatchObject(refused);
    await expect(call(open(), `https://${host}/`)).rejects.toMatchObject(refused);
  });

  test.each(resolvedAddresses)('refuses a name that leads to %s', async (address) => {
    await expect(call(open({ lookup: named(address) }), 'http://rebind.test/')).rejects.toMatchObject(refused);
  });

  test('refuses a name with one public and one private record, in either order', async () => {
    await expect(call(open({ lookup: named('8.8.8.8', '10.0.0.1') }), 'http://mixed.test/')).rejects.toMatchObject(
      refused,
    );
    await expect(call(open({ lookup: named('10.0.0.1', '8.8.8.8') }), 'http://mixed.test/')).rejects.toMatchObject(
      refused,
    );
  });

  test('says which name was refused, but not the address behind it', async () => {
    const failure = await call(open({ lookup: named('10.9.8.7') }), 'http://inner.test/').catch(
      (error: Error) => error.message,
    );
    expect(failure).toContain('inner.test:80');
    expect(failure).not.toContain('10.9.8.7');
  });

  test.each(otherForms)('refuses %s', async (url) => {
    await expect(call(open(), url)).rejects.toMatchObject({ code: 'egress_refused' });
  });

  test.each(['http://me@example.org/', 'http://me:secret@example.org/', 'http://:secret@example.org/'])(
    'refuses user information in %s and does not repeat it',
    async (url) => {
      const failure = await call(open(), url).catch((error: Error) => error);
      expect(failure).toMatchObject({ code: 'egress_refused', message: expect.not.stringContaining('secret') });
    },
  );

  test('refuses a port other than 80 and 443 without permission', async () => {
    await expect(call(open(), 'http://example.org:6379/')).rejects.toMatchObject(refused);
    await expect(call(open({ allowed: ['example.org:6380'] }), 'http://example.org:6379/')).rejects.toMatchObject(
      refused,
    );
  });

  test('refuses what is no complete URL', async () => {
    await expect(call(open(), '/etc/passwd')).rejects.toMatchObject({ code: 'egress_refused' });
  });

  test('reaches an address that an administrator allowed, and no other port of it', async () => {
    const answer = await call(open({ allowed: [server.entry] }), `${server.url}/`);
    expect(answer).toEqual({ status: 200, text: `hello ${server.entry}` });
    await expect(call(open({ allowed: [server.entry] }), `http://127.0.0.1:1/`)).rejects.toMatchObject(refused);
  });

  test('reaches an allowed name wherever it leads, and keeps its name in the request', async () => {
    const allowing = open({ allowed: [`Models.Test:${server.port}`], lookup: named('127.0.0.1') });
    expect(await call(allowing, `http://models.test:${server.port}/`)).toMatchObject({
      text: `hello models.test:${server.port}`,
    });
  });

  test('does not let a caller choose another host than the one that was checked', async () => {
    const answer = await call(open({ allowed: [server.entry] }), server.url, { headers: { Host: 'inner.test' } });
    expect(answer.text).toBe(`hello ${server.entry}`);
  });

  test('a name without an address and a closed port are unavailable, not refused', async () => {
    const missing: Lookup = async () => Promise.reject(Object.assign(new Error('gone'), { code: 'ENOTFOUND' }));
    await expect(call(open({ lookup: missing }), 'http://gone.test/')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(call(open({ allowed: ['127.0.0.1:1'] }), 'http://127.0.0.1:1/')).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

test('a name that changes between check and connect cannot mislead: the socket gets the checked addresses', async () => {
  const answers = [['8.8.8.8'], ['127.0.0.1']];
  let asked = 0;
  const changing: Lookup = async (host) => named(...(answers[asked++] ?? []))(host);
  const target = createTargetCheck([])(new URL('http://rebind.test/'));
  const resolve = () =>
    new Promise<LookupAddress[]>((done, fail) =>
      createCheckedLookup(changing, target)('rebind.test', { all: true }, (error, addresses) =>
        error === null ? done(addresses as LookupAddress[]) : fail(error),
      ),
    );
  expect(await resolve()).toEqual([{ address: '8.8.8.8', family: 4 }]);
  expect(asked).toBe(1);
  await expect(resolve()).rejects.toMatchObject(refused);
});

test.each([
  'https://example.org/',
  'http://8.8.8.8/',
  'http://[2606:4700::1111]/',
  'http://[::ffff:8.8.8.8]/',
  'http://[64:ff9b::808:808]/',
])('%s is public', (url) => {
  expect(() => open().checkUrl(url)).not.toThrow();
});

test.each(['localhost', 'http://localhost:80', 'host:port', '*:80', 'a b:80'])(
  'the allow-list refuses the entry %s',
  (entry) => {
    expect(() => createEgress({ allowed: [entry] })).toThrow('is not a host and port');
  },
);
