import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Conversation } from '#server/contract/conversation.ts';
import type { News } from '#server/contract/news.ts';
import { createNewsRepository } from '#server/features/news/news-repository.ts';
import { createNewsService } from '#server/features/news/news-service.ts';
import { ask, createPublished, patchDraft, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { startRun } from '#test/support/run-engine.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;
let agent: string;
let place: string;

type Heard = { id: string; news: News };

/** An open page of a person, as the browser's own reader of streams has it. */
async function openPage(person: Pick<TestPerson, 'cookie'>, last?: string) {
  const leaving = new AbortController();
  const response = await fetch(`${place}/api/news`, {
    headers: { cookie: person.cookie, ...(last !== undefined && { 'last-event-id': last }) },
    signal: leaving.signal,
  });
  const heard: Heard[] = [];
  const ended = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(frame) ?? [];
        if (id !== undefined && data !== undefined) heard.push({ id, news: JSON.parse(data) as News });
      }
    }
  })().catch(() => undefined);
  return { status: response.status, heard, ended, leave: () => leaving.abort() };
}
const newsOf = ({ heard }: { heard: Heard[] }) => heard.map(({ news }) => news);

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson({ name: 'Ada' });
  bob = await hub.createPerson({ name: 'Bob' });
  agent = (await createPublished(ada, { name: 'Helper', visibility: 'members' })).id;
  place = await hub.listen();
});
afterAll(() => hub.close());

test('each open page of a person hears what changes among their conversations, and nobody else does', async () => {
  const pages = [await openPage(ada), await openPage(ada)];
  const other = await openPage(bob);
  const { run } = await startRun(ada, agent, { input: '2 + 2' });
  const conversation = run.conversationId ?? '';
  const turn = { type: 'conversation', conversation, run: run.id };
  for (const page of pages) await expect.poll(() => newsOf(page)).toEqual([turn, turn]);

  const url = `/api/conversations/${conversation}`;
  await ask<Conversation>(ada, { method: 'PATCH', url, payload: { title: 'Sums' } });
  await ask<Conversation>(ada, { method: 'PATCH', url, payload: { pinned: true } });
  await ada.inject({ method: 'POST', url: '/api/conversation-folders', payload: { name: 'Work' } });
  await ada.inject({ method: 'DELETE', url });
  const change = { type: 'conversation', conversation, run: null };
  const all = [turn, turn, change, change, { type: 'folders' }, change];
  for (const page of pages) await expect.poll(() => newsOf(page)).toEqual(all);
  expect(newsOf(other)).toEqual([]);
  for (const page of [...pages, other]) page.leave();

  // Who comes back hears what was missed; who was away for too long reads all anew.
  const back = await openPage(ada, pages[0]?.heard[3]?.id);
  await expect.poll(() => newsOf(back).slice(-2)).toEqual(all.slice(-2));
  const late = await openPage(ada, 'long-gone');
  await expect.poll(() => newsOf(late)).toEqual([{ type: 'reset' }]);
  back.leave();
  late.leave();
});

test('who may see an agent hears of its new version, and its owner of a draft that looks otherwise', async () => {
  const own = await createPublished(ada, { name: 'Own', visibility: 'private' });
  const [page, other] = [await openPage(ada), await openPage(bob)];
  const identity = { ...own.definition.identity, name: 'Own desk' };
  const drawn = await patchDraft(ada, own.id, { revision: own.draftRevision ?? 0, changes: { identity } });
  expect(drawn.status).toBe(200);
  await publish(ada, own.id);
  const mine = { type: 'agent', agent: own.id };
  await expect.poll(() => newsOf(page)).toEqual([mine, mine]);
  await publish(ada, agent);
  await expect.poll(() => newsOf(other)).toEqual([{ type: 'agent', agent }]);
  for (const open of [page, other]) open.leave();
});

test('a person has so many streams and no more, and a key has none', async () => {
  const cyd = await hub.createPerson({ name: 'Cyd' });
  const pages = await Promise.all(Array.from({ length: 12 }, () => openPage(cyd)));
  expect((await openPage(cyd)).status).toBe(429);
  expect((await openPage(bob)).status).toBe(200);
  pages[0]?.leave();
  await expect.poll(async () => (await openPage(cyd)).status).toBe(200);
  const { key } = await cyd.createKey(['conversations:read']);
  expect((await hub.injectWithKey(key, { url: '/api/news' })).statusCode).toBe(403);
  expect((await hub.app.inject('/api/news')).statusCode).toBe(401);
});

test('the streams of a person end with their sessions', async () => {
  const page = await openPage(bob);
  await bob.inject({ method: 'DELETE', url: '/api/sessions' });
  await page.ended;
  expect(page.status).toBe(200);
});

test('what happens in one process of the hub is heard in the others', async () => {
  const { database } = hub.services;
  const open = (instanceId: string) =>
    createNewsService({
      repository: createNewsRepository({ database, instanceId }),
      now: () => new Date(),
      logError: (error) => expect(error).toBeNull(),
    });
  const [here, there] = [open('here'), open('there')] as const;
  const leaving = new AbortController();
  const followed = there.follow(ada.actor, undefined);
  const reading = followed.read(leaving.signal)[Symbol.asyncIterator]();
  const news = { type: 'conversation', conversation: 'c1', run: null } as const;
  here.announce(ada.actor.userId, news);
  const { value } = (await reading.next()) as { value: { id: string; news: News }[] };
  expect(value.map((item) => item.news)).toEqual([news]);
  leaving.abort();
  followed.leave();
  here.stop();
  there.stop();
});
