import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from '#server/contract/page.ts';
import type { Message } from '#server/contract/conversation.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  readEvents,
  send,
  startEngine,
  startRun,
  textOf,
} from '#test/support/run-engine.ts';

let engine: Engine;
let agent: string;

const withKey = (idempotencyKey: string) => ({ 'idempotency-key': idempotencyKey });
const listMessages = async (conversation: string | null) =>
  (await engine.ada.inject({ url: `/api/conversations/${conversation}/messages` })).json<Page<Message>>().items;
const stream = (body: object, idempotencyKey: string) =>
  send(engine, `/api/agents/${agent}/runs`, { body: { ...body, stream: true }, headers: withKey(idempotencyKey) });

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a request that is sent again with its Idempotency-Key', () => {
  test('finds the run that it started, and asks no model', async () => {
    engine.model.script({ text: 'Once.' });
    const first = await startRun(engine.ada, agent, { input: 'Hi' }, withKey('again'));
    const second = await startRun(engine.ada, agent, { input: 'Hi' }, withKey('again'));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.run).toEqual(first.run);
    expect(await listMessages(first.run.conversationId)).toHaveLength(2);
  });

  test('finds the whole stream of a run that has ended', async () => {
    engine.model.script({ text: ['Str', 'eam'] });
    const first = await readEvents(await stream({ input: 'Hi' }, 'stream'));
    const response = await stream({ input: 'Hi' }, 'stream');
    const second = await readEvents(response);
    expect(response.headers.get('x-run-id')).toBe(eventsOf(first, 'run-start')[0]?.run);
    expect(textOf(second)).toBe('Stream');
    expect(eventsOf(second, 'run-end')).toEqual(eventsOf(first, 'run-end'));
  });

  test('joins the run while it is under way', async () => {
    engine.model.script({ text: ['One ', 'two ', 'three.'], pieceDelayMs: 60 });
    const first = await stream({ input: 'Count' }, 'living');
    const [own, joined] = await Promise.all([
      readEvents(first),
      startRun(engine.ada, agent, { input: 'Count', stream: true }, withKey('living')),
    ]);
    expect(textOf(parseEvents(joined.body))).toBe('One two three.');
    expect(eventsOf(parseEvents(joined.body), 'run-start')).toEqual(eventsOf(own, 'run-start'));
  });

  test('joins a run that failed, instead of starting it anew', async () => {
    engine.model.script({ status: 401 });
    const first = await startRun(engine.ada, agent, { input: 'Hi' }, withKey('failed'));
    const second = await startRun(engine.ada, agent, { input: 'Hi' }, withKey('failed'));
    expect(first.run).toMatchObject({ status: 'failed', error: { code: 'model_rejected' } });
    expect(second.run).toEqual(first.run);
  });

  test('starts one run when several race, also in a conversation that is there', async () => {
    engine.model.script({ text: 'New.' });
    const fresh = await Promise.all(
      Array.from({ length: 5 }, () => startRun(engine.ada, agent, { input: 'Race' }, withKey('race'))),
    );
    expect(fresh.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(fresh.map(({ run }) => run.id)).size).toBe(1);
    const { conversationId } = fresh[0]?.run ?? {};
    expect(fresh[0]?.run).toMatchObject({ status: 'completed', output: 'New.' });

    engine.model.script({ text: 'On.', pieceDelayMs: 20 });
    const later = await Promise.all(
      Array.from({ length: 5 }, () =>
        startRun(engine.ada, agent, { input: 'Race on', conversationId }, withKey('race on')),
      ),
    );
    expect(later.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(later.map(({ run }) => run.id)).size).toBe(1);
    expect((await listMessages(conversationId ?? null)).map(({ content }) => content)).toEqual([
      'On.',
      'Race on',
      'New.',
      'Race',
    ]);
  });

  test('works after a request with the same key was refused', async () => {
    const refused = await startRun(engine.ada, agent, { input: 'Hi', version: 9 }, withKey('refused'));
    expect(refused.status).toBe(404);
    engine.model.script({ text: 'Now.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Hi' }, withKey('refused'));
    expect(run.output).toBe('Now.');
  });
});

describe('an Idempotency-Key', () => {
  test('is not taken for another request, also in a race', async () => {
    engine.model.script({ text: 'One.' });
    await startRun(engine.ada, agent, { input: 'One' }, withKey('other'));
    const other = await createRunAgent(engine.ada);
    for (const [handle, payload] of [
      [agent, { input: 'Two' }],
      [agent, { input: 'One', metadata: { place: 'here' } }],
      [other, { input: 'One' }],
    ] as const) {
      const { status, run } = await startRun(engine.ada, handle, payload, withKey('other'));
      expect([status, run.code]).toEqual([409, 'conflict']);
    }
    engine.model.script({ text: 'First.' });
    const raced = await Promise.all(
      ['A', 'B', 'C'].map((input) => startRun(engine.ada, agent, { input }, withKey('raced'))),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('reads the members of a body in any order', async () => {
    engine.model.script({ text: 'Same.' });
    const first = await startRun(engine.ada, agent, { input: 'Hi', metadata: { a: '1', b: '2' } }, withKey('order'));
    const second = await startRun(engine.ada, agent, { metadata: { b: '2', a: '1' }, input: 'Hi' }, withKey('order'));
    expect([second.status, second.run.id]).toEqual([200, first.run.id]);
  });

  test('belongs to one person', async () => {
    const bo = await engine.hub.createPerson();
    const theirs = await createRunAgent(bo);
    engine.model.script({ text: 'Mine.' }, { text: 'Theirs.' });
    const mine = await startRun(engine.ada, agent, { input: 'Hi' }, withKey('shared'));
    const other = await startRun(bo, theirs, { input: 'Hi' }, withKey('shared'));
    expect([mine.run.output, other.run.output]).toEqual(['Mine.', 'Theirs.']);
    expect(other.run.id).not.toBe(mine.run.id);
  });

  test('of a run that a bound key may not see tells nothing of it', async () => {
    const other = await createRunAgent(engine.ada);
    engine.model.script({ text: 'Secret.' });
    await startRun(engine.ada, agent, { input: 'Hi' }, withKey('bound'));
    const { key } = await engine.ada.createKey(['runs:write'], [other]);
    const asked = (handle: string) =>
      send({ ...engine, key }, `/api/agents/${handle}/runs`, { body: { input: 'Hi' }, headers: withKey('bound') });
    const answers = [await asked(agent), await asked(other)];
    expect(answers.map(({ status }) => status)).toEqual([404, 409]);
    for (const answer of answers) expect(await answer.text()).not.toContain('Secret');
  });

  test('of more than 200 characters is refused', async () => {
    const { status, run } = await startRun(engine.ada, agent, { input: 'Hi' }, withKey('x'.repeat(201)));
    expect([status, run.errors?.[0]?.path]).toEqual([400, 'headers.idempotency-key']);
  });
});
