import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation, ConversationSummary, Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;
let agent: string;

const begin = async (title: string) =>
  (await ada.inject({ method: 'POST', url: '/api/conversations', payload: { agent, title } })).json<Conversation>();

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  bob = await hub.createPerson();
  const made = await ada.inject({
    method: 'POST',
    url: '/api/agents',
    payload: { name: 'Desk', definition: { tools: [{ id: 'calculator' }] } },
  });
  agent = made.json<{ handle: string }>().handle;
});
afterAll(() => hub.close());

describe('conversations', () => {
  test('a run begins one, and its messages carry what the run did', async () => {
    const run = (
      await ada.inject({ method: 'POST', url: `/api/agents/${agent}/runs`, payload: { input: 'What is 2 + 3?' } })
    ).json<Run>();
    const messages = (
      await ada.inject({ method: 'GET', url: `/api/conversations/${run.conversationId}/messages` })
    ).json<Page<Message>>();
    expect(messages.items.map(({ role, content }) => [role, content])).toEqual([
      ['assistant', run.output],
      ['user', 'What is 2 + 3?'],
    ]);
    expect(messages.items[0]?.run).toMatchObject({ id: run.id, status: 'completed', steps: run.steps });
    const found = (await ada.inject({ method: 'GET', url: `/api/conversations/${run.conversationId}` })).json();
    expect(found).toMatchObject({ title: 'What is 2 + 3?', source: 'page', activeRun: null, agent: { handle: agent } });
  });

  test.each([
    ['Draw a line chart:\n\n| week | wallets |\n|---|---|\n| 44 | 1210 |', 'Draw a line chart'],
    ['| week | wallets |\n|---|---|\n| 44 | 1210 |', 'week, wallets'],
    ['---\n## **Fees** of [the pool](https://example.org/a)\nin May', 'Fees of the pool'],
    ['```ts\nconst fee = `a | b` ** 2 * 3;\n```', 'const fee = a | b ** 2 * 3;'],
    ['- > `npm start` says __init__.py', 'npm start says __init__.py'],
    ['-5 * 3 * 2 || 1', '-5 * 3 * 2 || 1'],
    ['---', '---'],
    ['这一行很长'.repeat(30), `${'这一行很长'.repeat(16).slice(0, 79)}…`],
  ])('%j is named %j', async (input, title) => {
    const payload = { input };
    const run = (await ada.inject({ method: 'POST', url: `/api/agents/${agent}/runs`, payload })).json<Run>();
    const found = await ada.inject({ method: 'GET', url: `/api/conversations/${run.conversationId}` });
    expect(found.json()).toMatchObject({ title });
  });

  test('are listed newest first, page by page, each once', async () => {
    const titles = ['one', 'two', 'three', 'four', 'five'];
    for (const title of titles) await begin(title);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<ConversationSummary> = (
        await ada.inject({
          method: 'GET',
          url: `/api/conversations?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
        })
      ).json();
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(seen.slice(0, 5)).toEqual(titles.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('are renamed and deleted by their person', async () => {
    const { id } = await begin('old');
    const url = `/api/conversations/${id}`;
    expect((await ada.inject({ method: 'PATCH', url, payload: { title: 'new' } })).json()).toMatchObject({
      title: 'new',
    });
    expect((await ada.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await ada.inject({ method: 'GET', url })).statusCode).toBe(404);
  });

  test('do not exist for anyone else', async () => {
    const { id } = await begin('private');
    const url = `/api/conversations/${id}`;
    for (const [method, end] of [
      ['GET', ''],
      ['GET', '/messages'],
      ['PATCH', ''],
      ['DELETE', ''],
    ] as const) {
      const payload = method === 'PATCH' ? { payload: { title: 'mine' } } : {};
      expect((await bob.inject({ method, url: `${url}${end}`, ...payload })).statusCode).toBe(404);
      expect((await hub.app.inject({ method, url: `${url}${end}`, ...payload })).statusCode).toBe(401);
    }
  });

  test('name all that is wrong with an input', async () => {
    const answer = await ada.inject({
      method: 'POST',
      url: '/api/conversations',
      payload: { title: 7, colour: 'red' },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['body.agent', 'body.title']),
    );
    const cursor = await ada.inject({ method: 'GET', url: '/api/conversations?cursor=bm90IG9uZQ' });
    expect(cursor.statusCode).toBe(400);
  });
});
