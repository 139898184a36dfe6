import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PersonBudget } from '#server/contract/budget.ts';
import type { UsageReport } from '#server/contract/usage-report.ts';
import { ask } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, eventsOf, startEngine } from '#test/support/run-engine.ts';
import { decide, getRun, streamRun, untilAsked } from '#test/support/run-waits.ts';

let engine: Engine;
let ada: TestPerson;

const usage = { inputTokens: 90, outputTokens: 10 };
// 1,000 tokens at $5 a million, and 2,000 at $40.
const imageUsd = 0.085;
const draw = (id: string) => ({ id, name: 'generate-image', arguments: { prompt: 'A field' } });
const painter = { tools: [{ id: 'generate-image' }] };
const setPrice = (model: string, price: { inputUsd: number | null; outputUsd: number | null }) =>
  engine.ada.inject({
    method: 'PUT',
    url: '/api/models/prices',
    payload: { model, ...price, cachedInputUsd: null },
  });
const finish = async (agent: string) => {
  const { run, events } = await streamRun(engine, agent);
  return { seen: await events, run: await getRun(ada, run) };
};

beforeAll(async () => {
  engine = await startEngine({ variables: { OPENAI_IMAGE_MODEL: 'painter' } });
  ({ ada } = engine);
});
beforeEach(async () => {
  await setPrice('painter', { inputUsd: 5, outputUsd: 40 });
  await setPrice('test-model', { inputUsd: 0, outputUsd: 0 });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('what a tool costs', () => {
  test('counts in its run, in the month of its person and in Usage', async () => {
    const agent = await createRunAgent(ada, painter);
    engine.model.script({ toolCalls: [draw('c1')], usage }, { text: 'Here it is.', usage });
    const { seen, run } = await finish(agent);
    expect(eventsOf(seen, 'usage')).toMatchObject([
      { model: 'openai/test-model', costUsd: 0 },
      { model: 'openai/painter', usage: { inputTokens: 1000, outputTokens: 2000 }, costUsd: imageUsd },
      { model: 'openai/test-model', costUsd: 0 },
    ]);
    expect(run).toMatchObject({ status: 'completed', costUsd: imageUsd, usage: { inputTokens: 1180 } });
    const { body: mine } = await ask<{ spent: object }>(ada, { url: '/api/budgets/mine' });
    expect(mine.spent).toEqual({ tokens: 3200, costUsd: imageUsd });
    const { body: report } = await ask<UsageReport>(ada, { url: '/api/usage?groupBy=agent' });
    expect(report.total).toMatchObject({ runs: 1, costUsd: imageUsd, runsWithUnknownCost: 0 });
  });

  test('is unknown where its price is, and the run costs at least what is known of it, in all sums and limits', async () => {
    await setPrice('painter', { inputUsd: null, outputUsd: null });
    const agent = await createRunAgent(ada, painter);
    const unknown = { costUsd: null, costIsPartial: false, usage: { outputTokens: 2020 } };
    engine.model.script({ toolCalls: [draw('c1')], usage }, { text: 'Here it is.', usage });
    expect((await finish(agent)).run).toMatchObject(unknown);
    await setPrice('test-model', { inputUsd: 100, outputUsd: 100 });
    engine.model.script({ toolCalls: [draw('c1')], usage }, { text: 'Here it is.', usage });
    const { seen, run } = await finish(agent);
    for (const told of [run, eventsOf(seen, 'run-end')[0]])
      expect(told).toMatchObject({ costUsd: expect.closeTo(0.02), costIsPartial: true });
    const { body: report } = await ask<UsageReport>(ada, { url: '/api/usage' });
    expect(report.total).toMatchObject({ runs: 3, costUsd: expect.closeTo(imageUsd + 0.02), runsWithUnknownCost: 2 });
    const { body: byModel } = await ask<UsageReport>(ada, { url: '/api/usage?groupBy=model' });
    expect(byModel.rows).toContainEqual(expect.objectContaining({ group: 'openai/test-model', costUsd: 0.02 }));
    expect((await ask<PersonBudget>(ada, { url: '/api/budgets/mine' })).body.spent.costUsd).toBeCloseTo(
      imageUsd + 0.02,
    );
    const limited = await createRunAgent(ada, { ...painter, budget: { maximumUsdPerRun: 0.005 } });
    engine.model.script({ toolCalls: [draw('c1')], usage });
    expect((await finish(limited)).run).toMatchObject({
      costUsd: expect.closeTo(0.01),
      error: { code: 'budget_exceeded' },
    });
  });

  test('counts towards the run’s budget, also in an agent that was called', async () => {
    const helper = await createRunAgent(ada, painter, 'Painter');
    const desk = await createRunAgent(ada, {
      tools: [{ id: `agent/${helper}` }],
      budget: { maximumUsdPerRun: 0.05 },
    });
    engine.model.script(
      { toolCalls: [{ id: 'c1', name: helper, arguments: { task: 'Paint.' } }], usage },
      { toolCalls: [draw('k1')], usage },
    );
    const { run } = await finish(desk);
    expect(run).toMatchObject({ status: 'failed', costUsd: imageUsd, error: { code: 'budget_exceeded' } });
  });

  test('counts where a guard keeps the result from the model', async () => {
    const guards = [{ kind: 'blocked-topics', when: 'tool-result', words: ['person sees'] }];
    const agent = await createRunAgent(ada, { ...painter, guards });
    engine.model.script({ toolCalls: [draw('c1')], usage }, { text: 'No picture.', usage });
    const { run } = await finish(agent);
    expect(run).toMatchObject({ status: 'completed', costUsd: imageUsd });
    expect(run.steps).toContainEqual(expect.objectContaining({ tool: 'generate-image', isError: true }));
  });

  test('is kept while the run waits for a person', async () => {
    const agent = await createRunAgent(ada, { tools: [...painter.tools, { id: 'calculator', approval: 'always' }] });
    const sum = { id: 'c2', name: 'calculator', arguments: { expression: '1 + 1' } };
    engine.model.script({ toolCalls: [draw('c1'), sum], usage }, { text: 'Two.', usage });
    const { run, events } = await streamRun(engine, agent);
    const [request] = await untilAsked(engine, run);
    expect(await getRun(ada, run)).toMatchObject({ status: 'waiting', costUsd: imageUsd });
    await decide(ada, run, request?.approval ?? '', { decision: 'approve' });
    await events;
    expect(await getRun(ada, run)).toMatchObject({ status: 'completed', costUsd: imageUsd });
  });
});
