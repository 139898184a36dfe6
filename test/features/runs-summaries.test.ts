import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { createRunAgent, type Engine, eventsOf, parseEvents, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;
type Sent = { role: string; content: string };

const sentAt = (place: number) => engine.model.requests.at(place)?.body['messages'] as Sent[];
const lastSent = () =>
  sentAt(-1)
    .slice(1)
    .map(({ role, content }) => `${role}: ${content}`);
const createForgetful = (more: object = {}) =>
  createRunAgent(engine.ada, { context: { maximumMessages: 4, overflow: 'summarise' }, ...more });

async function say(agent: string, input: string, conversationId: string | null = null) {
  const payload = { input, stream: true, ...(conversationId === null ? {} : { conversationId }) };
  const { body } = await startRun(engine.ada, agent, payload);
  const seen = parseEvents(body);
  expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
  const [start] = eventsOf(seen, 'run-start');
  return { seen, run: start?.run ?? '', conversationId: start?.conversationId ?? '' };
}

/** A conversation of three exchanges, which no longer fit before a fourth question. */
async function talk(agent: string) {
  let id: string | null = null;
  for (const word of ['one', 'two']) {
    engine.model.script({ text: `Answer to ${word}` });
    id = (await say(agent, word, id)).conversationId;
  }
  engine.model.script({ text: 'Answer to three' });
  return (await say(agent, 'three', id)).conversationId;
}

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a conversation that no longer fits', () => {
  test('is summed up once by its own model, shown as a step, counted, and gone on from', async () => {
    const agent = await createForgetful();
    const id = await talk(agent);
    engine.model.script(
      { text: 'They counted to two.', usage: { inputTokens: 50, outputTokens: 9 } },
      { text: 'Four!' },
    );
    const { seen, run } = await say(agent, 'four', id);
    const notice = { kind: 'turns-summarised', messages: 4, summary: 'They counted to two.' };
    expect(eventsOf(seen, 'notice')).toEqual([{ type: 'notice', notice }]);
    expect(sentAt(-2).at(-1)?.content).toBe(
      'The conversation goes on:\nPerson: one\n\nAssistant: Answer to one\n\nPerson: two\n\nAssistant: Answer to two',
    );
    expect(sentAt(-1)[0]?.content).toMatch(/Summary of the earlier conversation.*\nThey counted to two\.$/s);
    expect(lastSent()).toEqual(['user: three', 'assistant: Answer to three', 'user: four']);
    const stored = (await engine.ada.inject({ url: `/api/runs/${run}` })).json<Run>();
    expect(stored).toMatchObject({ output: 'Four!', usage: { inputTokens: 60, outputTokens: 10 } });
    expect(stored.steps.map(({ kind }) => kind)).toEqual(['model', 'notice', 'model']);

    engine.model.script({ text: 'Five!' });
    expect(eventsOf((await say(agent, 'five', id)).seen, 'notice')).toEqual([]);
    expect(sentAt(-1)[0]?.content).toContain('They counted to two.');
    expect(lastSent()).toHaveLength(5);

    engine.model.script({ text: 'They counted to four.' }, { text: 'Six!' });
    await say(agent, 'six', id);
    expect(sentAt(-2).at(-1)?.content).toMatch(
      /^Summary so far:\nThey counted to two\.\n\nThe conversation goes on:\nPerson: three/,
    );
    expect(sentAt(-1)[0]?.content).not.toContain('They counted to two.');
    expect(lastSent()).toEqual(['user: five', 'assistant: Five!', 'user: six']);
  });

  test('is trimmed, and says so, when its model cannot sum it up', async () => {
    const agent = await createForgetful();
    const id = await talk(agent);
    engine.model.script({ status: 400 }, { text: 'Four!' });
    const { seen } = await say(agent, 'four', id);
    expect(eventsOf(seen, 'notice')).toEqual([{ type: 'notice', notice: { kind: 'turns-left-out', messages: 2 } }]);
    expect(lastSent()[0]).toBe('user: two');
    engine.model.script({ text: 'They counted to three.' }, { text: 'Five!' });
    expect(eventsOf((await say(agent, 'five', id)).seen, 'notice')).toMatchObject([{ notice: { messages: 6 } }]);
  });

  test('is only trimmed unless the agent wants it otherwise, and where it was handed in', async () => {
    const agent = await createRunAgent(engine.ada, { context: { maximumMessages: 4 } });
    const id = await talk(agent);
    engine.model.script({ text: 'Four!' });
    expect(eventsOf((await say(agent, 'four', id)).seen, 'notice')).toEqual([]);
    expect(lastSent()[0]).toBe('user: two');

    engine.model.script({ text: 'Yes.' });
    const exchange = ['one', 'two', 'three'].flatMap((content) => [
      { role: 'user', content },
      { role: 'assistant', content: 'So.' },
    ]);
    const handedIn = { messages: [...exchange, { role: 'user', content: 'four' }] };
    const { run } = await startRun(engine.ada, await createForgetful(), handedIn);
    expect(run.steps.map(({ kind }) => kind)).toEqual(['model']);
  });

  test('is answered again from the same summary, which counts in no branch without its turns', async () => {
    const agent = await createForgetful();
    const id = await talk(agent);
    engine.model.script({ text: 'They counted to two.' }, { text: 'Four!' }, { text: 'Four again!' });
    await say(agent, 'four', id);
    const read = async () =>
      (await engine.ada.inject({ url: `/api/conversations/${id}/messages` })).json<Page<Message>>().items;
    const before = await read();
    const again = await startRun(engine.ada, agent, { conversationId: id, parentMessageId: before[1]?.id });
    expect(again.run).toMatchObject({ status: 'completed', output: 'Four again!' });
    expect(sentAt(-1)).toEqual(sentAt(-2));
    const two = before.find(({ content }) => content === 'two');
    engine.model.script({ text: 'Other!' });
    await startRun(engine.ada, agent, { conversationId: id, input: 'zwei', parentMessageId: two?.parentId });
    expect(sentAt(-1)[0]?.content).not.toContain('They counted to two.');
    expect(lastSent()).toEqual(['user: one', 'assistant: Answer to one', 'user: zwei']);
  });
});
