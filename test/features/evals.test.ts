import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import type { Eval, EvalList, EvalRun, StoredEval } from '#server/contract/eval.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { ask, createAgent, patchDraft, publish } from '#test/support/agent-requests.ts';
import { addTest, runTests, startTests, toTest, waitForTests } from '#test/support/agent-tests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createRunAgent, type Engine, startEngine, until } from '#test/support/run-engine.ts';

let engine: Engine;
let bo: TestPerson;

const contains = (...anyOf: string[]): Eval['expect'][number] => ({ kind: 'contains', anyOf });
const planner = { model: { wishes: ['offline/planner'] }, tools: [{ id: 'calculator' }] };
const listTests = async (agent: string) =>
  (await ask<EvalList>(engine.ada, { url: `/api/agents/${agent}/tests` })).body;
const statuses = (run: EvalRun) => run.results.map(({ status }) => status);

/** An agent of the scripted model with one test. */
async function createTested(expect: Eval['expect'], parts: Partial<Eval> = {}, definition: object = {}) {
  const agent = await createRunAgent(engine.ada, definition);
  await addTest(engine.ada, agent, toTest(expect, parts));
  return agent;
}

beforeAll(async () => {
  engine = await startEngine();
  bo = await engine.hub.createPerson();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a test', () => {
  test('is kept with its agent, changed over its revision only, and deleted', async () => {
    const agent = await createRunAgent(engine.ada);
    const made = await addTest(engine.ada, agent, toTest([contains('4')]));
    expect(made).toMatchObject({ revision: 1, test: { name: 'A question', input: 'What is 2 + 2?', files: [] } });
    const url = `/api/agents/${agent}/tests/${made.id}`;
    const change = (revision: string | undefined, name: string) =>
      ask<StoredEval>(engine.ada, {
        method: 'PUT',
        url,
        headers: revision === undefined ? {} : { 'if-match': revision },
        payload: toTest([contains('5')], { name }),
      });
    const changed = await change('"1"', 'Second');
    expect([changed.status, changed.headers.etag, changed.body.test.name]).toEqual([200, '"2"', 'Second']);
    expect((await change('"1"', 'Third')).status).toBe(412);
    expect((await change(undefined, 'Third')).status).toBe(428);
    expect((await ask(engine.ada, { url })).headers.etag).toBe('"2"');
    expect((await listTests(agent)).items.map(({ test }) => test.name)).toEqual(['Second']);
    expect((await ask(engine.ada, { method: 'DELETE', url })).status).toBe(204);
    expect((await ask(engine.ada, { method: 'DELETE', url })).status).toBe(404);
    expect((await listTests(agent)).items).toEqual([]);
  });

  test('keeps a mark for what no database keeps', async () => {
    const agent = await createRunAgent(engine.ada);
    const { test: made } = await addTest(engine.ada, agent, toTest([contains('half \ud83d')]));
    expect(made.expect).toEqual([contains('half \ufffd')]);
  });

  test.each([
    ['no check', toTest([])],
    ['no question', { name: 'x', expect: [contains('4')] }],
    ['a pattern that is none', toTest([{ kind: 'matches', pattern: '(', ignoreCase: true }])],
    ['an unknown check', { ...toTest([]), expect: [{ kind: 'feels' }] }],
    [
      'messages that end with the agent',
      { name: 'x', messages: [{ role: 'assistant', content: 'Hi' }], expect: [contains('4')] },
    ],
  ])('with %s is refused', async (_name, payload) => {
    const agent = await createRunAgent(engine.ada);
    const { status, body } = await ask(engine.ada, { method: 'POST', url: `/api/agents/${agent}/tests`, payload });
    expect([status, body.code]).toEqual([400, 'validation_failed']);
  });

  test('is open to nobody who may not edit the agent, shared or not', async () => {
    const agent = await createRunAgent(engine.ada, { access: { visibility: 'hub' } });
    const { id } = await addTest(engine.ada, agent, toTest([contains('4')]));
    await publish(engine.ada, agent);
    for (const url of [`/api/agents/${agent}/tests`, `/api/agents/${agent}/tests/${id}`]) {
      expect((await ask(bo, { url })).status).toBe(403);
    }
    expect((await startTests(bo, agent)).status).toBe(403);
  });
});

describe('a run of tests', () => {
  test('asks the agent, checks the answer, and tells what it took', async () => {
    const agent = await createTested([contains('four', '4'), { kind: 'excludes', anyOf: ['5'] }]);
    engine.model.script({ text: 'It is 4.', usage: { inputTokens: 100, outputTokens: 10 } });
    const run = await runTests(engine.ada, agent);
    expect(run).toMatchObject({ status: 'completed', columns: [{ kind: 'draft' }], draftRevision: 1 });
    expect(run.counts).toEqual([{ passed: 1, failed: 0, skipped: 0 }]);
    expect(run.results).toMatchObject([
      { row: 0, column: 0, status: 'passed', output: 'It is 4.', tokens: 110, error: null, reason: null },
    ]);
    expect(run.results[0]?.checks.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
    const { body } = await ask<Run>(engine.ada, { url: `/api/runs/${run.results[0]?.run ?? ''}` });
    expect(body).toMatchObject({ output: 'It is 4.', startedBy: { kind: 'test' } });
    expect((await listTests(agent)).newestRun).toMatchObject({ id: run.id, status: 'completed' });
  });

  test('stays out of conversations and memory, and is counted as usage', async () => {
    const agent = await createTested([contains('4')], {}, { memory: { kind: 'person' } });
    const url = `/api/memories`;
    await ask(engine.ada, { method: 'POST', url, payload: { agent, text: 'Lives in Oslo.' } });
    engine.model.script({ text: '4' });
    await runTests(engine.ada, agent);
    expect(JSON.stringify(engine.model.requests.at(-1)?.body)).not.toContain('Oslo');
    const listed = (query: string) =>
      ask<Page<ConversationSummary>>(engine.ada, { url: `/api/conversations?agent=${agent}${query}` });
    expect((await listed('')).body.items).toEqual([]);
    expect((await listed('&source=test')).body.items).toMatchObject([{ source: 'test' }]);
    const usage = await ask<{ rows: { label: string; runs: number }[] }>(engine.ada, {
      url: '/api/usage?groupBy=agent',
    });
    expect(JSON.stringify(usage.body)).toContain('Helper');
  });

  test('compares the draft with the published version and with other models', async () => {
    const agent = await createTested([contains('new')], {}, { instructions: 'Old words.' });
    await publish(engine.ada, agent);
    await patchDraft(engine.ada, agent, { revision: '*', changes: { instructions: 'New words.' } });
    const says = ({ body, path }: { body: Record<string, unknown>; path: string }) => {
      const told = JSON.stringify(body).includes('New words.') ? 'new' : 'old';
      return { text: `${told} by ${path}` };
    };
    engine.model.script(says, says, says);
    const columns = [
      { kind: 'draft' as const },
      { kind: 'published' as const },
      { kind: 'model' as const, model: 'anthropic/test-model' },
    ];
    const run = await runTests(engine.ada, agent, { columns });
    expect(run.publishedVersion).toBe(1);
    expect(run.results.map(({ output, status }) => `${status}: ${output}`)).toEqual([
      'passed: new by /v1/chat/completions',
      'failed: old by /v1/chat/completions',
      'passed: new by /v1/messages',
    ]);
    expect(run.results[1]?.checks).toEqual([{ outcome: 'failed', reason: 'text-missing', detail: 'new' }]);
  });

  test('hands over earlier messages and variables', async () => {
    const messages: Eval['messages'] = [
      { role: 'user', content: 'I am Ada.' },
      { role: 'assistant', content: 'Hello Ada.' },
      { role: 'user', content: 'Who am I?' },
    ];
    const variables = [{ name: 'tone', label: 'Tone', type: 'text' }];
    const definition = { instructions: 'Be {{tone}}.', variables };
    const agent = await createTested([contains('Ada')], { messages, variables: { tone: 'brief' } }, definition);
    engine.model.script({ text: 'Ada.' });
    expect(statuses(await runTests(engine.ada, agent))).toEqual(['passed']);
    const sent = JSON.stringify(engine.model.requests.at(-1)?.body);
    for (const text of ['Be brief.', 'I am Ada.', 'Hello Ada.', 'Who am I?']) expect(sent).toContain(text);
  });

  test('refuses what would need a person, in words', async () => {
    const tools = [{ id: 'calculator', approval: 'always' }];
    const agent = await createTested([{ kind: 'calls', tool: 'calculator', arguments: {} }], {}, { tools });
    engine.model.script(
      { toolCalls: [{ name: 'calculator', arguments: { expression: '2+2' } }] },
      { text: 'Refused.' },
    );
    const run = await runTests(engine.ada, agent);
    expect(run).toMatchObject({ status: 'completed', results: [{ status: 'passed', output: 'Refused.' }] });
    expect(JSON.stringify(engine.model.requests.at(-1)?.body)).toContain('nobody can be asked in a test');
  });

  test('runs only those that were asked for, and none that are not there', async () => {
    const agent = await createTested([contains('4')]);
    const { id } = await addTest(engine.ada, agent, toTest([contains('five')], { name: 'Other' }));
    engine.model.script({ text: 'five' });
    const run = await runTests(engine.ada, agent, { tests: [id] });
    expect(run.tests.map(({ test }) => test.name)).toEqual(['Other']);
    expect((await startTests(engine.ada, agent, { tests: ['nowhere'] })).status).toBe(404);
  });

  test('shows a run that failed as failed, with its problem', async () => {
    const agent = await createTested([contains('4')], {}, { model: { wishes: ['openai/test-model'] } });
    engine.model.script({ status: 401 });
    const run = await runTests(engine.ada, agent);
    expect(run.results).toMatchObject([{ status: 'failed', checks: [], error: { code: 'model_rejected' } }]);
  });

  test('skips a test that needs a language model where there is none', async () => {
    const agent = await createTested([contains('4')], { needs: ['model'] }, planner);
    const run = await runTests(engine.ada, agent);
    expect(run.results).toMatchObject([{ status: 'skipped', reason: 'needs-model', run: null }]);
  });

  test('is refused without tests, over an unknown model, and over a version that is not there', async () => {
    const empty = await createRunAgent(engine.ada);
    expect((await startTests(engine.ada, empty)).status).toBe(409);
    const agent = await createTested([contains('4')]);
    const unknown = await ask(engine.ada, {
      method: 'POST',
      url: `/api/agents/${agent}/test-runs`,
      payload: { columns: [{ kind: 'draft' }, { kind: 'model', model: 'nowhere/model' }] },
    });
    expect([unknown.status, unknown.body.errors?.[0]?.path]).toEqual([400, 'body.columns.1.model']);
    expect((await startTests(engine.ada, agent, { columns: [{ kind: 'published' }] })).status).toBe(409);
    const five = Array.from({ length: 5 }, (_, place) => ({ kind: 'model' as const, model: `openai/m${place}` }));
    expect((await startTests(engine.ada, agent, { columns: five })).status).toBe(400);
  });

  test('can be cancelled; one at a time is run', async () => {
    const agent = await createTested([contains('4')]);
    engine.model.script({ hang: true });
    const { body } = await startTests(engine.ada, agent);
    await until(() => engine.model.requests.at(-1)?.state === 'open');
    expect((await startTests(engine.ada, agent)).status).toBe(409);
    const url = `/api/agents/${agent}/test-runs/${body.id}`;
    const cancelled = await ask<EvalRun>(engine.ada, { method: 'POST', url: `${url}/cancel` });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', results: [{ status: 'cancelled' }] });
    await until(() => engine.model.requests.at(-1)?.state === 'dropped');
    engine.model.script({ text: '4' });
    expect(statuses(await runTests(engine.ada, agent))).toEqual(['passed']);
  });

  test('stops where the budget of the agent is spent', async () => {
    const agent = await createTested([contains('4')], {}, { budget: { maximumTokensPerMonth: 50 } });
    await addTest(engine.ada, agent, toTest([contains('4')], { name: 'Second' }));
    const [first, second] = (await listTests(agent)).items.map(({ id }) => id);
    engine.model.script({ text: '4', usage: { inputTokens: 60, outputTokens: 1 } });
    await runTests(engine.ada, agent, { tests: [first ?? ''] });
    const run = await runTests(engine.ada, agent, { tests: [second ?? ''] });
    expect(run.results).toMatchObject([{ status: 'failed', error: { code: 'budget_exceeded' } }]);
  });

  test('goes with its agent while it is being run', async () => {
    const agent = await createTested([contains('4')]);
    engine.model.script({ hang: true });
    await startTests(engine.ada, agent);
    await until(() => engine.model.requests.at(-1)?.state === 'open');
    expect((await ask(engine.ada, { method: 'DELETE', url: `/api/agents/${agent}` })).status).toBe(204);
    await until(() => engine.model.requests.at(-1)?.state === 'dropped');
  });
});

describe('publishing', () => {
  const require = (agent: string, required: boolean) =>
    ask<{ state: string }>(engine.ada, { method: 'PATCH', url: `/api/agents/${agent}/tests`, payload: { required } });

  test('waits, where its owner wants that, until all tests passed on this very draft', async () => {
    const { id: agent } = await createAgent(engine.ada, { name: 'Gated', definition: planner });
    const made = await addTest(engine.ada, agent, toTest([{ kind: 'number', value: 4, tolerance: 0 }]));
    expect((await require(agent, true)).body).toEqual({ required: true, state: 'not-run' });
    const refused = await publish(engine.ada, agent);
    expect([refused.status, refused.body.code]).toEqual([409, 'tests_not_passed']);
    expect(refused.body.detail).toContain('not all run');

    await runTests(engine.ada, agent);
    expect((await listTests(agent)).gate.state).toBe('passed');
    await patchDraft(engine.ada, agent, {
      revision: '*',
      changes: { access: { visibility: 'hub', licence: 'MIT' }, opening: { message: 'Hi' } },
    });
    expect((await listTests(agent)).gate.state).toBe('passed');
    await patchDraft(engine.ada, agent, { revision: '*', changes: { instructions: 'Changed.' } });
    expect((await publish(engine.ada, agent)).status).toBe(409);

    await runTests(engine.ada, agent);
    await addTest(engine.ada, agent, toTest([{ kind: 'number', value: 5, tolerance: 0 }], { name: 'Wrong' }));
    expect((await publish(engine.ada, agent)).status).toBe(409);
    await runTests(engine.ada, agent, { tests: [made.id] });
    expect((await publish(engine.ada, agent)).status).toBe(409);
    await runTests(engine.ada, agent);
    const failed = await publish(engine.ada, agent);
    expect(failed.body.detail).toContain('Not all of them passed');

    const [, wrong] = (await listTests(agent)).items;
    await ask(engine.ada, { method: 'DELETE', url: `/api/agents/${agent}/tests/${wrong?.id ?? ''}` });
    await runTests(engine.ada, agent);
    expect((await publish(engine.ada, agent)).status).toBe(200);
  });

  test('is not held up by a skipped test that passed nowhere, unless it must pass', async () => {
    const { id: agent } = await createAgent(engine.ada, { name: 'Skipping', definition: planner });
    await addTest(engine.ada, agent, toTest([contains('4')], { needs: ['model'] }));
    await runTests(engine.ada, agent);
    expect((await publish(engine.ada, agent)).status).toBe(200);
    await require(agent, true);
    await runTests(engine.ada, agent);
    expect((await publish(engine.ada, agent)).status).toBe(409);
  });
});

describe('the process that runs tests', () => {
  test('marks what it could not end as interrupted when it is gone', async () => {
    const agent = await createTested([contains('4')]);
    const { id } = await createTestedRun(agent);
    const { prisma } = engine.hub.services.database;
    await prisma.evalRunRow.update({ where: { id }, data: { status: 'running', seenAt: new Date(0) } });
    await prisma.evalResultRow.updateMany({ where: { evalRunId: id }, data: { status: 'running' } });
    const seen = await waitForTests(engine.ada, agent, id);
    expect(seen).toMatchObject({ status: 'interrupted', results: [{ status: 'cancelled' }] });
    engine.model.script({ text: '4' });
    expect(statuses(await runTests(engine.ada, agent))).toEqual(['passed']);
  });

  async function createTestedRun(agent: string): Promise<EvalRun> {
    engine.model.script({ text: '4' });
    return runTests(engine.ada, agent);
  }
});
