import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreatedInvitation } from '#server/contract/account.ts';
import { addPerson, readCookie, type SignedInPerson } from '#test/support/hub-people.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';
import { readIssuePaths } from '#test/support/read-problem.ts';

let hub: TestApp;
let administrator: SignedInPerson;
let member: SignedInPerson;

const origin = 'http://localhost';
const setUpInput = { name: 'Ada', email: 'Ada@Example.org', password: 'correct horse battery' };

async function setUp(payload: object) {
  return hub.app.inject({ method: 'POST', url: '/api/setup', payload });
}

beforeAll(async () => {
  hub = await buildTestApp();
});
afterAll(() => hub.close());

describe('the first administrator', () => {
  test('the session says that the hub needs one', async () => {
    const answer = await hub.app.inject('/api/session');
    expect(answer.json()).toEqual({ needsSetup: true, person: null, can: { createAgents: false, administer: false } });
  });

  test('a token that is not the newest makes nobody an administrator', async () => {
    const older = await hub.services.accounts.openSetup();
    await hub.services.accounts.openSetup();
    const answers = [await setUp({ ...setUpInput, token: 'guessed' }), await setUp({ ...setUpInput, token: older })];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403]);
  });

  test('of two people who use the link at the same time one is let in, signed in, and the way is closed', async () => {
    const token = await hub.services.accounts.openSetup();
    const answers = await Promise.all([
      setUp({ ...setUpInput, token }),
      setUp({ ...setUpInput, email: 'eve@example.org', token }),
    ]);
    const admitted = answers.find(({ statusCode }) => statusCode === 200);
    const refused = answers.find((answer) => answer !== admitted);
    expect([403, 409]).toContain(refused?.statusCode);
    const cookie = readCookie(admitted?.headers['set-cookie']);
    const session = await hub.app.inject({ url: '/api/session', headers: { cookie } });
    expect(session.json()).toMatchObject({
      needsSetup: false,
      person: { role: 'administrator' },
      can: { administer: true },
    });

    expect(await hub.services.accounts.openSetup()).toBeNull();
    expect((await setUp({ ...setUpInput, token })).json()).toMatchObject({ status: 409, code: 'setup_closed' });
  });
});

describe('sessions', () => {
  beforeAll(async () => {
    administrator = await addPerson(hub, 'administrator');
    member = await addPerson(hub, 'member');
  });

  test('signing in sets a cookie that scripts cannot read and other sites do not send', async () => {
    const payload = { email: member.email.toUpperCase(), password: member.password };
    const answer = await hub.app.inject({ method: 'POST', url: '/api/session', payload });
    expect(answer.json()).toMatchObject({
      person: { id: member.actor.userId },
      can: { createAgents: false, administer: false },
    });
    expect([answer.headers['set-cookie']].flat()).toEqual([
      expect.stringMatching(/^atrium\.session_token=.+; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const answers = await Promise.all(
      [member.email, 'nobody@example.org'].map((email) =>
        hub.app.inject({ method: 'POST', url: '/api/session', payload: { email, password: 'wrong horse' } }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
    expect(answers[0]?.json().detail).toBe(answers[1]?.json().detail);
    expect(answers[0]?.headers['set-cookie']).toBeUndefined();
  });

  test('a cookie whose signature is not right belongs to nobody', async () => {
    const cookie = member.headers.cookie.replace(/.{6}$/, 'AAAAAA');
    expect((await hub.app.inject({ url: '/api/keys', headers: { cookie } })).statusCode).toBe(401);
  });

  test('after signing out a copied cookie is useless', async () => {
    const guest = await addPerson(hub, 'member');
    expect((await hub.app.inject({ url: '/api/keys', headers: guest.headers })).statusCode).toBe(200);
    const left = await hub.app.inject({ method: 'DELETE', url: '/api/session', headers: guest.headers });
    expect([left.statusCode, left.body]).toEqual([204, '']);
    expect((await hub.app.inject({ url: '/api/keys', headers: guest.headers })).statusCode).toBe(401);
    expect((await hub.app.inject({ url: '/api/session', headers: guest.headers })).json().person).toBeNull();
  });

  test('nobody signs up from outside', async () => {
    const answers = await Promise.all(
      ['/api/auth/sign-up/email', '/api/people', '/api/session/sign-up'].map((url) =>
        hub.app.inject({ method: 'POST', url, payload: setUpInput }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 405, 404]);
  });
});

describe('people', () => {
  test('an administrator lists them in pages, newest first', async () => {
    const first = await hub.app.inject({ url: '/api/people?limit=2', headers: administrator.headers });
    const { items, nextCursor } = first.json();
    const next = await hub.app.inject({
      url: `/api/people?limit=100&cursor=${nextCursor}`,
      headers: administrator.headers,
    });
    const emails = [...items, ...next.json().items].map(({ email }: { email: string }) => email);
    expect(items).toHaveLength(2);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails).toContain(member.email);
    expect(next.json().nextCursor).toBeNull();
  });

  test('members and strangers do not', async () => {
    expect((await hub.app.inject({ url: '/api/people', headers: member.headers })).statusCode).toBe(403);
    expect((await hub.app.inject('/api/people')).statusCode).toBe(401);
  });

  test('a made-up cursor is a named issue', async () => {
    const answer = await hub.app.inject({ url: '/api/people?cursor=made-up', headers: administrator.headers });
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed', errors: [{ path: 'query.cursor' }] });
  });

  test('a changed role counts at once, also in a session that is open', async () => {
    const url = `/api/people/${member.actor.userId}`;
    const promote = {
      method: 'PATCH',
      url,
      headers: administrator.headers,
      payload: { role: 'administrator' },
    } as const;
    expect((await hub.app.inject({ url: '/api/people', headers: member.headers })).statusCode).toBe(403);
    expect((await hub.app.inject(promote)).json()).toMatchObject({ id: member.actor.userId, role: 'administrator' });
    expect((await hub.app.inject({ url: '/api/people', headers: member.headers })).statusCode).toBe(200);
    await hub.app.inject({ ...promote, payload: { role: 'member' } });
    expect((await hub.app.inject({ url: '/api/people', headers: member.headers })).statusCode).toBe(403);
  });

  test('the last administrator cannot be lost, even by two changes at the same time', async () => {
    const listed = await hub.app.inject({ url: '/api/people?limit=100', headers: administrator.headers });
    const people: { id: string; role: string }[] = listed.json().items;
    const administrators = people.filter(({ role }) => role === 'administrator');
    const changes = await Promise.all(
      administrators.map(({ id }) =>
        hub.app.inject({
          method: 'PATCH',
          url: `/api/people/${id}`,
          headers: administrator.headers,
          payload: { role: 'member' },
        }),
      ),
    );
    expect(administrators.length).toBeGreaterThan(1);
    expect(changes.map(({ statusCode }) => statusCode)).not.toContain(500);
    expect(changes.filter(({ statusCode }) => statusCode === 200).length).toBeLessThan(administrators.length);
    const left = await hub.services.database.prisma.user.count({ where: { role: 'administrator' } });
    expect(left).toBeGreaterThan(0);
  });

  test('an unknown person is not found', async () => {
    administrator = await addPerson(hub, 'administrator');
    const request = {
      method: 'PATCH',
      url: '/api/people/nobody',
      headers: administrator.headers,
      payload: { role: 'member' },
    } as const;
    expect((await hub.app.inject(request)).statusCode).toBe(404);
  });
});

describe('invitations', () => {
  const invite = (payload: object, headers: Record<string, string> = administrator.headers) =>
    hub.app.inject({ method: 'POST', url: '/api/invitations', headers, payload });
  const accept = (token: string) =>
    hub.app.inject({
      method: 'POST',
      url: '/api/invitations/accept',
      headers: { origin },
      payload: { token, name: 'Grace', password: 'a long password' },
    });

  test('a link gives one person a place with its role, once', async () => {
    const invited = await invite({ email: 'Grace@example.org', role: 'creator' });
    const { token } = invited.json<CreatedInvitation>();
    expect(invited.statusCode).toBe(201);
    expect((await hub.app.inject(`/api/invitations/open/${token}`)).json()).toMatchObject({
      email: 'grace@example.org',
      role: 'creator',
    });
    const answers = await Promise.all([accept(token), accept(token)]);
    const [accepted, again] = answers.sort((one, other) => one.statusCode - other.statusCode);
    expect(accepted?.json()).toMatchObject({
      person: { email: 'grace@example.org', role: 'creator' },
      can: { createAgents: true },
    });
    expect(again?.statusCode).toBe(404);
    expect((await hub.app.inject(`/api/invitations/open/${token}`)).statusCode).toBe(404);
  });

  test('the token is in no list and not in the database', async () => {
    const { token } = (await invite({ email: 'listed@example.org', role: 'member' })).json<CreatedInvitation>();
    const listed = await hub.app.inject({ url: '/api/invitations', headers: administrator.headers });
    expect(listed.json().items[0]).toMatchObject({ email: 'listed@example.org', acceptedAt: null });
    expect(listed.body).not.toContain(token);
    expect(JSON.stringify(await hub.services.database.prisma.invitation.findMany())).not.toContain(token);
  });

  test('an expired and a withdrawn link are closed', async () => {
    const expired = (await invite({ email: 'late@example.org', role: 'member' })).json<CreatedInvitation>();
    const withdrawn = (await invite({ email: 'gone@example.org', role: 'member' })).json<CreatedInvitation>();
    await hub.services.database.prisma.invitation.update({
      where: { id: expired.id },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    const url = `/api/invitations/${withdrawn.id}`;
    const deleted = await hub.app.inject({ method: 'DELETE', url, headers: administrator.headers });
    expect(deleted.statusCode).toBe(204);
    expect((await hub.app.inject({ method: 'DELETE', url, headers: administrator.headers })).statusCode).toBe(404);
    expect((await accept(expired.token)).statusCode).toBe(404);
    expect((await accept(withdrawn.token)).statusCode).toBe(404);
  });

  test('somebody who has a place is not invited again', async () => {
    expect((await invite({ email: member.email, role: 'administrator' })).json().code).toBe('conflict');
  });

  test('only administrators invite', async () => {
    expect((await invite({ email: 'x@example.org', role: 'administrator' }, member.headers)).statusCode).toBe(403);
    expect((await invite({ email: 'x@example.org', role: 'administrator' }, { origin })).statusCode).toBe(401);
  });

  test('every wrong and unknown key of an invitation is named', async () => {
    const answer = await invite({ email: 'no address', role: 'owner', isAdmin: true });
    expect(readIssuePaths(answer)).toEqual(['body.email', 'body.isAdmin', 'body.role']);
  });
});
