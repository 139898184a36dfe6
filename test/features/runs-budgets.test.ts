import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  startEngine,
  startRun,
  textOf,
} from '#test/support/run-engine.ts';
import type { ScriptedReply } from '#test/support/scripted-model/reply.ts';

let engine: Engine;

const sum = { name: 'calculator', arguments: { expression: '20 + 22' } };
const step = (usage: { inputTokens: number; outputTokens: number }): ScriptedReply => ({
  text: 'Wait. ',
  toolCalls: [sum],
  usage,
});
const setPrice = (inputUsd: number | null, outputUsd: number | null) =>
  engine.ada.inject({
    method: 'PUT',
    url: '/api/models/prices',
    payload: { model: 'test-model', inputUsd, outputUsd, cachedInputUsd: null },
  });

/** Runs an agent with the calculator over a stream. */
async function run({ model = {}, budget = {}, asked = {} }: { model?: object; budget?: object; asked?: object }) {
  const agent = await createRunAgent(engine.ada, { model, budget, tools: [{ id: 'calculator' }] });
  const { status, body } = await startRun(engine.ada, agent, { input: 'Go', stream: true, budget: asked });
  expect(status).toBe(200);
  const seen = parseEvents(body);
  const conversation = eventsOf(seen, 'run-start')[0]?.conversationId;
  const messages = await engine.ada.inject({ url: `/api/conversations/${conversation}/messages` });
  return {
    problem: eventsOf(seen, 'error')[0]?.problem ?? null,
    end: eventsOf(seen, 'run-end')[0],
    text: textOf(seen),
    reply: messages.json<Page<Message>>().items[0]?.content,
  };
}

beforeAll(async () => {
  engine = await startEngine();
  expect((await setPrice(2, 10)).statusCode).toBe(204);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a run is stopped, and what it said is kept,', () => {
  test('after the steps of its agent', async () => {
    engine.model.script(...Array.from({ length: 2 }, () => step({ inputTokens: 1, outputTokens: 1 })));
    const { problem, end, text, reply } = await run({ model: { maximumSteps: 2 } });
    expect(problem).toMatchObject({ code: 'budget_exceeded', detail: expect.stringContaining('2 steps') });
    expect(end).toMatchObject({ status: 'failed', finishReason: 'steps' });
    expect([text, reply]).toEqual(['Wait. Wait. ', 'Wait. Wait. ']);
  });

  test('after its tokens', async () => {
    engine.model.script(step({ inputTokens: 90, outputTokens: 9 }), step({ inputTokens: 50, outputTokens: 1 }));
    const { problem, end, reply } = await run({ budget: { maximumTokensPerRun: 150 } });
    expect(problem).toMatchObject({ code: 'budget_exceeded', status: 402 });
    expect(problem?.detail).toContain('150 tokens');
    expect(end).toMatchObject({ status: 'failed', usage: { inputTokens: 140, outputTokens: 10 } });
    expect(reply).toBe('Wait. Wait. ');
  });

  test('after its US dollars', async () => {
    engine.model.script(step({ inputTokens: 1000, outputTokens: 800 }));
    const { problem, end, reply } = await run({ budget: { maximumUsdPerRun: 0.01 } });
    expect(problem).toMatchObject({ code: 'budget_exceeded', detail: expect.stringContaining('$0.01') });
    expect(end).toMatchObject({ status: 'failed', costUsd: 0.01 });
    expect(reply).toBe('Wait. ');
  });

  test('after its seconds', async () => {
    engine.model.script({ text: ['Once ', 'upon '], ending: 'open' });
    const { problem, end, reply } = await run({ budget: { maximumSecondsPerRun: 1 } });
    expect(problem).toMatchObject({ code: 'budget_exceeded', detail: expect.stringContaining('1 second') });
    expect(end).toMatchObject({ status: 'failed' });
    expect(reply).toBe('Once upon ');
  });
});

describe('a run goes on', () => {
  test('to its end when only the last answer passes the limit', async () => {
    engine.model.script({ text: 'Long.', usage: { inputTokens: 900, outputTokens: 900 } });
    expect(await run({ budget: { maximumTokensPerRun: 150 } })).toMatchObject({ problem: null, text: 'Long.' });
  });

  test('without a limit of US dollars when its price is not known', async () => {
    await setPrice(null, null);
    engine.model.script(step({ inputTokens: 1000, outputTokens: 800 }), { text: 'Done.' });
    const { problem, end } = await run({ budget: { maximumUsdPerRun: 0.000001 } });
    await setPrice(2, 10);
    expect([problem, end?.costUsd]).toEqual([null, null]);
  });

  test('with tools up to the last step, which must not want more', async () => {
    engine.model.script(step({ inputTokens: 1, outputTokens: 1 }), { text: 'Done.' });
    expect(await run({ model: { maximumSteps: 2 } })).toMatchObject({ problem: null, text: 'Wait. Done.' });
  });
});

describe('a request', () => {
  test.each([
    ['steps', { maximumSteps: 1 }],
    ['tokens', { maximumTokens: 5 }],
    ['US dollars', { maximumUsd: 0.0001 }],
  ])('lowers the %s of an agent', async (_name, asked) => {
    engine.model.script(step({ inputTokens: 100, outputTokens: 10 }));
    const { problem, reply } = await run({ asked });
    expect([problem?.code, reply]).toEqual(['budget_exceeded', 'Wait. ']);
  });

  test('lowers the seconds of an agent', async () => {
    engine.model.script({ hang: true });
    const { problem } = await run({ asked: { maximumSeconds: 1 } });
    expect(problem).toMatchObject({ code: 'budget_exceeded' });
  });

  test.each([
    ['steps', { model: { maximumSteps: 1 } }, { maximumSteps: 50 }],
    ['tokens', { budget: { maximumTokensPerRun: 100 } }, { maximumTokens: 100_000 }],
    ['US dollars', { budget: { maximumUsdPerRun: 0.0001 } }, { maximumUsd: 100 }],
  ])('cannot raise the %s of an agent', async (_name, definition, asked) => {
    engine.model.script(step({ inputTokens: 100, outputTokens: 10 }));
    expect((await run({ ...definition, asked })).problem?.code).toBe('budget_exceeded');
  });

  test('cannot raise the seconds of an agent', async () => {
    engine.model.script({ text: 'For ever', ending: 'open' });
    const { problem } = await run({ budget: { maximumSecondsPerRun: 1 }, asked: { maximumSeconds: 3600 } });
    expect(problem?.detail).toContain('1 second');
  });

  test('with a limit of nothing is refused by name', async () => {
    const agent = await createRunAgent(engine.ada);
    const budget = { maximumTokens: 0, maximumUsd: 0, maximumSteps: 0, maximumSeconds: 0 };
    const refused = await startRun(engine.ada, agent, { input: 'Go', budget });
    expect(refused.status).toBe(400);
    expect(refused.run.errors?.map(({ path }) => path).sort()).toEqual(
      Object.keys(budget)
        .map((name) => `body.budget.${name}`)
        .sort(),
    );
  });
});
