import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { UsageReport } from '#server/contract/usage-report.ts';
import { createAgent, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { startRun, until } from '#test/support/run-engine.ts';

let hub: TestApp;
let ada: TestPerson;
let agent: string;

const run = async (person: Pick<TestPerson, 'inject'>, payload: object) => {
  const { status, run: started } = await startRun(person, agent, { input: '2 + 3', ...payload });
  expect(status).toBe(200);
  return started.conversationId ?? '';
};
const withKey = (key: string): Pick<TestPerson, 'inject'> => ({ inject: (options) => hub.injectWithKey(key, options) });
const list = async (query = '', person: Pick<TestPerson, 'inject'> = ada) =>
  (await person.inject({ url: `/api/conversations${query}` })).json<Page<ConversationSummary>>().items;
const sourceOf = async (conversation: string) =>
  (await ada.inject({ url: `/api/conversations/${conversation}` })).json<ConversationSummary>().source;

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  agent = (await createAgent(ada, { name: 'Desk', definition: { tools: [{ id: 'calculator' }] } })).handle;
  await publish(ada, agent);
});
afterAll(() => hub.close());

describe('a conversation with the draft', () => {
  test('is a preview when the page began it, and no other is', async () => {
    const { key } = await ada.createKey(['runs:write', 'conversations:read']);
    expect(await sourceOf(await run(ada, { version: 'draft' }))).toBe('preview');
    expect(await sourceOf(await run(ada, {}))).toBe('page');
    expect(await sourceOf(await run(ada, { version: 1 }))).toBe('page');
    expect(await sourceOf(await run(withKey(key), { version: 'draft' }))).toBe('api');
  });

  test('stays what it was begun as', async () => {
    const preview = await run(ada, { version: 'draft' });
    const page = await run(ada, {});
    await run(ada, { conversationId: preview });
    await run(ada, { conversationId: page, version: 'draft' });
    expect([await sourceOf(preview), await sourceOf(page)]).toEqual(['preview', 'page']);
  });

  test('that was never published is a conversation like others', async () => {
    const { handle } = await createAgent(ada, { name: 'Unpublished' });
    const { run: started } = await startRun(ada, handle, { input: '2 + 3' });
    expect(await sourceOf(started.conversationId ?? '')).toBe('page');
  });
});

describe('previews', () => {
  test('are listed only when they are asked for, page by page', async () => {
    const previews = [await run(ada, { version: 'draft' }), await run(ada, { version: 'draft' })];
    const page = await run(ada, {});
    const { key } = await ada.createKey(['runs:write', 'conversations:read']);
    for (const person of [ada, withKey(key)]) {
      for (const query of ['', `?agent=${agent}`, '?source=page', '?source=api']) {
        expect((await list(query, person)).filter(({ source }) => source === 'preview')).toEqual([]);
      }
      expect((await list('', person))[0]?.id).toBe(page);
      expect((await list(`?source=preview&agent=${agent}`, person)).slice(0, 2).map(({ id }) => id)).toEqual(
        previews.toReversed(),
      );
    }
    const one = await ada.inject({ url: '/api/conversations?source=preview&limit=1' });
    const { nextCursor } = one.json<Page<ConversationSummary>>();
    expect((await list(`?source=preview&limit=1&cursor=${nextCursor}`))[0]?.id).toBe(previews[0]);
  });

  test('are read, gone on with, renamed and deleted like others, and are nobody else’s', async () => {
    const preview = await run(ada, { version: 'draft' });
    const url = `/api/conversations/${preview}`;
    await run(ada, { version: 'draft', conversationId: preview });
    expect((await ada.inject({ url: `${url}/messages` })).json<Page<unknown>>().items).toHaveLength(4);
    const bo = await hub.createPerson();
    expect((await bo.inject({ url })).statusCode).toBe(404);
    expect(await list('?source=preview', bo)).toEqual([]);
    expect((await ada.inject({ method: 'DELETE', url })).statusCode).toBe(204);
  });

  test('are removed when nobody used them for a week, and their runs still count', async () => {
    const [old, used, page] = [
      await run(ada, { version: 'draft' }),
      await run(ada, { version: 'draft' }),
      await run(ada, {}),
    ];
    const { jobs, database } = hub.services;
    const age = (id: string, days: number) => {
      const updatedAt = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
      return database.prisma.conversation.update({ where: { id }, data: { updatedAt } });
    };
    await Promise.all([age(old, 7.1), age(used, 6.9), age(page, 400)]);
    const readUsage = async () => (await ada.inject({ url: '/api/usage' })).json<UsageReport>().total;
    const before = await readUsage();
    await jobs.start();
    await jobs.send('remove-previews');
    await until(async () => (await ada.inject({ url: `/api/conversations/${old}` })).statusCode === 404);
    expect(await database.prisma.message.count({ where: { conversationId: old } })).toBe(0);
    expect([await sourceOf(used), await sourceOf(page)]).toEqual(['preview', 'page']);
    expect(await readUsage()).toEqual(before);
    expect(before.runs).toBeGreaterThan(2);
  });

  test('are said to be so in the OpenAPI document', async () => {
    const { paths } = (await hub.app.inject('/api/openapi.json')).json();
    expect(paths['/api/conversations'].get.description).toContain('source=preview');
    expect(paths['/api/agents/{agent}/runs'].post.description).toContain('preview');
  });
});
