import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { ReceivedFeedbackList } from '#server/contract/feedback.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let owner: TestPerson;
let guest: TestPerson;
let agent: string;

async function ask(input: string) {
  const run = (
    await guest.inject({ method: 'POST', url: `/api/agents/${agent}/runs`, payload: { input } })
  ).json<Run>();
  const url = `/api/conversations/${run.conversationId}/messages`;
  const read = async () => (await guest.inject({ url })).json<Page<Message>>().items;
  const [answer, question] = await read();
  return { run, read, answer: answer?.id ?? '', question: question?.id ?? '' };
}
const rate = (message: string, payload: object, person = guest) =>
  person.inject({ method: 'PUT', url: `/api/messages/${message}/feedback`, payload });
const list = async (query = '') =>
  (await owner.inject({ url: `/api/agents/${agent}/feedback${query}` })).json<ReceivedFeedbackList>();

beforeAll(async () => {
  hub = await buildTestApp();
  owner = await hub.createPerson();
  guest = await hub.createPerson();
  const payload = { name: 'Desk', definition: { tools: [{ id: 'calculator' }], access: { visibility: 'members' } } };
  agent = (await owner.inject({ method: 'POST', url: '/api/agents', payload })).json<{ handle: string }>().handle;
  await owner.inject({ method: 'POST', url: `/api/agents/${agent}/publish`, payload: {} });
});
afterAll(() => hub.close());

describe('what a person says of an answer', () => {
  test('is kept with it, changed and taken back; the owner reads it without the person and the conversation', async () => {
    const { run, read, answer } = await ask('2 + 2');
    const first = { rating: 'up', reasons: ['correct'], text: '' };
    expect((await rate(answer, first)).json()).toEqual(first);
    const second = { rating: 'down', reasons: ['too-long', 'wrong'], text: 'It is 5.' };
    await rate(answer, second);
    expect((await read())[0]?.feedback).toEqual(second);
    const { items, sums } = await list();
    expect(items).toEqual([
      { ...second, version: run.version, model: run.model, createdAt: expect.any(String) as string },
    ]);
    expect(sums).toEqual({
      up: 0,
      down: 1,
      reasons: [
        { reason: 'too-long', count: 1 },
        { reason: 'wrong', count: 1 },
      ],
    });
    await guest.inject({ method: 'DELETE', url: `/api/messages/${answer}/feedback` });
    expect([(await list()).items, (await read())[0]?.feedback]).toEqual([[], null]);
  });

  test('is read page by page, by rating, and goes with the conversation', async () => {
    const asked = [await ask('1 + 1'), await ask('1 + 2'), await ask('1 + 3')];
    for (const [place, { answer }] of asked.entries()) {
      await rate(answer, { rating: place === 1 ? 'down' : 'up', text: String(place) });
    }
    const page = await list('?limit=2');
    expect(page.items.map(({ text }) => text)).toEqual(['2', '1']);
    expect((await list(`?limit=2&cursor=${page.nextCursor}`)).items.map(({ text }) => text)).toEqual(['0']);
    expect((await list('?rating=down')).items.map(({ text }) => text)).toEqual(['1']);
    await guest.inject({ method: 'DELETE', url: `/api/conversations/${asked[0]?.run.conversationId}` });
    expect((await list()).sums).toMatchObject({ up: 1, down: 1 });
  });

  test('is only theirs to say, of answers only, and only the owner reads it', async () => {
    const { answer, question } = await ask('3 + 4');
    expect((await rate(answer, { rating: 'up' }, owner)).statusCode).toBe(404);
    expect((await rate(question, { rating: 'up' })).statusCode).toBe(404);
    expect((await rate(answer, { rating: 'sideways', reasons: ['bored'] })).statusCode).toBe(400);
    expect((await guest.inject({ url: `/api/agents/${agent}/feedback` })).statusCode).toBe(403);
    const payload = { rating: 'up' };
    const url = `/api/messages/${answer}/feedback`;
    expect((await hub.app.inject({ method: 'PUT', url, payload })).statusCode).toBe(401);
  });
});
