import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addKey, addPerson, type SignedInPerson } from '#test/support/hub-people.ts';
import type { KeyHolder } from '#server/features/keys/key-repository.ts';
import { createKeyResolver } from '#server/features/keys/resolve-key.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';
import { readIssuePaths, readProblem } from '#test/support/read-problem.ts';

let hub: TestApp;
let administrator: SignedInPerson;
let creator: SignedInPerson;

const createKey = (person: SignedInPerson, payload: object) =>
  hub.app.inject({ method: 'POST', url: '/api/keys', headers: person.headers, payload });
const useKey = (authorization: string) => hub.app.inject({ url: '/api/session', headers: { authorization } });
const listKeys = async (person: SignedInPerson) =>
  (await hub.app.inject({ url: '/api/keys?limit=100', headers: person.headers })).json().items as {
    id: string;
    requestCount: number;
  }[];

beforeAll(async () => {
  hub = await buildTestApp();
  administrator = await addPerson(hub, 'administrator');
  creator = await addPerson(hub, 'creator');
});
afterAll(() => hub.close());

describe('making keys', () => {
  test('a key is shown once, and neither listed nor stored', async () => {
    const { key, id, prefix } = await addKey(creator, { scopes: ['runs:write'] });
    expect(key).toMatch(/^atr_[0-9A-Za-z]{43}$/);
    expect(key.startsWith(prefix)).toBe(true);
    const listed = await hub.app.inject({ url: '/api/keys', headers: creator.headers });
    expect(listed.json().items).toContainEqual(expect.objectContaining({ id, prefix, scopes: ['runs:write'] }));
    expect(listed.body).not.toContain(key);
    const stored = await hub.services.database.prisma.apiKey.findUniqueOrThrow({ where: { id } });
    expect(Object.values(stored)).not.toContain(key);
  });

  test('only an administrator makes a key with the scope admin', async () => {
    expect((await createKey(creator, { name: 'all', scopes: ['admin'] })).json().code).toBe('forbidden');
    expect((await createKey(administrator, { name: 'all', scopes: ['admin'] })).statusCode).toBe(201);
  });

  test('everything that is wrong is named', async () => {
    const answer = await createKey(creator, { name: '', scopes: ['runs:write', 'everything'], owner: 'me' });
    expect(readIssuePaths(answer)).toEqual(['body.name', 'body.owner', 'body.scopes.1']);
  });

  test('an expiry in the past and an agent that is not there are refused', async () => {
    const past = await createKey(creator, { name: 'late', scopes: ['runs:write'], expiresAt: '2020-01-01T00:00:00Z' });
    const unbound = await createKey(creator, { name: 'bound', scopes: ['runs:write'], agents: ['no-such-agent'] });
    expect(past.json().errors[0].path).toBe('body.expiresAt');
    expect(unbound.json().errors[0].path).toBe('body.agents.0');
  });

  test('a key cannot make, list or delete keys', async () => {
    const { headers, id } = await addKey(creator, { scopes: ['agents:read', 'agents:write', 'runs:write'] });
    const answers = [
      await hub.app.inject({
        method: 'POST',
        url: '/api/keys',
        headers,
        payload: { name: 'x', scopes: ['runs:write'] },
      }),
      await hub.app.inject({ url: '/api/keys', headers }),
      await hub.app.inject({ method: 'DELETE', url: `/api/keys/${id}`, headers }),
    ];
    expect(answers.map((answer) => readProblem(answer).code)).toEqual(Array(3).fill('insufficient_scope'));
  });
});

describe('using keys', () => {
  test('a key speaks for its person', async () => {
    const { headers } = await addKey(creator, { scopes: ['runs:write'] });
    const answer = await hub.app.inject({ url: '/api/session', headers });
    expect(answer.json()).toMatchObject({
      person: { id: creator.actor.userId },
      can: { createAgents: false, administer: false },
    });
  });

  test('a key wins over the cookie that comes with it', async () => {
    const { headers } = await addKey(creator, { scopes: ['runs:write'] });
    const answer = await hub.app.inject({ url: '/api/people', headers: { ...administrator.headers, ...headers } });
    expect(answer.json().code).toBe('insufficient_scope');
  });

  test('an expired, a deleted and an invented key each say what is wrong', async () => {
    const { id, headers } = await addKey(creator, {
      scopes: ['runs:write'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    await hub.services.database.prisma.apiKey.update({
      where: { id },
      data: { expiresAt: new Date(Date.now() - 60_000) },
    });
    const expired = await useKey(headers.authorization);
    const deleted = await addKey(creator, { scopes: ['runs:write'] });
    expect((await useKey(deleted.headers.authorization)).statusCode).toBe(200);
    await hub.app.inject({ method: 'DELETE', url: `/api/keys/${deleted.id}`, headers: creator.headers });
    const answers = [expired, await useKey(deleted.headers.authorization), await useKey('Bearer atr_invented')];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    expect(answers[0]?.json().detail).toContain('expired on');
    expect(answers[1]?.json().detail).toContain('may have been deleted');
    expect(answers[2]?.headers['www-authenticate']).toContain('error="invalid_token"');
    expect((await useKey('Basic YTpi')).statusCode).toBe(401);
  });

  test('a key that is deleted while it is being looked up is not remembered', async () => {
    const holder: KeyHolder = {
      id: 'key-1',
      scopes: ['runs:write'],
      agentIds: [],
      expiresAt: null,
      person: { id: 'person-1', name: 'Ada', role: 'creator' },
    };
    let looks = 0;
    const resolver = createKeyResolver({
      repository: {
        findHolder: async () => {
          looks += 1;
          if (looks > 1) return null;
          resolver.forgetKey(holder.id);
          return holder;
        },
      },
      countUse: () => {},
    });
    expect(await resolver.resolveKey(`atr_${'a'.repeat(43)}`)).toBeNull();
    expect(looks).toBe(2);
  });

  test('an administrator’s key loses the administrator’s routes with the role', async () => {
    const guest = await addPerson(hub, 'administrator');
    const { headers } = await addKey(guest, { scopes: ['admin'] });
    expect((await hub.app.inject({ url: '/api/people', headers })).statusCode).toBe(200);
    const url = `/api/people/${guest.actor.userId}`;
    await hub.app.inject({ method: 'PATCH', url, headers: administrator.headers, payload: { role: 'member' } });
    expect((await hub.app.inject({ url: '/api/people', headers })).json().code).toBe('forbidden');
  });

  test('a key without the scope is told which one it needs', async () => {
    const { headers } = await addKey(administrator, { scopes: ['runs:write'] });
    const answer = await hub.app.inject({ url: '/api/people', headers });
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="atrium", error="insufficient_scope", scope="admin"');
  });

  test('use is counted exactly, in the list and in the database', async () => {
    const { id, headers } = await addKey(creator, { scopes: ['runs:write'] });
    await Promise.all(Array.from({ length: 20 }, () => useKey(headers.authorization)));
    expect((await listKeys(creator)).find((key) => key.id === id)?.requestCount).toBe(20);
    await useKey(headers.authorization);
    await hub.services.keys.flush();
    const stored = await hub.services.database.prisma.apiKey.findUniqueOrThrow({ where: { id } });
    expect(stored.requestCount).toBe(21n);
    expect(stored.lastUsedAt).not.toBeNull();
  });
});

describe('changing keys', () => {
  const change = (id: string, payload: object, headers: Record<string, string>) =>
    hub.app.inject({ method: 'PATCH', url: `/api/keys/${id}`, headers, payload });

  test('a key gets another name or budget, and keeps what was not said', async () => {
    const budget = { maximumTokens: 1000, maximumUsd: 2.5 };
    const made = await createKey(creator, { name: 'script', scopes: ['runs:write'], budget: { maximumTokens: 5 } });
    const { id } = made.json<{ id: string }>();
    expect(made.json().budget).toEqual({ maximumTokens: 5, maximumUsd: null });
    expect((await change(id, { budget }, creator.headers)).json()).toMatchObject({ name: 'script', budget });
    const renamed = (await change(id, { name: 'report' }, creator.headers)).json();
    expect(renamed).toMatchObject({ name: 'report', budget, spentThisMonth: { tokens: 0, costUsd: 0 } });
    expect(renamed.key).toBeUndefined();
  });

  test('only its person changes it, in the page, and with limits that are some', async () => {
    const { id, headers } = await addKey(creator, { scopes: ['runs:write'] });
    expect((await change(id, { name: 'mine now' }, administrator.headers)).statusCode).toBe(404);
    expect(readProblem(await change(id, { budget: {} }, headers)).code).toBe('insufficient_scope');
    const wrong = await change(id, { budget: { maximumTokens: 0, maximumUsd: 0 }, scopes: ['admin'] }, creator.headers);
    expect(readIssuePaths(wrong)).toEqual(['body.budget.maximumTokens', 'body.budget.maximumUsd', 'body.scopes']);
  });
});

describe('someone else’s keys', () => {
  test('are neither listed nor deleted, not even by an administrator', async () => {
    const { id, headers } = await addKey(creator, { scopes: ['runs:write'] });
    expect((await listKeys(administrator)).map((key) => key.id)).not.toContain(id);
    const url = `/api/keys/${id}`;
    expect((await hub.app.inject({ method: 'DELETE', url, headers: administrator.headers })).statusCode).toBe(404);
    expect((await useKey(headers.authorization)).statusCode).toBe(200);
  });

  test('strangers see no keys', async () => {
    expect((await hub.app.inject('/api/keys')).json().code).toBe('unauthenticated');
  });
});
