import { afterAll, beforeAll, expect, test } from 'vitest';
import { addKey, addPerson, type SignedInPerson } from '#test/support/hub-people.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';

let hub: TestApp;
let creator: SignedInPerson;

const payload = { name: 'made by a page', scopes: ['runs:write'] };
const createKey = (headers: Record<string, string>) =>
  hub.app.inject({ method: 'POST', url: '/api/keys', headers, payload });

beforeAll(async () => {
  hub = await buildTestApp();
  creator = await addPerson(hub, 'creator');
});
afterAll(() => hub.close());

test.each<[string, Record<string, string>]>([
  ['another site', { origin: 'https://evil.example' }],
  ['another port of this machine', { origin: 'http://localhost:8080', host: 'localhost:3000' }],
  ['a name that only begins alike', { origin: 'http://localhost.evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbouring site', { 'sec-fetch-site': 'same-site', origin: 'http://localhost' }],
  ['nowhere', {}],
])('a session changes nothing when the request comes from %s', async (_place, headers) => {
  const before = await hub.services.database.prisma.apiKey.count();
  const answer = await createKey({ cookie: creator.headers.cookie, ...headers });
  expect(answer.json().code).toBe('forbidden');
  expect(await hub.services.database.prisma.apiKey.count()).toBe(before);
});

test.each<[string, Record<string, string>]>([
  ['the hub’s origin', { origin: 'http://localhost' }],
  ['the hub’s origin on a port', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }],
  ['a browser that says same-origin', { 'sec-fetch-site': 'same-origin' }],
  [
    'the hub’s page behind a proxy that changes the host',
    { 'sec-fetch-site': 'same-origin', origin: 'https://hub.example', host: '10.0.0.5:3000' },
  ],
])('a session changes things from %s', async (_place, headers) => {
  expect((await createKey({ cookie: creator.headers.cookie, ...headers })).statusCode).toBe(201);
});

test('another site cannot sign a person in or out', async () => {
  const headers = { origin: 'https://evil.example' };
  const login = { email: creator.email, password: creator.password };
  const signIn = await hub.app.inject({ method: 'POST', url: '/api/session', headers, payload: login });
  const signOut = await hub.app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { ...headers, cookie: creator.headers.cookie },
  });
  expect([signIn.statusCode, signOut.statusCode]).toEqual([403, 403]);
  expect(signIn.headers['set-cookie']).toBeUndefined();
});

test('reading works without an origin, and no other site is told that it may read', async () => {
  const answer = await hub.app.inject({
    url: '/api/keys',
    headers: { cookie: creator.headers.cookie, origin: 'https://evil.example' },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test('a key needs no origin', async () => {
  const administrator = await addPerson(hub, 'administrator');
  const { headers } = await addKey(administrator, { scopes: ['admin'] });
  const invitation = { email: 'new@example.org', role: 'member' };
  const answer = await hub.app.inject({ method: 'POST', url: '/api/invitations', headers, payload: invitation });
  expect(answer.statusCode).toBe(201);
});
