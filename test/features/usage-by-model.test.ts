import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { UsageReport } from '#server/contract/usage-report.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  startEngine,
  startRun,
  textOf,
  until,
  untilEnded,
} from '#test/support/run-engine.ts';
import { decide, getRun, streamRun, watchRun } from '#test/support/run-waits.ts';

let engine: Engine;

const prices = { cheap: { inputUsd: 1, outputUsd: 2 }, dear: { inputUsd: 10, outputUsd: 20 } };
const cheap = 'openai/cheap';
const dear = 'anthropic/dear';
const usage = { inputTokens: 1000, outputTokens: 100 };
const rateLimited = { status: 429, headers: { 'retry-after': '30' } };
const used = (runs: number, calls: number) => ({
  runs,
  usage: { inputTokens: 1000 * calls, outputTokens: 100 * calls },
  runsWithUnknownCost: 0,
});
const ofCheap = (runs: number, calls: number) => ({ group: cheap, costUsd: 0.0012 * calls, ...used(runs, calls) });
const ofDear = (runs: number, calls: number) => ({ group: dear, costUsd: 0.012 * calls, ...used(runs, calls) });
const calculate = (id: string) => ({ id, name: 'calculator', arguments: { expression: '1 + 2' } });

async function report({ inject }: Pick<TestPerson, 'inject'>, groupBy: string) {
  const { rows, total } = (await inject({ url: `/api/usage?groupBy=${groupBy}` })).json<UsageReport>();
  return { rows, total };
}

/** The rows by model, after a look whether the total is the same whatever is grouped by. */
async function sumByModel(person: Pick<TestPerson, 'inject'>) {
  const byModel = await report(person, 'model');
  expect((await report(person, 'day')).total).toEqual(byModel.total);
  return byModel;
}

beforeAll(async () => {
  engine = await startEngine();
  for (const [model, price] of Object.entries(prices)) {
    const payload = { model, ...price, cachedInputUsd: null };
    await engine.ada.inject({ method: 'PUT', url: '/api/models/prices', payload });
  }
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('usage by model', () => {
  test('gives each model what it took, after a fall-back too, and a run of one model its own row', async () => {
    const bo = await engine.hub.createPerson();
    const wishes = { model: { wishes: [cheap, dear] } };
    const agent = await createRunAgent(bo, { ...wishes, tools: [{ id: 'calculator' }] });
    engine.model.script({ toolCalls: [calculate('c1')], usage }, rateLimited, { text: '3', usage });
    await startRun(bo, agent, { input: 'Go' });
    engine.model.script({ text: 'Hi.', usage });
    await startRun(bo, agent, { input: 'Go' });
    const { rows, total } = await sumByModel(bo);
    expect(rows).toMatchObject([ofCheap(2, 2), ofDear(1, 1)]);
    expect(total).toMatchObject({ ...used(2, 3), costUsd: 0.0012 * 2 + 0.012 });
    const { body } = await bo.inject({ url: '/api/usage.csv?groupBy=model' });
    expect(body).toContain(`${dear},${dear},1,1000,100,0,0,0.012,0\r\n`);
  });

  test('gives the model of an agent that was called its part, also when the run waited meanwhile', async () => {
    const bo = await engine.hub.createPerson();
    const careful = { model: { wishes: [dear] }, tools: [{ id: 'calculator', approval: 'always' }] };
    const helper = await createRunAgent(bo, careful, 'Careful helper');
    const desk = await createRunAgent(bo, { model: { wishes: [cheap] }, tools: [{ id: `agent/${helper}` }] });
    engine.model.script(
      { toolCalls: [{ id: 'c1', name: helper, arguments: { task: 'Work.' } }], usage },
      { toolCalls: [calculate('k1')], usage },
    );
    const { run } = await startRun(bo, desk, { input: 'Go' });
    expect(run.status).toBe('waiting');
    expect((await sumByModel(bo)).rows).toMatchObject([ofDear(1, 1), ofCheap(1, 1)]);
    engine.model.script({ text: 'It is 3.', usage }, { text: 'The helper says 3.', usage });
    const [wait] = (await getRun(bo, run.id)).waitsFor;
    expect((await decide(bo, run.id, wait?.id ?? '', { decision: 'approve' })).statusCode).toBe(204);
    expect((await untilEnded(bo, run.id)).status).toBe('completed');
    const ended = await sumByModel(bo);
    expect(ended.rows).toMatchObject([ofDear(1, 2), ofCheap(1, 2)]);
    expect(ended.total).toMatchObject(used(1, 4));
  });

  test('stays as it was when the conversation and the agent are deleted', async () => {
    const bo = await engine.hub.createPerson();
    const agent = await createRunAgent(bo, { model: { wishes: [cheap, dear] } });
    engine.model.script(rateLimited, { text: 'Here.', usage }, { text: 'Hi.', usage });
    const { run } = await startRun(bo, agent, { input: 'Go' });
    await startRun(bo, agent, { input: 'Go' });
    const before = await sumByModel(bo);
    expect(before.rows).toMatchObject([ofDear(1, 1), ofCheap(1, 1)]);
    for (const url of [`/api/conversations/${run.conversationId}`, `/api/agents/${agent}`]) {
      expect((await bo.inject({ method: 'DELETE', url })).statusCode).toBe(204);
      expect(await sumByModel(bo)).toEqual(before);
    }
  });

  test('is read from the events of runs that ended before it was kept', async () => {
    const bo = await engine.hub.createPerson();
    const agent = await createRunAgent(bo, { model: { wishes: [cheap, dear] }, tools: [{ id: 'calculator' }] });
    const call = { toolCalls: [calculate('c1')], usage };
    engine.model.script(call, call, rateLimited, { text: '3', usage }, { text: 'Hi.', usage });
    await startRun(bo, agent, { input: 'Go' });
    await startRun(bo, agent, { input: 'Go' });
    const before = await sumByModel(bo);
    expect(before.rows).toMatchObject([ofCheap(2, 3), ofDear(1, 1)]);
    const { pool } = engine.hub.services.database;
    await pool.query('DELETE FROM run_usage');
    expect((await sumByModel(bo)).rows).toHaveLength(1);
    const migration = join(import.meta.dirname, '../../prisma/migrations/20261127120000_run_usage/migration.sql');
    await pool.query(readFileSync(migration, 'utf8').replace(/^[^]*(?=INSERT INTO "run_usage")/, ''));
    expect(await sumByModel(bo)).toEqual(before);
  });
});

describe('a call that broke off', () => {
  const text = ['One, ', 'two, ', 'three, ', 'four.'];
  const stream = async (definition: object) => {
    const { body } = await startRun(engine.ada, await createRunAgent(engine.ada, definition), {
      input: 'Go',
      stream: true,
    });
    return eventsOf(parseEvents(body), 'usage');
  };
  /** Of more than a question of one word: the instructions are counted too. */
  const sent = expect.toSatisfy((tokens: number) => tokens > 20 && tokens < 400);

  test('is counted by what was sent and received where its provider told nothing, and the next model beside it', async () => {
    const bo = await engine.hub.createPerson();
    const agent = await createRunAgent(bo, { model: { wishes: [cheap, dear] } });
    engine.model.script({ text, ending: 'cut', usage }, { text: 'three, four.', usage });
    const { run } = await startRun(bo, agent, { input: 'Go' });
    const [broken, , whole] = run.steps;
    expect(broken).toMatchObject({ model: cheap, estimated: true, usage: { inputTokens: sent, outputTokens: 5 } });
    expect(whole).toMatchObject({ model: dear, estimated: false, usage });
    const { rows } = await sumByModel(bo);
    expect(rows).toMatchObject([
      { group: dear, usage },
      { group: cheap, usage: { inputTokens: sent } },
    ]);
  });

  test('is no other than a whole one whose provider tells nothing: the hub counts it, with its cost', async () => {
    engine.model.script({ text, usage: null });
    const [event] = await stream({ model: { wishes: [dear] } });
    expect(event).toMatchObject({ estimated: true, usage: { inputTokens: sent, outputTokens: 8 } });
    expect(event?.costUsd).toBeGreaterThan(0);
  });

  test('counts for each attempt, and one that was refused before its first byte for nothing', async () => {
    const cut = { toolCalls: [calculate('c1')], argumentPieces: 8, ending: 'cut' as const };
    engine.model.script(cut, { status: 500 }, { text: 'Whole.', usage });
    const seen = await stream({ model: { wishes: [cheap] }, tools: [{ id: 'calculator' }] });
    expect(seen).toMatchObject([{ estimated: true, usage: { inputTokens: sent } }, { usage }]);
    expect(seen[0]?.usage.outputTokens).toBeGreaterThan(0);
    expect(seen[1]).not.toHaveProperty('estimated');
  });

  test('is counted by what its provider told before: the question by one, all of it by another', async () => {
    engine.model.script({ text, ending: 'cut', usage });
    expect(await stream({ model: { wishes: [dear] } })).toMatchObject([
      { estimated: true, costUsd: 0.01 + 0.0001, usage: { inputTokens: 1000, outputTokens: 5 } },
    ]);
    engine.model.script({ text, ending: 'late-cut', usage });
    const { run } = await startRun(engine.ada, await createRunAgent(engine.ada, { model: { wishes: [cheap] } }), {
      input: 'Go',
    });
    expect(run).toMatchObject({ status: 'completed', output: text.join(''), steps: [{ estimated: false, usage }] });
  });

  test.each([
    ['said something', { text, ending: 'open' as const }, { inputTokens: sent, outputTokens: 8 }],
    ['said nothing yet', { hang: true as const }, { inputTokens: sent, outputTokens: 0 }],
  ])('because the run was stopped counts when its model had %s', async (_name, reply, expected) => {
    const agent = await createRunAgent(engine.ada, { model: { wishes: [cheap] } });
    engine.model.script(reply);
    const asked = engine.model.requests.length;
    const { run, events } = await streamRun(engine, agent);
    await until(() => engine.model.requests.length > asked);
    if ('text' in reply) await watchRun(engine, run, (seen) => textOf(seen) === text.join(''));
    await engine.ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
    expect(eventsOf(await events, 'run-end')).toMatchObject([{ status: 'cancelled', usage: expected }]);
    expect(await untilEnded(engine.ada, run)).toMatchObject({ steps: [{ estimated: true }], usage: expected });
  });

  test('counts in an agent that was called, and where a guard refused the rest', async () => {
    const helper = await createRunAgent(engine.ada, { model: { wishes: [dear] } }, 'Slow helper');
    const desk = await createRunAgent(engine.ada, { model: { wishes: [cheap] }, tools: [{ id: `agent/${helper}` }] });
    engine.model.script(
      { toolCalls: [{ id: 'c1', name: helper, arguments: { task: 'Work.' } }], usage },
      { text, usage, ending: 'open' },
    );
    const asked = engine.model.requests.length;
    const { run, events } = await streamRun(engine, desk);
    await until(() => engine.model.requests.length === asked + 2);
    await engine.ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
    expect(eventsOf(await events, 'usage').map(({ model }) => model)).toEqual([cheap, dear]);

    const guards = [{ kind: 'blocked-topics', words: ['three'], when: 'output' }];
    engine.model.script({ text: [...text, ...Array.from({ length: 40 }, () => 'and on. ')], usage, ending: 'open' });
    expect(await stream({ model: { wishes: [cheap] }, guards })).toMatchObject([
      { estimated: true, usage: { inputTokens: sent } },
    ]);
  });
});
