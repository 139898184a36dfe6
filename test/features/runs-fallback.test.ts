import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  startEngine,
  startRun,
  textOf,
  until,
} from '#test/support/run-engine.ts';

let engine: Engine;
const wishes = ['openai/test-model', 'anthropic/test-model'];
const rateLimited = { status: 429, headers: { 'retry-after': '30' } };

const createAgentWith = (list: string[], definition: object = {}) =>
  createRunAgent(engine.ada, { ...definition, model: { wishes: list } });
const stream = async (agent: string) => {
  const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
  return parseEvents(body);
};
const sentTo = (from: number) => engine.model.requests.slice(from).map(({ path }) => path);

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a run whose first model fails', () => {
  test.each([
    ['asks to wait half a minute', [rateLimited], 'model_rate_limited'],
    ['refuses the key', [{ status: 401 }], 'model_rejected'],
    ['fails three times', [{ status: 500 }, { status: 502 }, { status: 503 }], 'model_unavailable'],
  ] as const)('because its provider %s, is answered by the next, and says so', async (_name, faults, code) => {
    const from = engine.model.requests.length;
    engine.model.script(...faults, { text: 'Here.' });
    const seen = await stream(await createAgentWith(wishes));
    expect(eventsOf(seen, 'model-fallback')).toMatchObject([
      { from: wishes[0], to: wishes[1], problem: { code }, continues: false },
    ]);
    expect(textOf(seen)).toBe('Here.');
    expect(eventsOf(seen, 'usage').map(({ model }) => model)).toEqual([wishes[1]]);
    expect(eventsOf(seen, 'run-end')).toMatchObject([{ status: 'completed' }]);
    expect(sentTo(from)).toEqual([...faults.map(() => '/v1/chat/completions'), '/v1/messages']);
  });

  test('in the middle of its answer, goes on from there and repeats nothing', async () => {
    engine.model.script({ text: ['One, ', 'two, ', 'three, ', 'four.'], ending: 'cut' }, { text: 'three, four.' });
    const seen = await stream(await createAgentWith(wishes));
    expect(textOf(seen)).toBe('One, two, three, four.');
    expect(eventsOf(seen, 'model-fallback')).toMatchObject([{ continues: true }]);
    const sent = engine.model.requests.at(-1)?.body['messages'] as { role: string; content: unknown }[];
    expect(sent.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(JSON.stringify(sent[1])).toContain('One, two, ');
  });

  test('stays with the second model for its later steps', async () => {
    const call = { name: 'calculator', arguments: { expression: '20 + 22' } };
    const from = engine.model.requests.length;
    engine.model.script(rateLimited, { toolCalls: [call] }, { text: '42' });
    const seen = await stream(await createAgentWith(wishes, { tools: [{ id: 'calculator' }] }));
    expect(textOf(seen)).toBe('42');
    expect(sentTo(from)).toEqual(['/v1/chat/completions', '/v1/messages', '/v1/messages']);
  });

  test('shows the change among its steps, also in the stored conversation', async () => {
    engine.model.script(rateLimited, { text: 'Here.' });
    const { run } = await startRun(engine.ada, await createAgentWith(wishes), { input: 'Go' });
    const fallback = { kind: 'fallback', from: wishes[0], to: wishes[1], code: 'model_rate_limited' };
    expect(run.steps).toMatchObject([fallback, { kind: 'model', model: wishes[1] }]);
    const stored = await engine.ada.inject({ method: 'GET', url: `/api/conversations/${run.conversationId}/messages` });
    expect(stored.json<Page<Message>>().items[0]?.run?.steps).toMatchObject([fallback, { kind: 'model' }]);
  });

  test('fails with the last one’s failure when none answers', async () => {
    engine.model.script(rateLimited, { status: 401 });
    const { run } = await startRun(engine.ada, await createAgentWith(wishes), { input: 'Go' });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'model_rejected' } });
    expect(run.error?.detail).toContain(wishes[1]);
  });
});

test('a wish whose connection is not there is passed over, and the run says so', async () => {
  engine.model.script({ text: 'Here.' });
  const seen = await stream(await createAgentWith(['nowhere/model', wishes[0] ?? '']));
  expect(eventsOf(seen, 'model-fallback')).toMatchObject([
    { from: 'nowhere/model', to: wishes[0], problem: { code: 'model_unavailable' }, continues: false },
  ]);
  expect(textOf(seen)).toBe('Here.');
});

test('a cost is the sum of what each model took, and unknown when one price is', async () => {
  await engine.ada.inject({
    method: 'PUT',
    url: '/api/models/prices',
    payload: { model: 'cheap', inputUsd: 1, outputUsd: 2, cachedInputUsd: null },
  });
  const call = { name: 'calculator', arguments: { expression: '1 + 1' } };
  const usage = { inputTokens: 1000, outputTokens: 500 };
  engine.model.script({ toolCalls: [call], usage }, rateLimited, { text: '2', usage });
  const agent = await createAgentWith(['openai/cheap', 'anthropic/cheap'], { tools: [{ id: 'calculator' }] });
  const { run } = await startRun(engine.ada, agent, { input: 'Go' });
  expect(run.costUsd).toBeCloseTo(0.004, 9);
});

describe('a provider that is down', () => {
  test('is not asked for a model after five failures in a row, so that the next model answers at once', async () => {
    const agent = await createAgentWith(['openai/test-model']);
    const alone = () => startRun(engine.ada, agent, { input: 'Go' });
    for (let failure = 0; failure < 5; failure += 1) {
      engine.model.script({ status: 500 }, { status: 500 }, { status: 500 });
      expect((await alone()).run.error?.code).toBe('model_unavailable');
    }
    const from = engine.model.requests.length;
    expect((await alone()).run.error?.detail).toMatch(/failed 5 times in a row/);
    expect(sentTo(from)).toEqual([]);
    engine.model.script({ text: 'Here.' });
    const seen = await stream(await createAgentWith(wishes));
    expect(textOf(seen)).toBe('Here.');
    expect(sentTo(from)).toEqual(['/v1/messages']);
    engine.model.script({ text: 'So am I.' });
    expect(textOf(await stream(await createAgentWith(['openai/another-model'])))).toBe('So am I.');
  });
});

test('more calls than a connection takes at once wait for their turn', async () => {
  const made = await engine.ada.inject({
    method: 'POST',
    url: '/api/connections',
    payload: { name: 'Narrow', provider: 'openai', baseUrl: `${engine.model.url}/v1`, maximumConcurrentCalls: 2 },
  });
  expect(made.json()).toMatchObject({ id: 'narrow', maximumConcurrentCalls: 2 });
  const agent = await createAgentWith(['narrow/test-model']);
  engine.model.script(...Array.from({ length: 5 }, () => ({ text: ['a', 'b', 'c'], pieceDelayMs: 20 })));
  const from = engine.model.requests.length;
  const runs: Promise<{ run: Run }>[] = Array.from({ length: 5 }, () => startRun(engine.ada, agent, { input: 'Go' }));
  let most = 0;
  await until(() => {
    const asked = engine.model.requests.slice(from);
    most = Math.max(most, asked.filter(({ state }) => state === 'open').length);
    return asked.length === 5;
  });
  expect(most).toBe(2);
  for (const { run } of await Promise.all(runs)) expect(run.output).toBe('abc');
});
