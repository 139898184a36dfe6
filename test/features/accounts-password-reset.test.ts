import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CreatedPasswordReset } from '#server/contract/account.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';
import { addKey, addPerson, readCookie, type SignedInPerson } from '#test/support/hub-people.ts';
import { readIssuePaths } from '#test/support/read-problem.ts';

const origin = 'http://localhost';
const password = 'quite another sentence';
let hub: TestApp;
let administrator: SignedInPerson;
let ada: SignedInPerson;

const request = (person: string, headers: Record<string, string> = administrator.headers) =>
  hub.app.inject({ method: 'POST', url: `/api/people/${person}/password-reset`, headers });
const makeLink = async () => (await request(ada.actor.userId)).json<CreatedPasswordReset>();
const open = (token: string) => hub.app.inject(`/api/password-resets/open/${token}`);
const accept = (token: string, chosen = password) =>
  hub.app.inject({
    method: 'POST',
    url: '/api/password-resets/accept',
    headers: { origin },
    payload: { token, password: chosen },
  });
const signIn = async (chosen: string) =>
  (await hub.app.inject({ method: 'POST', url: '/api/session', payload: { email: ada.email, password: chosen } }))
    .statusCode;
const isSignedIn = async (headers: Record<string, string>) =>
  (await hub.app.inject({ url: '/api/keys', headers })).statusCode === 200;

beforeAll(async () => {
  hub = await buildTestApp();
  administrator = await addPerson(hub, 'administrator');
});
afterAll(() => hub.close());
beforeEach(async () => {
  ada = await addPerson(hub, 'member');
});

describe('a link to a new password', () => {
  test('is made by an administrator and says whose it is', async () => {
    const made = await request(ada.actor.userId);
    const link = made.json<CreatedPasswordReset>();
    expect([made.statusCode, made.headers['cache-control']]).toEqual([201, 'no-store']);
    expect(Date.parse(link.expiresAt) - Date.now()).toBeLessThanOrEqual(24 * 60 * 60 * 1000);
    const { token, ...shown } = link;
    expect((await open(token)).json()).toEqual(shown);
    expect(shown).toMatchObject({ email: ada.email, name: ada.actor.name });
  });

  test('sets the password once, ends the earlier sessions, and signs in', async () => {
    const { token } = await makeLink();
    expect(await isSignedIn(ada.headers)).toBe(true);
    const answers = await Promise.all([accept(token), accept(token)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
    const accepted = answers.find(({ statusCode }) => statusCode === 200);
    expect(accepted?.json()).toMatchObject({ person: { email: ada.email, role: 'member' } });
    expect(await isSignedIn({ cookie: readCookie(accepted?.headers['set-cookie']) })).toBe(true);
    expect(await isSignedIn(ada.headers)).toBe(false);
    expect([await signIn(ada.password), await signIn(password)]).toEqual([401, 200]);
    expect((await open(token)).statusCode).toBe(404);
  });

  test('changes nothing before it is used', async () => {
    await makeLink();
    expect(await signIn(ada.password)).toBe(200);
    expect(await isSignedIn(ada.headers)).toBe(true);
  });

  test('is replaced by a newer one, and closed by a change of the password', async () => {
    const older = await makeLink();
    const newer = await makeLink();
    expect([(await open(older.token)).statusCode, (await open(newer.token)).statusCode]).toEqual([404, 200]);
    const payload = { currentPassword: ada.password, newPassword: 'chosen by herself' };
    await hub.app.inject({ method: 'POST', url: '/api/profile/password', headers: ada.headers, payload });
    expect((await accept(newer.token)).statusCode).toBe(404);
    expect(await signIn('chosen by herself')).toBe(200);
  });

  test('stops working after a day', async () => {
    const { token } = await makeLink();
    await hub.services.database.prisma.verification.updateMany({
      where: { value: ada.actor.userId },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect((await accept(token)).statusCode).toBe(404);
    expect(await signIn(ada.password)).toBe(200);
  });

  test('is not in the database', async () => {
    const { token } = await makeLink();
    expect(JSON.stringify(await hub.services.database.prisma.verification.findMany())).not.toContain(token);
  });

  test('takes no short password and stays open then', async () => {
    const { token } = await makeLink();
    expect(readIssuePaths(await accept(token, 'short'))).toEqual(['body.password']);
    expect((await open(token)).statusCode).toBe(200);
  });

  test('is made by nobody else, for nobody unknown, and not guessed', async () => {
    const { userId } = administrator.actor;
    expect((await request(userId, ada.headers)).statusCode).toBe(403);
    expect((await request(userId, { origin })).statusCode).toBe(401);
    const { headers } = await addKey(administrator, { scopes: ['agents:read', 'runs:write'] });
    expect((await request(userId, headers)).statusCode).toBe(403);
    expect((await request('nobody')).statusCode).toBe(404);
    expect((await accept('guessed')).statusCode).toBe(404);
  });
});
