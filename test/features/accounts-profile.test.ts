import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignedInBrowser } from '#server/contract/account.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';
import { addKey, addPerson, readCookie, type SignedInPerson } from '#test/support/hub-people.ts';
import { readIssuePaths } from '#test/support/read-problem.ts';

const origin = 'http://localhost';
let hub: TestApp;
let ada: SignedInPerson;

async function signIn(person: { email: string; password: string }, userAgent = 'test') {
  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'user-agent': userAgent },
    payload: { email: person.email, password: person.password },
  });
  return { status: answer.statusCode, headers: { cookie: readCookie(answer.headers['set-cookie']), origin } };
}
const isSignedIn = async (headers: Record<string, string>) =>
  (await hub.app.inject({ url: '/api/keys', headers })).statusCode === 200;
const changePassword = (payload: object, headers: Record<string, string> = ada.headers) =>
  hub.app.inject({ method: 'POST', url: '/api/profile/password', headers, payload });
const rename = (name: string) =>
  hub.app.inject({ method: 'PATCH', url: '/api/profile', headers: ada.headers, payload: { name } });
async function listSessions(headers: Record<string, string> = ada.headers) {
  const answer = await hub.app.inject({ url: '/api/sessions', headers });
  return { body: answer.body, items: answer.json<{ items: SignedInBrowser[] }>().items };
}

beforeAll(async () => {
  hub = await buildTestApp();
});
afterAll(() => hub.close());
beforeEach(async () => {
  ada = await addPerson(hub, 'creator');
});

describe('a person’s own name', () => {
  test('is changed, and seen at once in the session and by other people', async () => {
    expect(await isSignedIn(ada.headers)).toBe(true);
    expect((await rename('  Ada Lovelace ')).json()).toMatchObject({ name: 'Ada Lovelace', email: ada.email });
    const session = await hub.app.inject({ url: '/api/session', headers: ada.headers });
    expect(session.json().person.name).toBe('Ada Lovelace');
    const agent = await ada.inject({ method: 'POST', url: '/api/agents', payload: { name: 'Hers' } });
    expect(agent.json().owner.name).toBe('Ada Lovelace');
  });

  test('is not empty, and nothing else is changed with it', async () => {
    expect(readIssuePaths(await rename('  '))).toEqual(['body.name']);
    const payload = { name: 'Ada', role: 'administrator', email: 'other@example.org' };
    const refused = await hub.app.inject({ method: 'PATCH', url: '/api/profile', headers: ada.headers, payload });
    expect(readIssuePaths(refused)).toEqual(['body.email', 'body.role']);
  });
});

describe('a person’s own password', () => {
  const newPassword = 'quite another sentence';

  test('is changed; this browser stays signed in under a new cookie, all others are out', async () => {
    const elsewhere = await signIn(ada);
    expect(await isSignedIn(elsewhere.headers)).toBe(true);
    const changed = await changePassword({ currentPassword: ada.password, newPassword });
    expect([changed.statusCode, changed.body]).toEqual([204, '']);
    const cookie = readCookie(changed.headers['set-cookie']);
    expect(await isSignedIn({ cookie })).toBe(true);
    expect(await isSignedIn(ada.headers)).toBe(false);
    expect(await isSignedIn(elsewhere.headers)).toBe(false);
    expect((await signIn(ada)).status).toBe(401);
    expect((await signIn({ email: ada.email, password: newPassword })).status).toBe(200);
  });

  test('stays as it is when the current one is wrong, and so do the sessions', async () => {
    const elsewhere = await signIn(ada);
    const refused = await changePassword({ currentPassword: 'a wrong sentence', newPassword });
    expect(refused.json()).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(readIssuePaths(refused)).toEqual(['body.currentPassword']);
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(await isSignedIn(elsewhere.headers)).toBe(true);
    expect((await signIn(ada)).status).toBe(200);
  });

  test('is never a short one', async () => {
    const refused = await changePassword({ currentPassword: ada.password, newPassword: 'short' });
    expect(readIssuePaths(refused)).toEqual(['body.newPassword']);
  });

  test('is not changed by a key, by a stranger, or from another site', async () => {
    const input = { currentPassword: ada.password, newPassword };
    const { headers } = await addKey(ada, { scopes: ['agents:read', 'agents:write', 'runs:write'] });
    expect((await changePassword(input, headers)).json().code).toBe('insufficient_scope');
    expect((await changePassword(input, { origin })).statusCode).toBe(401);
    const foreign = { cookie: ada.headers.cookie, origin: 'https://evil.example' };
    expect((await changePassword(input, foreign)).statusCode).toBe(403);
    expect((await signIn(ada)).status).toBe(200);
  });
});

describe('a person’s sessions', () => {
  test('are listed with their browsers, the one that asks marked, and without their tokens', async () => {
    const phone = await signIn(ada, 'Phone/1.0');
    const { items, body } = await listSessions();
    expect(items.map(({ userAgent, isCurrent }) => [userAgent, isCurrent])).toEqual([
      ['Phone/1.0', false],
      [expect.any(String), true],
    ]);
    expect(items[0]?.address).toBe('127.0.0.1');
    const token = decodeURIComponent(phone.headers.cookie.split('=')[1] ?? '').split('.')[0] ?? '';
    expect(token.length).toBeGreaterThan(20);
    expect(body).not.toContain(token);
  });

  test('are ended one by one; the cookie is useless at once', async () => {
    const phone = await signIn(ada, 'Phone/1.0');
    expect(await isSignedIn(phone.headers)).toBe(true);
    const id = (await listSessions()).items.find(({ userAgent }) => userAgent === 'Phone/1.0')?.id;
    const end = () => hub.app.inject({ method: 'DELETE', url: `/api/sessions/${id}`, headers: ada.headers });
    expect((await end()).statusCode).toBe(204);
    expect(await isSignedIn(phone.headers)).toBe(false);
    expect(await isSignedIn(ada.headers)).toBe(true);
    expect((await end()).statusCode).toBe(404);
  });

  test('are ended all at once but for the one that asks', async () => {
    const others = await Promise.all([signIn(ada), signIn(ada)]);
    const ended = await hub.app.inject({ method: 'DELETE', url: '/api/sessions', headers: ada.headers });
    expect(ended.statusCode).toBe(204);
    expect((await listSessions()).items.map(({ isCurrent }) => isCurrent)).toEqual([true]);
    for (const { headers } of others) expect(await isSignedIn(headers)).toBe(false);
  });

  test('are not seen or ended by anybody else', async () => {
    const eve = await addPerson(hub, 'administrator');
    const [session] = (await listSessions()).items;
    const url = `/api/sessions/${session?.id}`;
    expect((await hub.app.inject({ method: 'DELETE', url, headers: eve.headers })).statusCode).toBe(404);
    expect((await listSessions(eve.headers)).items.map(({ id }) => id)).not.toContain(session?.id);
    expect(await isSignedIn(ada.headers)).toBe(true);
  });
});
