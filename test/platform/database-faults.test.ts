import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '#server/contract/conversation.ts';
import type { Problem } from '#server/contract/problem.ts';
import type { Run } from '#server/contract/run.ts';
import { createFaultyDatabase, type FaultyDatabase } from '#test/support/faulty-database.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  readEvents,
  type SeenEvent,
  send,
  startEngine,
  textOf,
  until,
} from '#test/support/run-engine.ts';

const storingStart = 'WITH run AS';
const storingEnd = 'WITH ended AS';
const patienceMs = 1500;
const wait = (timeMs: number) => new Promise((resolve) => setTimeout(resolve, timeMs));

let faulty: FaultyDatabase;
let engine: Engine;
let agent: string;
const stream = (body: object = {}, headers: HeadersInit = {}) =>
  send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true, ...body }, headers });
const runOf = (seen: SeenEvent[]) => eventsOf(seen, 'run-start')[0]?.run ?? '';
const readRun = async (id: string) => (await (await send(engine, `/api/runs/${id}`)).json()) as Run;
const count = async (table: 'runs' | 'run_events' | 'messages', run: string) => {
  const column = table === 'runs' ? 'id' : 'run_id';
  const { rows } = await faulty.database.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table} WHERE ${column} = $1`,
    [run],
  );
  return rows[0]?.n;
};
const spentTokens = async () => {
  const { rows } = await faulty.database.pool.query<{ n: number }>('SELECT sum(total_tokens)::int AS n FROM api_keys');
  return rows[0]?.n ?? 0;
};

beforeAll(async () => {
  faulty = await createFaultyDatabase({ limits: { connectMs: 1000, statementMs: 1000 } });
  engine = await startEngine({ openDatabase: async () => faulty, storePatienceMs: patienceMs });
  agent = await createRunAgent(engine.ada);
});
afterEach(() => {
  engine.model.assertUsedUp();
  // The counts of keys are kept for the next time.
  const failures = engine.hub.takeFailures().map(({ message }) => message);
  expect(failures.filter((message) => message !== 'the use of API keys could not be stored')).toEqual([]);
});
afterAll(() => engine.close());

describe('a database that goes away and comes back', () => {
  test('while a run is under way loses nothing of it, and the run ends when it is stored', async () => {
    engine.model.script({ text: ['one ', 'two ', 'three'], pieceDelayMs: 20 });
    const seen: SeenEvent[] = [];
    let isWhole = () => {};
    const whole = new Promise<void>((resolve) => (isWhole = resolve));
    const response = await stream();
    faulty.proxy.goAway();
    const reading = readEvents(response, (so) => {
      seen.splice(0, seen.length, ...so);
      if (textOf(so) === 'one two three') isWhole();
      return false;
    });
    await whole;
    await wait(patienceMs / 3);
    expect(eventsOf(seen, 'run-end')).toEqual([]);
    faulty.proxy.comeBack();
    const all = await reading;
    expect(all.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
    expect(await readRun(runOf(all))).toMatchObject({ status: 'completed', output: 'one two three' });
    expect(await count('messages', runOf(all))).toBe(2);
  });

  test('after it stored an end, but before it said so, has stored it once', async () => {
    engine.model.script({ text: ['a', 'b'], usage: { inputTokens: 5, outputTokens: 7 } });
    const before = await spentTokens();
    const lost = faulty.proxy.loseAnswerTo(storingEnd);
    const seen = await readEvents(await stream());
    await lost;
    const run = runOf(seen);
    expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
    expect((await spentTokens()) - before).toBe(12);
    expect(await count('messages', run)).toBe(2);
    expect(await count('run_events', run)).toBe(new Set(seen.slice(1, -1).map(({ event }) => event.type)).size);
    expect(await readRun(run)).toMatchObject({ status: 'completed', output: 'ab' });
  });

  test.each([{}, { 'idempotency-key': 'once' }])('after it stored a beginning (%j) has it once', async (headers) => {
    engine.model.script({ text: ['begun'] });
    const lost = faulty.proxy.loseAnswerTo(storingStart);
    const seen = await readEvents(await stream({}, headers));
    await lost;
    expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
    expect(await count('runs', runOf(seen))).toBe(1);
    expect(await count('messages', runOf(seen))).toBe(2);
  });

  test('is asked a few times for all runs that wait, not for each of them', async () => {
    const runs = 30;
    engine.model.script(...Array.from({ length: runs }, () => ({ text: ['slow'], firstDelayMs: 600 })));
    const responses = await Promise.all(Array.from({ length: runs }, () => stream()));
    const before = faulty.proxy.refused();
    faulty.proxy.goAway();
    const reading = responses.map((response) => readEvents(response));
    await wait(600 + patienceMs / 2);
    faulty.proxy.comeBack();
    for (const seen of await Promise.all(reading)) {
      expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
    }
    expect(faulty.proxy.refused() - before).toBeLessThan(runs / 2);
  });

  test('too late leaves the text in memory, and is given the end as it was told', async () => {
    engine.model.script({ text: ['precious'], firstDelayMs: 50 });
    const response = await stream();
    faulty.proxy.goAway();
    const seen = await readEvents(response);
    const run = runOf(seen);
    expect(textOf(seen)).toBe('precious');
    expect(eventsOf(seen, 'error')).toMatchObject([{ problem: { code: 'unavailable' } }]);
    expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'failed' });

    expect(await readEvents(await send(engine, `/api/runs/${run}/events`))).toEqual(seen);
    expect(await readRun(run)).toMatchObject({ status: 'failed', output: 'precious', error: { code: 'unavailable' } });
    expect(engine.hub.services.runs.countActive()).toBe(0);

    faulty.proxy.comeBack();
    await until(async () => {
      const { rows } = await faulty.database.pool
        .query<{ status: string }>('SELECT status FROM runs WHERE id = $1', [run])
        .catch(() => ({ rows: [] }));
      return rows[0]?.status === 'failed';
    });
    await until(async () => (await count('messages', run)) === 2);
    expect(await readEvents(await send(engine, `/api/runs/${run}/events`))).toEqual(seen);
    expect(await readRun(run)).toMatchObject({ status: 'failed', output: 'precious', error: { code: 'unavailable' } });
    expect(engine.hub.takeFailures().map(({ message }) => message)).toContain(`run ${run} could not be stored`);
  });

  test('as a run begins refuses it before its first byte, and nothing of it lives', async () => {
    engine.model.script({ text: ['never seen'], firstDelayMs: 20, pieceDelayMs: 200 }, { text: ['then'] });
    const conversation = (await (await send(engine, '/api/conversations', { body: { agent } })).json()) as Conversation;
    const gone = faulty.proxy.goAwayAt(storingStart);
    const answer = await stream({ conversationId: conversation.id });
    await gone;
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ code: 'unavailable' } satisfies Partial<Problem>);
    expect(engine.hub.services.runs.countActive()).toBe(0);
    faulty.proxy.comeBack();
    const seen = await readEvents(await stream({ conversationId: conversation.id }));
    expect(textOf(seen)).toBe('then');
    const { rows } = await faulty.database.pool.query('SELECT id FROM runs WHERE conversation_id = $1', [
      conversation.id,
    ]);
    expect(rows).toEqual([{ id: runOf(seen) }]);
  });

  test.each(['/api/agents', '/api/keys', '/api/conversations'])('answers %s with a 503 meanwhile', async (url) => {
    faulty.proxy.goAway();
    const answer = await engine.ada.inject({ method: 'GET', url });
    faulty.proxy.comeBack();
    expect({ status: answer.statusCode, code: answer.json<Problem>().code }).toEqual({
      status: 503,
      code: 'unavailable',
    });
    // A connection of the pool may still have to find out that it was cut.
    await until(async () => (await engine.ada.inject({ method: 'GET', url })).statusCode === 200);
  });

  test('between two requests is not noticed', async () => {
    faulty.proxy.cut();
    await wait(20);
    expect((await engine.ada.inject({ method: 'GET', url: '/api/agents' })).statusCode).toBe(200);
  });
});

describe('a database that takes everything and answers nothing', () => {
  test('makes the hub say within seconds that it is not ready, and answer with a problem', async () => {
    faulty.proxy.hang();
    const startedAt = Date.now();
    const [ready, ...again] = await Promise.all(Array.from({ length: 5 }, () => fetch(`${engine.url}/health/ready`)));
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect([ready, ...again].map((answer) => answer?.status)).toEqual([503, 503, 503, 503, 503]);
    expect(await ready?.json()).toMatchObject({ code: 'unavailable', detail: 'The database does not answer.' });
    expect((await fetch(`${engine.url}/health/live`)).status).toBe(200);
    const answer = await engine.ada.inject({ method: 'GET', url: '/api/agents' });
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
    faulty.proxy.resume();
    await until(async () => (await fetch(`${engine.url}/health/ready`)).status === 200);
    expect((await engine.ada.inject({ method: 'GET', url: '/api/agents' })).statusCode).toBe(200);
  });
});
