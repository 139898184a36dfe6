import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import type { ConversationFolder } from '#server/contract/conversation-folder.ts';
import type { ConversationHit } from '#server/contract/conversation-hit.ts';
import type { Page } from '#server/contract/page.ts';
import { createConversationDeleter } from '#server/features/conversations/delete-conversations.ts';
import { createAgent } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { startRun } from '#test/support/run-engine.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;
let agent: string;

const say = async (input: string, more: object = {}) => {
  const { status, run } = await startRun(ada, agent, { input, ...more });
  expect(status).toBe(200);
  return run.conversationId ?? '';
};
const change = (id: string, payload: object, person = ada) =>
  person.inject({ method: 'PATCH', url: `/api/conversations/${id}`, payload });
const list = async (query: string) =>
  (await ada.inject({ url: `/api/conversations?${query}` }))
    .json<Page<ConversationSummary>>()
    .items.map(({ id }) => id);
const find = async (search: string, person: Pick<TestPerson, 'inject'> = ada, more = '') =>
  (await person.inject({ url: `/api/conversation-hits?search=${encodeURIComponent(search)}${more}` })).json<
    Page<ConversationHit>
  >();
const createFolder = async (name: string, person = ada) =>
  (
    await person.inject({ method: 'POST', url: '/api/conversation-folders', payload: { name } })
  ).json<ConversationFolder>();

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  bob = await hub.createPerson();
  agent = (await createAgent(ada, { name: 'Desk', definition: { tools: [{ id: 'calculator' }] } })).handle;
});
afterAll(() => hub.close());

describe('a conversation is kept in order', () => {
  test('pinned and archived ones are listed apart', async () => {
    const [pinned, archived, plain] = [await say('2 + 1'), await say('2 + 2'), await say('2 + 3')];
    expect((await change(pinned, { pinned: true })).json()).toMatchObject({ isPinned: true });
    expect((await change(archived, { archived: true })).json()).toMatchObject({ isArchived: true });
    expect(await list('pinned=true')).toEqual([pinned]);
    expect(await list('pinned=false')).toEqual([plain]);
    expect(await list('archived=true')).toEqual([archived]);
    expect(await list('')).toEqual([plain, pinned]);
    await change(archived, { archived: false });
    expect(await list('archived=true')).toEqual([]);
  });

  test('a folder that is deleted leaves what lay in it', async () => {
    const folder = await createFolder('Work');
    const id = await say('3 + 3');
    expect((await change(id, { folder: folder.id })).json()).toMatchObject({ folder: folder.id });
    expect(await list(`folder=${folder.id}`)).toEqual([id]);
    expect(await list('folder=none')).not.toContain(id);
    const url = `/api/conversation-folders/${folder.id}`;
    expect((await ada.inject({ method: 'PATCH', url, payload: { name: 'Home' } })).json()).toMatchObject({
      name: 'Home',
    });
    expect((await ada.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await ada.inject({ url: '/api/conversation-folders' })).json()).toEqual({ items: [] });
    expect(await list('folder=none')).toContain(id);
  });

  test("nobody files into, renames or deletes somebody else's folder", async () => {
    const folder = await createFolder('Private');
    const url = `/api/conversation-folders/${folder.id}`;
    const theirs = await createFolder('Theirs', bob);
    expect((await change(await say('4 + 4'), { folder: theirs.id })).statusCode).toBe(404);
    expect((await bob.inject({ method: 'PATCH', url, payload: { name: 'Mine' } })).statusCode).toBe(404);
    expect((await bob.inject({ method: 'DELETE', url })).statusCode).toBe(404);
    expect((await hub.app.inject({ url: '/api/conversation-folders' })).statusCode).toBe(401);
    expect((await change(await say('5 + 5'), {})).statusCode).toBe(400);
  });
});

describe('a search', () => {
  test('finds parts of words, all of them in one message, and marks them', async () => {
    const id = await say('The Aardvark dug\n   under the southern fence, 100% sure. 7 + 8');
    await say('An aardvark slept. 7 + 9');
    const { items } = await find('ardVa fenc');
    expect(items.map(({ conversation }) => conversation.id)).toEqual([id]);
    // The agent quotes it, so its answer is the newest message that has it.
    const { snippet = [] } = items[0] ?? {};
    expect(snippet.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(['ardva', 'fenc']);
    expect(snippet.map(({ text }) => text).join('')).toContain('The Aardvark dug under the southern fence');
    await say('## Fees\n\n| **kind** | rate |\n|---|---|\n| `swap` | 3 + 8 |');
    const [formed] = (await find('swap')).items;
    expect(formed?.snippet.map(({ text }) => text).join('')).toContain('Fees kind rate swap 3 + 8');
    expect((await find('0% sure')).items).toHaveLength(1);
    expect((await find('1%0')).items).toHaveLength(0);
    expect((await find('aard_ark')).items).toHaveLength(0);
  });

  test('finds Chinese words of two letters, and titles', async () => {
    const id = await say('我想知道上海的天气 8 + 9');
    expect((await find('上海')).items[0]).toMatchObject({
      conversation: { id },
      message: expect.any(String) as string,
    });
    await change(id, { title: '关于气候' });
    expect((await find('气候')).items[0]).toMatchObject({
      message: null,
      snippet: [{ text: '关于' }, { text: '气候', isHit: true }],
    });
  });

  test('answers page by page, each conversation once', async () => {
    for (const number of [1, 2, 3]) await say(`A zeppelin and a zeppelin ${number} + 1`);
    const first = await find('zeppelin', ada, '&limit=2');
    const second = await find('zeppelin', ada, `&limit=2&cursor=${first.nextCursor}`);
    const ids = [...first.items, ...second.items].map(({ conversation }) => conversation.id);
    expect([first.items.length, second.items.length, new Set(ids).size]).toEqual([2, 1, 3]);
    expect(second.nextCursor).toBeNull();
  });

  test("finds nothing of anybody else's, and a bound key nothing of another agent", async () => {
    await say('The secret marmot 6 + 6');
    expect((await find('marmot')).items).toHaveLength(1);
    expect((await find('marmot', bob)).items).toHaveLength(0);
    const other = (await createAgent(ada, { name: 'Other' })).handle;
    const { key } = await ada.createKey(['conversations:read'], [other]);
    expect((await find('marmot', { inject: (options) => hub.injectWithKey(key, options) })).items).toHaveLength(0);
    expect((await find('marmot', ada, `&agent=${other}`)).items).toHaveLength(0);
    expect((await ada.inject({ url: '/api/conversation-hits?search=%20' })).statusCode).toBe(400);
  });
});

test('old temporary conversations go in one go, however many, past those that cannot go yet', async () => {
  const left = new Set(Array.from({ length: 1203 }, (_, place) => place));
  const isBusy = (id: number) => id % 100 === 0;
  const asked: number[] = [];
  const { removeTemporary } = createConversationDeleter({
    repository: {
      listOld: async (_sources, _before, { limit, offset }) => {
        asked.push(offset);
        return [...left].slice(offset, offset + limit).map(String);
      },
      listOfPerson: async () => [],
      listOf: async () => [],
      remove: async (ids) => ids.filter((id) => !isBusy(Number(id)) && left.delete(Number(id))),
      hide: async () => true,
    },
    stopRuns: async () => undefined,
  });
  await removeTemporary(new Date());
  expect([...left]).toEqual(Array.from({ length: 13 }, (_, place) => place * 100));
  expect(asked).toEqual([0, 5, 10]);
});
