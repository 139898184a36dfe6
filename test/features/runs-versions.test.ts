import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAgent, patchDraft, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a version', () => {
  let agent: string;
  const asked = () => JSON.stringify(engine.model.requests.at(-1)?.body['messages']);
  beforeAll(async () => {
    const definition = { model: { wishes: ['openai/test-model'] }, instructions: 'First edition.' };
    const access = { visibility: 'hub' };
    agent = (await createAgent(engine.ada, { name: 'Editions', definition: { ...definition, access } })).handle;
    await publish(engine.ada, agent);
    await patchDraft(engine.ada, agent, { revision: 1, changes: { instructions: 'Second edition.' } });
    await publish(engine.ada, agent);
    await patchDraft(engine.ada, agent, { revision: 2, changes: { instructions: 'Draft edition.' } });
  });

  test.each([
    [1, 1, 'First'],
    [2, 2, 'Second'],
    [undefined, 2, 'Second'],
    ['draft', null, 'Draft'],
  ])('%s answers when it is asked for', async (version, shown, edition) => {
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go', ...(version === undefined ? {} : { version }) });
    expect(run.version).toBe(shown);
    expect(asked()).toContain(`${edition} edition.`);
  });

  test('stays as it was for a person who may not edit the agent', async () => {
    const bo = await engine.hub.createPerson();
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(bo, agent, { input: 'Go' });
    expect(run.version).toBe(2);
    expect((await startRun(bo, agent, { input: 'Go', version: 'draft' })).status).toBe(403);
  });

  test.each([3, 2_147_483_648])('%s that was never published is not found', async (version) => {
    const { status, run } = await startRun(engine.ada, agent, { input: 'Go', version, stream: true });
    expect([status, run.code]).toEqual([404, 'not_found']);
  });

  test('is not part of the handle here', async () => {
    expect((await startRun(engine.ada, `${agent}@1`, { input: 'Go' })).status).toBe(404);
  });
});

describe('the use of versions', () => {
  type Use = { items: { version: number; use: object | null }[] };
  type Listed = { items: { id: string }[]; nextCursor: string | null };
  let agent: string;
  const conversations: (string | null)[] = [];
  const list = async (person: TestPerson, query = '') =>
    (await person.inject({ url: `/api/agents/${agent}/versions/1/conversations${query}` })).json<Listed>();
  let bo: TestPerson;
  beforeAll(async () => {
    bo = await engine.hub.createPerson();
    agent = await createRunAgent(engine.ada, { access: { visibility: 'members' } }, 'Used');
    for (const revision of [1, 2]) {
      await publish(engine.ada, agent);
      await patchDraft(engine.ada, agent, { revision, changes: { instructions: `Edition ${revision}.` } });
    }
    const runs: [TestPerson, number | 'draft'][] = [
      [engine.ada, 1],
      [engine.ada, 1],
      [engine.ada, 'draft'],
      [bo, 1],
    ];
    for (const [person, version] of runs) {
      engine.model.script({ text: 'Yes.' });
      conversations.push((await startRun(person, agent, { input: 'Go', version })).run.conversationId);
    }
    engine.model.script({ text: 'Yes.' });
    await startRun(bo, agent, { input: 'Go on', version: 1, conversationId: conversations[3] });
  });

  test('counts conversations and people of each, for the owner alone', async () => {
    const url = `/api/agents/${agent}/versions`;
    expect((await engine.ada.inject({ url })).json<Use>().items).toMatchObject([
      { version: 2, use: { conversations: 0, people: 0, lastAt: null } },
      { version: 1, use: { conversations: 3, people: 2, lastAt: expect.any(String) } },
    ]);
    expect((await bo.inject({ url })).json<Use>().items.map(({ use }) => use)).toEqual([null, null]);
  });

  test('counts the last 30 days, and tells of the last answer at all; tests of the agent are no use', async () => {
    const { prisma } = engine.hub.services.database;
    const endings = { where: { conversationId: conversations[3] ?? '' } };
    await prisma.run.updateMany({ ...endings, data: { startedAt: new Date('2020-01-01T00:00:00Z') } });
    const own = { where: { conversationId: conversations[0] ?? '' } };
    await prisma.run.updateMany({ ...own, data: { startedBy: { kind: 'test' } } });
    const oldest = { where: { conversationId: conversations[1] ?? '' } };
    await prisma.run.updateMany({ ...oldest, data: { startedAt: new Date('2021-01-01T00:00:00Z') } });
    const { items } = (await engine.ada.inject({ url: `/api/agents/${agent}/versions` })).json<Use>();
    expect(items[1]?.use).toEqual({ conversations: 0, people: 0, lastAt: '2021-01-01T00:00:00.000Z' });
  });

  test('leads to one’s own conversations with one, never to another’s', async () => {
    expect((await list(engine.ada)).items.map(({ id }) => id)).toEqual([conversations[1], conversations[0]]);
    expect((await list(bo)).items.map(({ id }) => id)).toEqual([conversations[3]]);
    const first = await list(engine.ada, '?limit=1');
    const second = await list(engine.ada, `?limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([conversations[1], conversations[0]]);
    expect(second.nextCursor).toBeNull();
    const other = await createRunAgent(engine.ada);
    const { id } = (await engine.ada.inject({ url: `/api/agents/${other}` })).json<{ id: string }>();
    const bound = await engine.ada.createKey(['conversations:read'], [id]);
    const headers = { authorization: `Bearer ${bound.key}` };
    const url = `/api/agents/${agent}/versions/1/conversations`;
    expect((await engine.hub.app.inject({ url, headers })).statusCode).toBe(404);
  });
});

describe('a run', () => {
  test('is refused before its first byte when none of its models is connected', async () => {
    const agent = await createRunAgent(engine.ada, { model: { wishes: ['nowhere/model', 'gone/model'] } });
    const { status, run } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
    expect([status, run.code]).toEqual([502, 'model_unavailable']);
    expect(run.detail).toContain('nowhere/model');
    const list = await engine.ada.inject({ url: `/api/conversations?agent=${agent}` });
    expect(list.json()).toMatchObject({ items: [] });
  });

  test('uses the first wish that is connected', async () => {
    const agent = await createRunAgent(engine.ada, { model: { wishes: ['nowhere/model', 'anthropic/test-model'] } });
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run.model).toBe('anthropic/test-model');
  });

  test('brings its metadata back, wherever it is read', async () => {
    const agent = await createRunAgent(engine.ada);
    const metadata = { order: '4711', note: 'Grüße 🚀 "x"', empty: '' };
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go', metadata });
    expect(run.metadata).toEqual(metadata);
    expect((await engine.ada.inject({ url: `/api/runs/${run.id}` })).json()).toMatchObject({ metadata });
  });
});
