import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, eventsOf, startEngine, startRun, until } from '#test/support/run-engine.ts';
import {
  decide as decideAs,
  getRun,
  streamRun,
  toldToModel as toldToTheModel,
  untilAsked as untilCallsWait,
  withKey,
} from '#test/support/run-waits.ts';

let engine: Engine;
let agent: string;
let clock: Date;

const call = (place: number, expression = `${place} + ${place}`) => ({
  id: `call_${place}`,
  name: 'calculator',
  arguments: { expression },
});
const stream = (handle = agent) => streamRun(engine, handle);
const get = (run: string) => getRun(engine.ada, run);
const decide = (run: string, approval: string, payload: object, person: Pick<TestPerson, 'inject'> = engine.ada) =>
  decideAs(person, run, approval, payload);
const untilAsked = (run: string, count = 1) => untilCallsWait(engine, run, count);
const toldToModel = () => toldToTheModel(engine);
/** What the hub does by itself at the next expiry, and each process at its start. */
const lookAgain = () => engine.hub.services.runs.markInterrupted(60_000);

beforeAll(async () => {
  clock = new Date();
  engine = await startEngine({ now: () => clock });
  agent = await createRunAgent(engine.ada, { tools: [{ id: 'calculator', approval: 'always' }] });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a tool call that needs approval', () => {
  test('waits for a person, and is made when they approve', async () => {
    engine.model.script({ toolCalls: [call(21)] }, { text: '42.' });
    const { run, events } = await stream();
    const [request] = await untilAsked(run);
    expect(request).toMatchObject({ call: 'call_21', tool: 'calculator', input: { expression: '21 + 21' } });
    expect(Date.parse(request?.expiresAt ?? '')).toBeGreaterThan(clock.getTime());
    expect(await get(run)).toMatchObject({ status: 'waiting', endedAt: null });
    expect((await decide(run, request?.approval ?? '', { decision: 'approve' })).statusCode).toBe(204);
    const seen = await events;
    expect(seen.map(({ event }) => event.type)).toEqual([
      'run-start',
      'usage',
      'tool-call',
      'approval-request',
      'approval-result',
      'tool-result',
      'text-delta',
      'usage',
      'run-end',
    ]);
    expect(eventsOf(seen, 'approval-result')).toMatchObject([{ decision: 'approved', approval: request?.approval }]);
    expect(await get(run)).toMatchObject({ status: 'completed', output: '42.', steps: [{}, { isError: false }, {}] });
    expect((await decide(run, request?.approval ?? '', { decision: 'refuse' })).statusCode).toBe(404);
  });

  test('is not made when they refuse, and the model is told why', async () => {
    engine.model.script({ toolCalls: [call(1)] }, { text: 'As you wish.' });
    const { run, events } = await stream();
    const [request] = await untilAsked(run);
    await decide(run, request?.approval ?? '', { decision: 'refuse', reason: 'Too dear.' });
    const seen = await events;
    expect(eventsOf(seen, 'approval-result')).toMatchObject([{ decision: 'refused' }]);
    expect(eventsOf(seen, 'tool-result')).toMatchObject([{ isError: true, output: { error: expect.any(String) } }]);
    expect(toldToModel()).toMatchObject([
      { tool_call_id: 'call_1', content: expect.stringMatching(/refused.*Too dear\./s) },
    ]);
    expect(await get(run)).toMatchObject({ status: 'completed', output: 'As you wish.' });
  });

  test('is one of several, each decided for itself', async () => {
    engine.model.script({ toolCalls: [call(1), call(2), call(3)] }, { text: 'Done.' });
    const { run, events } = await stream();
    const requests = await untilAsked(run, 3);
    const byCall = new Map(requests.map((request) => [request.call, request.approval]));
    expect(byCall.size).toBe(3);
    await decide(run, byCall.get('call_3') ?? '', { decision: 'approve' });
    await until(async () => (await get(run)).steps.some((step) => step.kind === 'tool' && step.output !== null));
    expect(await get(run)).toMatchObject({ status: 'waiting' });
    await decide(run, byCall.get('call_1') ?? '', { decision: 'refuse' });
    await decide(run, byCall.get('call_2') ?? '', { decision: 'approve' });
    const results = eventsOf(await events, 'tool-result');
    expect(results.map((result) => [result.call, result.isError]).sort()).toEqual([
      ['call_1', true],
      ['call_2', false],
      ['call_3', false],
    ]);
    expect(toldToModel().map((message) => message.tool_call_id)).toEqual(['call_1', 'call_2', 'call_3']);
  });

  test('is decided once, by whoever comes first', async () => {
    engine.model.script({ toolCalls: [call(1)] }, { text: 'Done.' });
    const { run, events } = await stream();
    const [request] = await untilAsked(run);
    const answers = await Promise.all(
      ['approve', 'refuse', 'approve'].map((decision) => decide(run, request?.approval ?? '', { decision })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 404, 404]);
    expect(eventsOf(await events, 'approval-result')).toHaveLength(1);
  });

  test('ends with its run when that is cancelled', async () => {
    engine.model.script({ text: 'Shall I? ', toolCalls: [call(1), call(2)] });
    const { run, events } = await stream();
    const [request] = await untilAsked(run, 2);
    const cancelled = await engine.ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
    expect(cancelled.json()).toMatchObject({ status: 'cancelled', output: 'Shall I? ' });
    const seen = await events;
    expect(eventsOf(seen, 'tool-result')).toEqual([]);
    expect(seen.slice(-2).map(({ event }) => event.type)).toEqual(['error', 'run-end']);
    expect((await decide(run, request?.approval ?? '', { decision: 'approve' })).statusCode).toBe(404);
  });

  test('is not made when nobody answers within a day', async () => {
    engine.model.script({ toolCalls: [call(1), call(2)] }, { text: 'Then not.' });
    const { run, events } = await stream();
    const [first, second] = await untilAsked(run, 2);
    const hoursLeft = (Date.parse(first?.expiresAt ?? '') - clock.getTime()) / 3_600_000;
    expect(hoursLeft).toBeCloseTo(24, 1);
    clock = new Date(clock.getTime() + 23.9 * 3_600_000);
    await lookAgain();
    expect(await get(run)).toMatchObject({ status: 'waiting' });
    expect((await decide(run, second?.approval ?? '', { decision: 'approve' })).statusCode).toBe(204);
    clock = new Date(clock.getTime() + 0.2 * 3_600_000);
    expect((await decide(run, first?.approval ?? '', { decision: 'approve' })).statusCode).toBe(404);
    await lookAgain();
    const seen = await events;
    expect(eventsOf(seen, 'approval-result').map(({ decision }) => decision)).toEqual(['approved', 'expired']);
    expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
    expect(toldToModel()).toMatchObject([
      { content: expect.stringContaining('in time') },
      { content: expect.stringContaining('4') },
    ]);
    expect((await decide(run, first?.approval ?? '', { decision: 'approve' })).statusCode).toBe(404);
  });

  test('does not use up the seconds of its run while it waits', async () => {
    const brief = await createRunAgent(engine.ada, {
      tools: [{ id: 'calculator', approval: 'always' }],
      budget: { maximumSecondsPerRun: 1 },
    });
    engine.model.script({ toolCalls: [call(4)] }, { text: ['On ', 'and ', 'on'], ending: 'open' });
    const { run, events } = await stream(brief);
    const [request] = await untilAsked(run);
    await new Promise((resolve) => setTimeout(resolve, 1300));
    await decide(run, request?.approval ?? '', { decision: 'approve' });
    const seen = await events;
    expect(eventsOf(seen, 'tool-result')).toMatchObject([{ isError: false }]);
    expect(eventsOf(seen, 'error')).toMatchObject([{ problem: { code: 'budget_exceeded' } }]);
  });
});

describe('an approval', () => {
  test('is nobody else’s to give', async () => {
    engine.model.script({ toolCalls: [call(1)] }, { text: 'Done.' });
    const { run, events } = await stream();
    const [request] = await untilAsked(run);
    const approval = request?.approval ?? '';
    const bo = await engine.hub.createPerson();
    const other = await createRunAgent(engine.ada);
    const { key: boundKey } = await engine.ada.createKey(['runs:write'], [other]);
    const { key: readingKey } = await engine.ada.createKey(['conversations:read']);
    const asKey = (key: string) => withKey(engine, key);
    const refused = [bo, asKey(boundKey), asKey(readingKey)].map((asker) =>
      decide(run, approval, { decision: 'approve' }, asker),
    );
    expect((await Promise.all(refused)).map(({ statusCode }) => statusCode)).toEqual([404, 404, 403]);
    expect(await get(run)).toMatchObject({ status: 'waiting' });
    expect((await decide(run, approval, { decision: 'approve' }, asKey(engine.key))).statusCode).toBe(204);
    await events;
  });

  test('that is unknown, of another run or of a run that has ended is not found', async () => {
    engine.model.script({ toolCalls: [call(1)] }, { text: 'Ended.' }, { toolCalls: [call(2)] }, { text: 'Done.' });
    const first = await stream();
    const [old] = await untilAsked(first.run);
    await decide(first.run, old?.approval ?? '', { decision: 'approve' });
    await first.events;
    const second = await stream();
    const [open] = await untilAsked(second.run);
    const answers = [
      await decide(second.run, 'never', { decision: 'approve' }),
      await decide(second.run, old?.approval ?? '', { decision: 'approve' }),
      await decide(first.run, open?.approval ?? '', { decision: 'approve' }),
      await decide('never', open?.approval ?? '', { decision: 'approve' }),
      await decide(second.run, open?.approval ?? '', { decision: 'perhaps' }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 400]);
    await decide(second.run, open?.approval ?? '', { decision: 'approve' });
    await second.events;
  });

  test('is not asked for where the creator wants none, or only for what changes something', async () => {
    for (const approval of ['never', 'on-write']) {
      const handle = await createRunAgent(engine.ada, { tools: [{ id: 'calculator', approval }] });
      engine.model.script({ toolCalls: [call(1)] }, { text: 'Two.' });
      const { body } = await startRun(engine.ada, handle, { input: 'Go', stream: true });
      expect(body).not.toContain('approval-request');
    }
  });
});
