import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from '#server/contract/page.ts';
import type { PendingWait } from '#server/contract/run-wait.ts';
import { patchDraft, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { readProblem } from '#test/support/read-problem.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  startEngine,
  startRun,
  toQuestion,
  textOf,
  untilEnded,
} from '#test/support/run-engine.ts';
import { decide, getRun, streamRun, toldToModel, untilAsked, watchRun, withKey } from '#test/support/run-waits.ts';

let engine: Engine;
let ada: TestPerson;
let agent: string;

const call = (place: number) => ({
  id: `call_${place}`,
  name: 'calculator',
  arguments: { expression: `${place} + ${place}` },
});
const always = { tools: [{ id: 'calculator', approval: 'always' }] };
const list = async (person: Pick<TestPerson, 'inject'>, query = '') =>
  (await person.inject({ url: `/api/approvals${query}` })).json<Page<PendingWait>>();

beforeAll(async () => {
  engine = await startEngine();
  ada = engine.ada;
  agent = await createRunAgent(ada, always);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('arguments that a person edits', () => {
  test('are what the call is made with, are shown, and the model is told', async () => {
    engine.model.script({ toolCalls: [call(1)] }, { text: 'Changed.' });
    const { run, events } = await streamRun(engine, agent);
    const [request] = await untilAsked(engine, run);
    const wrong = await decide(ada, run, request?.approval ?? '', { decision: 'approve', input: { expression: '' } });
    expect(readProblem(wrong)).toMatchObject({ status: 400, errors: [{ path: 'body.input.expression' }] });
    const strange = { decision: 'approve', input: { expression: '1', also: true } };
    expect((await decide(ada, run, request?.approval ?? '', strange)).statusCode).toBe(400);
    const both = { decision: 'refuse', input: { expression: '20 + 1' } };
    expect((await decide(ada, run, request?.approval ?? '', both)).statusCode).toBe(400);
    const edited = { decision: 'approve', input: { expression: '20 + 1' } };
    expect((await decide(ada, run, request?.approval ?? '', edited)).statusCode).toBe(204);
    const seen = await events;
    expect(eventsOf(seen, 'approval-result')).toMatchObject([
      { decision: 'approved', input: { expression: '20 + 1' }, by: 'person' },
    ]);
    expect(eventsOf(seen, 'tool-result')).toMatchObject([{ isError: false, output: { result: '21' } }]);
    expect(toldToModel(engine)).toMatchObject([{ content: expect.stringMatching(/changed.*20 \+ 1.*21/s) }]);
    expect((await getRun(ada, run)).steps[1]).toMatchObject({ input: { expression: '20 + 1' } });
  });

  test('leave alone what the agent’s creator fixed', async () => {
    const fixed = await createRunAgent(ada, {
      tools: [{ id: 'calculator', approval: 'always', fixedParameters: { expression: '6 * 7' } }],
    });
    engine.model.script({ toolCalls: [{ name: 'calculator', arguments: {} }] }, { text: 'Fixed.' });
    const { run, events } = await streamRun(engine, fixed);
    const [request] = await untilAsked(engine, run);
    expect(request?.input).toEqual({ expression: '6 * 7' });
    await decide(ada, run, request?.approval ?? '', { decision: 'approve', input: { expression: '1' } });
    const seen = await events;
    expect(eventsOf(seen, 'approval-result')).toMatchObject([{ input: { expression: '6 * 7' } }]);
    expect(eventsOf(seen, 'tool-result')).toMatchObject([{ output: { result: '42' } }]);
  });
});

describe('a run that waits', () => {
  test('answers who waits for its end at once, says what it waits for, and is read on exactly where a reader was', async () => {
    engine.model.script({ text: 'Shall I? ', toolCalls: [call(4)] }, { text: ['Eight', '.'] });
    const { status, run } = await startRun(ada, agent, { input: 'Go' });
    expect([status, run.status, run.output, run.endedAt]).toEqual([200, 'waiting', 'Shall I? ', null]);
    expect(run.waitsFor).toMatchObject([{ kind: 'approval', tool: 'calculator', input: { expression: '4 + 4' } }]);
    expect(run.usage.inputTokens).toBeGreaterThan(0);
    const before = await watchRun(engine, run.id, (seen) => eventsOf(seen, 'approval-request').length > 0);
    await decide(ada, run.id, run.waitsFor[0]?.id ?? '', { decision: 'approve' });
    const after = await watchRun(engine, run.id, undefined, { 'last-event-id': before.at(-1)?.id ?? '' });
    const whole = await watchRun(engine, run.id);
    expect(after[0]?.event.type).toBe('approval-result');
    expect(textOf(after)).toBe('Eight.');
    expect(whole.map(({ id }) => id)).toEqual(
      [...before, ...after].map(({ id }) => id).filter((id, place, all) => all.indexOf(id) === place),
    );
    expect(await getRun(ada, run.id)).toMatchObject({ status: 'completed', output: 'Shall I? Eight.', waitsFor: [] });
  });

  test('holds its conversation, is shown there and in the list, and goes with it', async () => {
    engine.model.script({ toolCalls: [call(1)] });
    const { run } = await startRun(ada, agent, { input: 'Go' });
    const { id, conversationId } = run;
    const busy = await startRun(ada, agent, { input: 'On', conversationId });
    expect([busy.status, busy.run.detail]).toEqual([409, expect.stringContaining('waits for a person')]);
    const url = `/api/conversations/${conversationId}`;
    expect((await ada.inject({ url })).json()).toMatchObject({ activeRun: id, isWaiting: true });
    const listed = (await ada.inject({ url: '/api/conversations' })).json<{ items: { id: string }[] }>();
    expect(listed.items.find((item) => item.id === conversationId)).toMatchObject({ isWaiting: true });
    await ada.inject({ method: 'DELETE', url });
    expect(await untilEnded(ada, id)).toMatchObject({ status: 'cancelled' });
    expect((await list(ada)).items).toEqual([]);
  });

  test('goes on with the agent as it was when the run began', async () => {
    const changed = await createRunAgent(ada, { ...always, instructions: 'Be as you were.' });
    engine.model.script({ toolCalls: [call(3)] }, { text: 'Six.' });
    const { run } = await startRun(ada, changed, { input: 'Go' });
    const { status } = await patchDraft(ada, changed, { revision: 1, changes: { tools: [], instructions: 'Be new.' } });
    expect(status).toBe(200);
    await decide(ada, run.id, run.waitsFor[0]?.id ?? '', { decision: 'approve' });
    expect(await untilEnded(ada, run.id)).toMatchObject({ status: 'completed', output: 'Six.' });
    expect(JSON.stringify(engine.model.requests.at(-1)?.body['messages'])).toContain('Be as you were.');
    expect(toldToModel(engine)).toMatchObject([{ content: expect.stringContaining('6') }]);
  });

  test('is taken up at the next start when its process died between the answer and its taking', async () => {
    engine.model.script({ toolCalls: [call(2)] }, { text: 'Four.' });
    const { run } = await startRun(ada, agent, { input: 'Go' });
    await engine.hub.services.database.pool.query('UPDATE run_waits SET answer = $2 WHERE run_id = $1', [
      run.id,
      { outcome: 'approved', by: 'person' },
    ]);
    await engine.hub.services.instance.begin();
    expect(await untilEnded(ada, run.id)).toMatchObject({ status: 'completed', output: 'Four.' });
  });

  test('that this version of the hub cannot read is interrupted, and can be repeated', async () => {
    engine.model.script({ text: 'Shall I? ', toolCalls: [call(2)] }, { text: 'Once more.' });
    const { run } = await startRun(ada, agent, { input: 'Go' });
    const reading = watchRun(engine, run.id);
    const { pool } = engine.hub.services.database;
    await pool.query(`UPDATE run_checkpoints SET content = '{"turn":{}}' WHERE run_id = $1`, [run.id]);
    expect((await decide(ada, run.id, run.waitsFor[0]?.id ?? '', { decision: 'approve' })).statusCode).toBe(204);
    const ended = await getRun(ada, run.id);
    expect(ended).toMatchObject({ status: 'interrupted', output: 'Shall I? ', error: { code: 'run_interrupted' } });
    expect((await reading).at(-1)?.event).toMatchObject({ type: 'run-end', status: 'interrupted' });
    expect((await startRun(ada, agent, await toQuestion(ada, run))).run).toMatchObject({ output: 'Once more.' });
  });
});

describe('the owner of an agent', () => {
  test('sees the calls that it waits with for others, decides them, and sees no more of the conversation', async () => {
    const shared = await createRunAgent(ada, { ...always, access: { visibility: 'hub' } }, 'Shared');
    await publish(ada, shared);
    const [bo, cy] = [await engine.hub.createPerson({ name: 'Bo' }), await engine.hub.createPerson()];
    engine.model.script({ toolCalls: [call(5)] }, { text: 'Ten.' });
    const { run } = await startRun(bo, shared, { input: 'A private question' });
    const [own, theirs] = [(await list(bo)).items, (await list(ada)).items];
    expect(own).toMatchObject([
      {
        run: run.id,
        conversationId: run.conversationId,
        agent: { handle: shared },
        person: null,
        startedBy: { kind: 'page' },
      },
    ]);
    expect(theirs).toMatchObject([
      {
        run: run.id,
        conversationId: null,
        person: { name: 'Bo' },
        startedBy: null,
        wait: { kind: 'approval', tool: 'calculator', input: { expression: '5 + 5' } },
      },
    ]);
    expect(JSON.stringify(theirs)).not.toContain('private question');
    expect((await list(cy)).items).toEqual([]);
    const approval = run.waitsFor[0]?.id ?? '';
    expect((await decide(cy, run.id, approval, { decision: 'approve' })).statusCode).toBe(404);
    for (const url of [`/api/runs/${run.id}`, `/api/runs/${run.id}/events`]) {
      expect((await ada.inject({ url })).statusCode).toBe(404);
    }
    const other = withKey(engine, (await ada.createKey(['runs:write'], [agent])).key);
    expect((await list(other)).items).toEqual([]);
    expect((await decide(other, run.id, approval, { decision: 'approve' })).statusCode).toBe(404);
    const bound = withKey(engine, (await ada.createKey(['runs:write'], [shared])).key);
    expect((await list(bound)).items).toHaveLength(1);
    expect((await decide(bound, run.id, approval, { decision: 'refuse', reason: 'Not today.' })).statusCode).toBe(204);
    expect(await untilEnded(bo, run.id)).toMatchObject({ status: 'completed', output: 'Ten.' });
    expect(toldToModel(engine)).toMatchObject([{ content: expect.stringContaining('Not today.') }]);
  });

  test('reads what waits page by page', async () => {
    engine.model.script({ toolCalls: [call(1), call(2), call(3)] });
    const { run } = await startRun(ada, agent, { input: 'Go' });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page<PendingWait> = await list(ada, `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ wait }) => wait.id));
      cursor = page.nextCursor;
    }
    expect(seen.sort()).toEqual(run.waitsFor.map(({ id }) => id).sort());
    expect((await ada.inject({ url: '/api/approvals?cursor=nonsense' })).statusCode).toBe(400);
    await ada.inject({ method: 'POST', url: `/api/runs/${run.id}/cancel` });
    expect((await list(ada)).items).toEqual([]);
  });
});
