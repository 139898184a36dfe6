import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from '#server/contract/page.ts';
import type { PendingWait } from '#server/contract/run-wait.ts';
import { publish } from '#test/support/agent-requests.ts';
import { readProblem } from '#test/support/read-problem.ts';
import { createRunAgent, type Engine, eventsOf, startEngine, startRun, untilEnded } from '#test/support/run-engine.ts';
import { answerForm, decide, getRun, streamRun, toldToModel, untilForm } from '#test/support/run-waits.ts';

let engine: Engine;
let agent: string;
let clock: Date;

const form = {
  title: 'Your trip',
  description: 'To find a flight.',
  fields: [
    { type: 'text', name: 'city', label: 'City', maximumLength: 40 },
    { type: 'long-text', name: 'wishes', label: 'Wishes', required: false },
    { type: 'number', name: 'travellers', label: 'Travellers', minimum: 1, maximum: 9, whole: true },
    { type: 'choice', name: 'seat', label: 'Seat', options: ['Window', 'Aisle'] },
    { type: 'choices', name: 'meals', label: 'Meals', options: ['Lunch', 'Dinner', 'None'], maximum: 2 },
    { type: 'date', name: 'leaving', label: 'Leaving', minimum: '2026-01-01' },
    { type: 'boolean', name: 'flexible', label: 'Flexible' },
  ],
};
const values = {
  city: 'Łódź',
  travellers: 2,
  seat: 'Aisle',
  meals: ['Lunch', 'Dinner'],
  leaving: '2026-12-24',
  flexible: false,
};
const ask = (input: object = form) => ({ toolCalls: [{ id: 'call_1', name: 'ask-form', arguments: { ...input } }] });

beforeAll(async () => {
  clock = new Date();
  engine = await startEngine({ now: () => clock });
  agent = await createRunAgent(engine.ada, { tools: [{ id: 'ask-form', approval: 'always' }] });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a form that an agent asks', () => {
  test('waits for its person, and its values are the tool’s result', async () => {
    engine.model.script(ask(), { text: 'Booked.' });
    const { run, events } = await streamRun(engine, agent);
    const request = await untilForm(engine, run);
    expect(request).toMatchObject({ call: 'call_1', tool: 'ask-form', request: { title: 'Your trip' } });
    expect(request?.request.fields).toHaveLength(7);
    expect(await getRun(engine.ada, run)).toMatchObject({
      status: 'waiting',
      waitsFor: [{ kind: 'form', id: request?.form, form: { title: 'Your trip' } }],
    });
    expect((await answerForm(engine.ada, run, request?.form ?? '', { values })).statusCode).toBe(204);
    const seen = await events;
    expect(seen.map(({ event }) => event.type)).toEqual([
      'run-start',
      'usage',
      'tool-call',
      'form-request',
      'form-result',
      'tool-result',
      'text-delta',
      'usage',
      'run-end',
    ]);
    expect(eventsOf(seen, 'form-result')).toMatchObject([{ outcome: 'answered', values }]);
    expect(eventsOf(seen, 'tool-result')).toMatchObject([{ isError: false, output: { declined: false, values } }]);
    expect(JSON.parse(toldToModel(engine)[0]?.content ?? '')).toEqual({ declined: false, values });
    expect((await answerForm(engine.ada, run, request?.form ?? '', { values })).statusCode).toBe(404);
  });

  test('takes only values that fit, and names each that does not', async () => {
    engine.model.script(ask(), { text: 'Thanks.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    const id = run.waitsFor[0]?.id ?? '';
    const wrong = {
      city: 'x'.repeat(41),
      travellers: 2.5,
      seat: 'Roof',
      meals: ['Lunch', 'Lunch'],
      leaving: '2025-12-24',
      stranger: true,
    };
    const refused = await answerForm(engine.ada, run.id, id, { values: wrong });
    const paths = new Set(readProblem(refused).errors?.map(({ path }) => path));
    expect(refused.statusCode).toBe(400);
    expect([...paths].sort()).toEqual([
      'body.values',
      ...['city', 'flexible', 'leaving', 'meals', 'seat', 'travellers'].map((name) => `body.values.${name}`),
    ]);
    for (const body of [
      {},
      { values, declined: true },
      { declined: false },
      { values: { ...values, meals: ['Lunch', 'Dinner', 'None'] } },
    ]) {
      expect((await answerForm(engine.ada, run.id, id, body)).statusCode).toBe(400);
    }
    expect((await decide(engine.ada, run.id, id, { decision: 'approve' })).statusCode).toBe(404);
    expect(await getRun(engine.ada, run.id)).toMatchObject({ status: 'waiting' });
    await answerForm(engine.ada, run.id, id, { values: { ...values, wishes: 'None.' } });
    expect(await untilEnded(engine.ada, run.id)).toMatchObject({ output: 'Thanks.' });
  });

  test('may be declined, and expires; the model is told which', async () => {
    engine.model.script(ask(), { text: 'As you like.' });
    const declined = (await startRun(engine.ada, agent, { input: 'Go' })).run;
    await answerForm(engine.ada, declined.id, declined.waitsFor[0]?.id ?? '', { declined: true });
    expect(await untilEnded(engine.ada, declined.id)).toMatchObject({ output: 'As you like.' });
    expect(JSON.parse(toldToModel(engine)[0]?.content ?? '')).toEqual({ declined: true });
    engine.model.script(ask(), { text: 'Nobody there.' });
    const expired = (await startRun(engine.ada, agent, { input: 'Go' })).run;
    clock = new Date(clock.getTime() + 25 * 3_600_000);
    await engine.hub.services.runs.markInterrupted(60_000);
    const ended = await untilEnded(engine.ada, expired.id);
    expect(ended).toMatchObject({ status: 'completed', steps: [{}, { kind: 'tool', isError: true }, {}] });
    expect(toldToModel(engine)[0]?.content).toContain('in time');
  });

  test('that the model wrote wrong is not shown; it is told what to do better', async () => {
    const twice = { ...form, fields: [form.fields[0], form.fields[0]] };
    engine.model.script(ask({ ...twice, fields: Array(13).fill(form.fields[0]) }), ask(twice), { text: 'I give up.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'I give up.' });
    expect(toldToModel(engine).map(({ content }) => content)).toEqual([
      expect.stringContaining('fields'),
      expect.stringContaining('name of its own'),
    ]);
  });

  test('is its person’s to answer, not the owner’s of the agent, nor a stranger’s', async () => {
    const shared = await createRunAgent(
      engine.ada,
      { tools: [{ id: 'ask-form' }], access: { visibility: 'hub' } },
      'Shared',
    );
    await publish(engine.ada, shared);
    const bo = await engine.hub.createPerson();
    engine.model.script(ask());
    const { run } = await startRun(bo, shared, { input: 'Go' });
    const id = run.waitsFor[0]?.id ?? '';
    expect((await answerForm(engine.ada, run.id, id, { values })).statusCode).toBe(404);
    const list = async (person: typeof bo) =>
      (await person.inject({ url: '/api/approvals' })).json<Page<PendingWait>>().items.map(({ wait }) => wait.id);
    expect([await list(bo), await list(engine.ada)]).toEqual([[id], []]);
    const cancelled = await bo.inject({ method: 'POST', url: `/api/runs/${run.id}/cancel` });
    expect(cancelled.json()).toMatchObject({ status: 'cancelled' });
    expect((await answerForm(bo, run.id, id, { values })).statusCode).toBe(404);
  });
});
