import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredFile } from '#server/contract/file.ts';
import type { Page } from '#server/contract/page.ts';
import type { PendingWait } from '#server/contract/run-wait.ts';
import { patchDraft, publish, toUpload } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, eventsOf, startEngine, startRun, until } from '#test/support/run-engine.ts';
import { answerForm, decide, getRun, streamRun, toldToModel, untilAsked, untilForm } from '#test/support/run-waits.ts';

let engine: Engine;
let ada: TestPerson;
let clock: Date;

const usage = { inputTokens: 10, outputTokens: 1 };
const ask = (agent: string, id: string, task = 'Work.') => ({ id, name: agent, arguments: { task } });
const sum = (id: string, expression = '1 + 2') => ({ id, name: 'calculator', arguments: { expression } });
const form = { title: 'You', fields: [{ type: 'text', name: 'name', label: 'Name' }] };
const askForm = (id: string) => ({ id, name: 'ask-form', arguments: form });
const careful = { tools: [{ id: 'calculator', approval: 'always' }, { id: 'ask-form' }] };
const callerOf = (...agents: string[]) => ({ tools: agents.map((handle) => ({ id: `agent/${handle}` })) });
const approve = (run: string, approval: string | undefined, person: Pick<TestPerson, 'inject'> = ada) =>
  decide(person, run, approval ?? '', { decision: 'approve' });
const listWaits = async (person: Pick<TestPerson, 'inject'>) =>
  (await person.inject({ url: '/api/approvals' })).json<Page<PendingWait>>().items;

beforeAll(async () => {
  clock = new Date();
  engine = await startEngine({ now: () => clock });
  ada = engine.ada;
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('an agent that was called', () => {
  test('asks for approval; the answer finds it, and both go on with what they had', async () => {
    const helper = await createRunAgent(ada, careful, 'Careful helper');
    const desk = await createRunAgent(ada, callerOf(helper), 'Desk');
    engine.model.script(
      { toolCalls: [ask(helper, 'c1')], usage },
      { text: 'Let me see. ', toolCalls: [sum('k1')], usage },
      { text: 'It is 3.', usage },
      { text: 'The helper says 3.', usage },
    );
    const { run, events } = await streamRun(engine, desk);
    const [request] = await untilAsked(engine, run);
    const agent = { handle: helper, name: 'Careful helper' };
    expect(request).toMatchObject({ call: 'c1/k1', tool: 'calculator', agent, input: { expression: '1 + 2' } });
    expect(await getRun(ada, run)).toMatchObject({
      status: 'waiting',
      usage: { inputTokens: 20 },
      waitsFor: [{ agent }],
    });
    // It works on as it was when it was called.
    const patched = await patchDraft(ada, helper, { revision: 1, changes: { tools: [] } });
    expect(patched.status).toBe(200);
    expect((await approve(run, request?.approval)).statusCode).toBe(204);
    const seen = await events;
    expect(seen.map(({ event }) => event.type)).toEqual([
      'run-start',
      'usage',
      'tool-call',
      'usage',
      'tool-call',
      'approval-request',
      'approval-result',
      'tool-result',
      'usage',
      'tool-result',
      'text-delta',
      'usage',
      'run-end',
    ]);
    const ended = await getRun(ada, run);
    expect(ended).toMatchObject({ status: 'completed', output: 'The helper says 3.', usage: { inputTokens: 40 } });
    expect(ended.steps.filter(({ kind }) => kind === 'tool')).toMatchObject([
      { call: 'c1', output: { answer: 'Let me see. It is 3.' } },
      { call: 'c1/k1', parent: 'c1', output: { result: '3' } },
    ]);
    expect(toldToModel(engine)).toMatchObject([{ tool_call_id: 'c1', content: expect.stringContaining('It is 3.') }]);
  });

  test('three deep, asks with a form, and goes on though it was deleted meanwhile', async () => {
    const third = await createRunAgent(ada, careful, 'Third');
    const second = await createRunAgent(ada, callerOf(third), 'Second');
    const first = await createRunAgent(ada, callerOf(second), 'First');
    engine.model.script(
      { toolCalls: [ask(second, 'a')] },
      { toolCalls: [ask(third, 'b')] },
      { toolCalls: [askForm('c')] },
      { text: 'Hello Ada.' },
      { text: 'It greets Ada.' },
      { text: 'Done.' },
    );
    const { run, events } = await streamRun(engine, first);
    const request = await untilForm(engine, run);
    expect(request).toMatchObject({ call: 'a/b/c', tool: 'ask-form', agent: { handle: third, name: 'Third' } });
    for (const handle of [third, second]) await ada.inject({ method: 'DELETE', url: `/api/agents/${handle}` });
    expect(await listWaits(ada)).toMatchObject([
      { run, agent: { handle: first }, wait: { id: request?.form, kind: 'form', agent: { name: 'Third' } } },
    ]);
    const bad = await answerForm(ada, run, request?.form ?? '', { values: {} });
    expect(bad.statusCode).toBe(400);
    expect((await answerForm(ada, run, request?.form ?? '', { values: { name: 'Ada' } })).statusCode).toBe(204);
    await events;
    const { status, output, steps } = await getRun(ada, run);
    expect([status, output]).toEqual(['completed', 'Done.']);
    expect(steps.filter(({ kind }) => kind === 'tool')).toMatchObject([
      { call: 'a', output: { answer: 'It greets Ada.' } },
      { call: 'a/b', output: { answer: 'Hello Ada.' } },
      { call: 'a/b/c', output: { declined: false, values: { name: 'Ada' } } },
    ]);
  });

  test('is told when it is refused, and when nobody answers in time', async () => {
    const helper = await createRunAgent(ada, careful);
    const desk = await createRunAgent(ada, callerOf(helper));
    engine.model.script(
      { toolCalls: [ask(helper, 'c1')] },
      { toolCalls: [sum('k1')] },
      { toolCalls: [sum('k2')] },
      { text: 'Nobody lets me.' },
      { text: 'It may not.' },
    );
    const { run, events } = await streamRun(engine, desk);
    const [first] = await untilAsked(engine, run);
    await decide(ada, run, first?.approval ?? '', { decision: 'refuse', reason: 'Too dear.' });
    await untilAsked(engine, run, 2);
    clock = new Date(clock.getTime() + 25 * 3_600_000);
    await engine.hub.services.runs.markInterrupted(60_000);
    const seen = await events;
    expect(eventsOf(seen, 'approval-result').map(({ decision }) => decision)).toEqual(['refused', 'expired']);
    const told = engine.model.requests.at(-2)?.body['messages'] as { role: string; content: string }[];
    expect(told.filter(({ role }) => role === 'tool').map(({ content }) => content)).toEqual([
      expect.stringMatching(/refused.*Too dear\./s),
      expect.stringContaining('in time'),
    ]);
    expect(await getRun(ada, run)).toMatchObject({ status: 'completed', output: 'It may not.' });
  });

  test('ends with the run that waits, when it is cancelled', async () => {
    const helper = await createRunAgent(ada, careful);
    const desk = await createRunAgent(ada, callerOf(helper));
    engine.model.script({ toolCalls: [ask(helper, 'c1')] }, { toolCalls: [sum('k1')] });
    const { run, events } = await streamRun(engine, desk);
    const [request] = await untilAsked(engine, run);
    expect((await ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` })).json()).toMatchObject({
      status: 'cancelled',
    });
    await events;
    expect((await approve(run, request?.approval)).statusCode).toBe(404);
  });

  test('does not ask where it has spent its own budget', async () => {
    const helper = await createRunAgent(ada, { ...careful, budget: { maximumTokensPerRun: 100 } });
    const desk = await createRunAgent(ada, callerOf(helper));
    engine.model.script(
      { toolCalls: [ask(helper, 'c1')], usage },
      { toolCalls: [sum('k1')], usage: { inputTokens: 100, outputTokens: 10 } },
      { text: 'It has spent all.', usage },
    );
    const { run, events } = await streamRun(engine, desk);
    await events;
    const { steps } = await getRun(ada, run);
    expect(steps).toContainEqual(
      expect.objectContaining({
        call: 'c1',
        isError: true,
        output: expect.objectContaining({ code: 'budget_exceeded' }),
      }),
    );
  });
});

describe('a call of an agent', () => {
  test('that needs approval is made with the task that a person edits, also when it waits in turn', async () => {
    const helper = await createRunAgent(ada, careful);
    const desk = await createRunAgent(ada, { tools: [{ id: `agent/${helper}`, approval: 'always' }] });
    engine.model.script(
      { toolCalls: [ask(helper, 'c1', 'Work hard.')] },
      { toolCalls: [sum('k1')] },
      { text: 'Three.' },
      { text: 'Done.' },
    );
    const { run, events } = await streamRun(engine, desk);
    const [request] = await untilAsked(engine, run);
    const edit = (input: object) => decide(ada, run, request?.approval ?? '', { decision: 'approve', input });
    expect((await edit({ task: '' })).statusCode).toBe(400);
    expect((await edit({ task: 'Work softly.' })).statusCode).toBe(204);
    const inner = (await untilAsked(engine, run, 2))[1];
    const told = engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
    expect(told.at(-1)).toMatchObject({ role: 'user', content: 'Work softly.' });
    await approve(run, inner?.approval);
    await events;
    expect((await getRun(ada, run)).output).toBe('Done.');
    expect(toldToModel(engine)[0]?.content).toMatch(/^The person changed the arguments[^]*Three\./);
  });
});

describe('several that wait', () => {
  test('in several frames at once are each answered for themselves', async () => {
    const one = await createRunAgent(ada, careful, 'One');
    const two = await createRunAgent(ada, careful, 'Two');
    const desk = await createRunAgent(ada, {
      tools: [...callerOf(one, two).tools, { id: 'calculator', approval: 'always' }],
    });
    engine.model.script({ toolCalls: [ask(one, 'c1'), ask(two, 'c2'), sum('c3', '5 + 5')] });
    engine.model.script({ toolCalls: [sum('k', '6 * 7')] }, { toolCalls: [sum('k', '6 * 7')] });
    const { run, events } = await streamRun(engine, desk);
    const requests = await untilAsked(engine, run, 3);
    const byCall = new Map(requests.map(({ call, approval }) => [call, approval]));
    expect([...byCall.keys()].sort()).toEqual(['c1/k', 'c2/k', 'c3']);
    engine.model.script({ text: 'Two has 42.' });
    await approve(run, byCall.get('c2/k'));
    const outputOf = async (call: string) =>
      (await getRun(ada, run)).steps.find((step) => step.kind === 'tool' && step.call === call && step.output !== null);
    await until(async () => (await outputOf('c2')) ?? null);
    expect(await getRun(ada, run)).toMatchObject({ status: 'waiting', waitsFor: [{}, {}] });
    await decide(ada, run, byCall.get('c3') ?? '', { decision: 'refuse' });
    await until(async () => (await outputOf('c3')) ?? null);
    engine.model.script({ text: 'One has 42.' }, { text: 'All done.' });
    await approve(run, byCall.get('c1/k'));
    await events;
    expect(await getRun(ada, run)).toMatchObject({ status: 'completed', output: 'All done.', waitsFor: [] });
    expect(toldToModel(engine).map(({ tool_call_id: id }) => id)).toEqual(['c1', 'c2', 'c3']);
  });
});

describe('a call of an agent that was called', () => {
  test('is also its owner’s to decide, and not that of who owns the agent that called', async () => {
    const bob = await engine.hub.createPerson();
    const cleo = await engine.hub.createPerson();
    const shared = { access: { visibility: 'members' } };
    const helper = await createRunAgent(bob, { ...careful, ...shared }, 'Bob’s helper');
    await publish(bob, helper);
    const desk = await createRunAgent(cleo, { ...callerOf(helper), ...shared }, 'Cleo’s desk');
    await publish(cleo, desk);
    engine.model.script({ toolCalls: [ask(helper, 'c1')] }, { toolCalls: [sum('k1')] });
    const { run } = (await startRun(ada, desk, { input: 'Go' })) satisfies { run: { id: string } };
    const wait = run.waitsFor[0]?.id ?? '';
    expect(await listWaits(cleo)).toEqual([]);
    expect(await listWaits(bob)).toMatchObject([
      { agent: { handle: helper }, conversationId: null, wait: { id: wait, agent: { name: 'Bob’s helper' } } },
    ]);
    expect(await listWaits(ada)).toMatchObject([
      { agent: { handle: desk }, wait: { id: wait, agent: { handle: helper } } },
    ]);
    expect((await approve(run.id, wait, cleo)).statusCode).toBe(404);
    engine.model.script({ text: 'Three.' }, { text: 'Done.' });
    expect((await approve(run.id, wait, bob)).statusCode).toBe(204);
    await until(async () => (await getRun(ada, run.id)).endedAt);
    expect((await getRun(ada, run.id)).output).toBe('Done.');
  });
});

describe('a turn that goes on after it waited', () => {
  test('has its files and earlier results, the big ones too', async () => {
    const upload = await ada.inject({
      method: 'POST',
      url: '/api/files',
      ...toUpload(Buffer.from('region,amount\nnorth,3\nsouth,4\n'), { name: 'sales.csv', mediaType: 'text/csv' }),
    });
    const agent = await createRunAgent(ada, {
      tools: [{ id: 'run-code' }, { id: 'calculator', approval: 'always' }, { id: 'ask-form' }],
    });
    const code = (text: string) => ({ toolCalls: [{ id: 'code', name: 'run-code', arguments: { code: text } }] });
    engine.model.script(
      code('"x".repeat(60_000)'),
      { toolCalls: [sum('k1')] },
      {
        toolCalls: [
          {
            id: 'c2',
            name: 'run-code',
            arguments: {
              code: '({ rows: files[0].csv().length, sum: results.byTool("calculator")[0].result, big: results.byTool("run-code")[0].value.length })',
            },
          },
        ],
      },
      { toolCalls: [{ id: 'c3', name: 'read_result', arguments: { tool: 'run-code', offset: 0, length: 40 } }] },
      { toolCalls: [askForm('c4')] },
      code('files.length + results.length'),
      { text: 'All there.' },
    );
    const started = await startRun(ada, agent, { input: 'Go', files: [upload.json<StoredFile>().id] });
    const { id } = started.run;
    await approve(id, started.run.waitsFor[0]?.id);
    const request = await untilForm(engine, id);
    await answerForm(ada, id, request?.form ?? '', { declined: true });
    await until(async () => (await getRun(ada, id)).endedAt);
    const { steps, output } = await getRun(ada, id);
    expect(output).toBe('All there.');
    const outputs = steps.flatMap((step) => (step.kind === 'tool' ? [step.output] : []));
    expect(outputs[2]).toMatchObject({ value: { rows: 2, sum: '3', big: 60_000 } });
    expect(outputs[3]).toMatchObject({ offset: 0, text: expect.any(String) });
    expect(outputs.at(-1)).toMatchObject({ value: 5 });
  });
});
