import { afterAll, beforeAll, expect, test } from 'vitest';
import { addKey, addPerson, type SignedInPerson } from '#test/support/hub-people.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';
import { readIssuePaths } from '#test/support/read-problem.ts';

let hub: TestApp;
let administrator: SignedInPerson;
let creator: SignedInPerson;
let keyId: string;

type StoredRun = { userId: string; apiKeyId?: string; model: string; costUsd: string | null; startedAt: string };

async function storeRun({ userId, apiKeyId, model, costUsd, startedAt }: StoredRun) {
  const id = crypto.randomUUID();
  const time = new Date(startedAt);
  await hub.services.database.prisma.run.create({
    data: {
      id,
      agentId: 'agent-1',
      userId,
      apiKeyId: apiKeyId ?? null,
      status: 'completed',
      model,
      inputTokens: 100,
      outputTokens: 20,
      cachedInputTokens: 10,
      reasoningTokens: 5,
      costUsd,
      startedAt: time,
      endedAt: time,
    },
  });
}

async function report(person: SignedInPerson, query: string) {
  return hub.app.inject({
    url: `/api/usage?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z&${query}`,
    headers: person.headers,
  });
}

beforeAll(async () => {
  hub = await buildTestApp();
  administrator = await addPerson(hub, 'administrator');
  creator = await addPerson(hub, 'creator');
  keyId = (await addKey(creator, { scopes: ['runs:write'] })).id;
  await hub.services.database.prisma.agent.create({
    data: {
      id: 'agent-1',
      handle: 'token-analyst',
      name: 'Token analyst',
      category: 'analysis',
      draft: {},
      ownerId: creator.actor.userId,
    },
  });
  const mine = { userId: creator.actor.userId };
  await storeRun({ ...mine, model: 'openai/a', costUsd: '0.1', startedAt: '2026-03-01T00:00:00Z' });
  await storeRun({ ...mine, model: 'openai/a', costUsd: '0.2', startedAt: '2026-03-01T23:59:59Z', apiKeyId: keyId });
  await storeRun({ ...mine, model: 'local/b', costUsd: null, startedAt: '2026-03-02T00:00:00Z' });
  await storeRun({ ...mine, model: 'openai/a', costUsd: '9', startedAt: '2026-04-01T00:00:00Z' });
  await storeRun({
    userId: administrator.actor.userId,
    model: 'openai/a',
    costUsd: '1',
    startedAt: '2026-03-02T12:00:00Z',
  });
});
afterAll(() => hub.close());

test('a person sees their own runs by day, and an unknown cost is never a zero', async () => {
  const { rows, total } = (await report(creator, 'groupBy=day')).json();
  expect(rows).toMatchObject([
    { group: '2026-03-01', runs: 2, costUsd: 0.3, runsWithUnknownCost: 0 },
    { group: '2026-03-02', runs: 1, costUsd: 0, runsWithUnknownCost: 1 },
  ]);
  expect(total).toMatchObject({
    runs: 3,
    costUsd: 0.3,
    runsWithUnknownCost: 1,
    usage: { inputTokens: 300, outputTokens: 60, cachedInputTokens: 30, reasoningTokens: 15 },
  });
});

test.each([
  ['agent', [{ group: 'agent-1', label: 'Token analyst', runs: 3 }]],
  [
    'model',
    [
      { group: 'openai/a', runs: 2 },
      { group: 'local/b', runs: 1 },
    ],
  ],
  [
    'key',
    [
      { group: 'page', label: 'Page', runs: 2 },
      { label: 'test', runs: 1 },
    ],
  ],
  ['person', [{ label: expect.stringMatching(/^Person/), runs: 3 }]],
])('runs are summed by %s, the most used first', async (groupBy, expected) => {
  const { rows } = (await report(creator, `groupBy=${groupBy}`)).json();
  expect(rows).toMatchObject(expected);
  expect(rows).toHaveLength(expected.length);
});

test('a deleted key keeps its row', async () => {
  const key = await addKey(creator, { scopes: ['runs:write'] });
  await storeRun({
    userId: creator.actor.userId,
    apiKeyId: key.id,
    model: 'openai/a',
    costUsd: '0',
    startedAt: '2026-05-01T00:00:00Z',
  });
  await hub.app.inject({ method: 'DELETE', url: `/api/keys/${key.id}`, headers: creator.headers });
  const url = '/api/usage?from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z&groupBy=key';
  const answer = await hub.app.inject({ url, headers: creator.headers });
  expect(answer.json().rows).toMatchObject([{ group: 'deleted-keys', label: 'Deleted keys', runs: 1 }]);
});

test('only an administrator sees everybody’s, also by key', async () => {
  expect((await report(administrator, 'person=all')).json().total).toMatchObject({ runs: 4, costUsd: 1.3 });
  expect((await report(creator, 'person=all')).json().code).toBe('forbidden');
  const { headers } = await addKey(administrator, { scopes: ['admin'] });
  const byKey = await hub.app.inject({ url: '/api/usage?person=all', headers });
  expect(byKey.statusCode).toBe(200);
});

test('a stranger and a key without the scope see nothing', async () => {
  const { headers } = await addKey(administrator, { scopes: ['agents:read'] });
  expect((await hub.app.inject('/api/usage')).statusCode).toBe(401);
  expect((await hub.app.inject({ url: '/api/usage', headers })).json().code).toBe('insufficient_scope');
});

test('an empty span of time and an unknown group are named', async () => {
  const backwards = '/api/usage?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z';
  expect((await hub.app.inject({ url: backwards, headers: creator.headers })).json().errors[0].path).toBe('query.from');
  const answer = await report(creator, 'groupBy=colour&person=them');
  expect(readIssuePaths(answer)).toEqual(['query.groupBy', 'query.person']);
});

test('a hub without runs has a total of nothing', async () => {
  const url = '/api/usage?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z';
  const answer = await hub.app.inject({ url, headers: creator.headers });
  expect(answer.json()).toMatchObject({ rows: [], total: { runs: 0, costUsd: 0, runsWithUnknownCost: 0 } });
});

test('owners see what others used of their agents, without names', async () => {
  const rows = (await report(creator, 'person=my-agents&groupBy=agent')).json().rows;
  expect(rows).toMatchObject([{ label: 'Token analyst', runs: 1, costUsd: 1 }]);
  for (const group of ['person', 'key']) {
    expect(readIssuePaths(await report(creator, `person=my-agents&groupBy=${group}`))).toEqual(['query.groupBy']);
  }
  expect((await report(administrator, 'person=my-agents')).json().total.runs).toBe(0);
});

test('an administrator sees one person, and nobody else does', async () => {
  const one = `personId=${creator.actor.userId}`;
  expect((await report(administrator, one)).json().total).toMatchObject({ runs: 3, costUsd: 0.3 });
  expect((await report(creator, one)).json().total.runs).toBe(3);
  const other = await report(creator, `personId=${administrator.actor.userId}`);
  expect(other.json().code).toBe('forbidden');
});

test('a table for a spreadsheet holds every number, and no name in it is a formula', async () => {
  const name = '=HYPERLINK("https://evil.example","a, b")';
  await hub.services.database.prisma.user.update({ where: { id: administrator.actor.userId }, data: { name } });
  const span = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';
  const url = `/api/usage.csv?${span}&person=all&groupBy=person`;
  const answer = await hub.app.inject({ url, headers: administrator.headers });
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe(
    'attachment; filename="usage-by-person-2026-03-01-2026-04-01.csv"',
  );
  const [head, mine, theirs, total, end] = answer.body.split('\r\n');
  expect(head).toBe(
    '\ufeffperson,id,runs,input_tokens,output_tokens,cached_input_tokens,reasoning_tokens,cost_usd,runs_with_unknown_cost',
  );
  expect(mine).toMatch(/^Person 2,[^,]+,3,300,60,30,15,0\.3,1$/);
  expect(theirs?.startsWith(`"'=HYPERLINK(""https://evil.example"",""a, b"")",`)).toBe(true);
  expect([total, end]).toEqual(['Total,total,4,400,80,40,20,1.3,1', '']);
  const refused = await hub.app.inject({ url, headers: creator.headers });
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden']);
});
