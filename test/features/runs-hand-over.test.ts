import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation, Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { PendingWait } from '#server/contract/run-wait.ts';
import type { Run } from '#server/contract/run.ts';
import { ask, importZip, patchDraft, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  startEngine,
  startRun,
  textOf,
  until,
} from '#test/support/run-engine.ts';
import { decide, getRun, streamRun, untilAsked, withKey } from '#test/support/run-waits.ts';

let engine: Engine;
let ada: TestPerson;

const usage = { inputTokens: 10, outputTokens: 1 };
const handOver = (to: string, task = 'They want a sum.') => ({
  id: `to_${to}`,
  name: `hand_over_to_${to}`,
  arguments: { task },
});
const sum = (id: string, expression = '1 + 2') => ({ id, name: 'calculator', arguments: { expression } });
const to = (...handles: string[]) => handles.map((handle) => ({ id: `agent/${handle}`, use: 'hand-over' }));
const lastRequest = () =>
  engine.model.requests.at(-1)?.body as {
    messages: { role: string; content: string }[];
    tools?: { function: { name: string } }[];
  };
const toolsOffered = () => (lastRequest().tools ?? []).map((tool) => tool.function.name);
const getConversation = async (id: string | null) =>
  (await ask<Conversation>(ada, { url: `/api/conversations/${id}` })).body;
const choose = (id: string | null, answeredBy: string, person: Pick<TestPerson, 'inject'> = ada) =>
  ask<Conversation>(person, { method: 'PATCH', url: `/api/conversations/${id}`, payload: { answeredBy } });
const toolSteps = (run: Run) => run.steps.flatMap((step) => (step.kind === 'tool' ? [step] : []));

/** A desk that has handed a conversation over to a helper. */
async function handedOver(helperDefinition: object = {}) {
  const helper = await createRunAgent(ada, helperDefinition, 'Sums');
  const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
  engine.model.script({ toolCalls: [handOver(helper)] }, { text: 'It is 3.' });
  const { run } = await startRun(ada, desk, { input: 'What is 1 + 2?' });
  return { helper, desk, run, conversationId: run.conversationId };
}

beforeAll(async () => {
  engine = await startEngine();
  ada = engine.ada;
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a turn that is handed over', () => {
  test('is answered by the other agent, with the conversation and the brief, in the same run', async () => {
    const helper = await createRunAgent(ada, { instructions: 'You do sums.', tools: [{ id: 'calculator' }] }, 'Sums');
    await publish(ada, helper);
    const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
    engine.model.script(
      { text: 'I know somebody.', toolCalls: [handOver(helper)], usage },
      { toolCalls: [sum('k')], usage },
      { text: 'It is 3.', usage },
    );
    const { run: id, events } = await streamRun(engine, desk, { input: 'What is 1 + 2?' });
    const seen = await events;
    expect(seen.map(({ event }) => event.type)).toEqual([
      'run-start',
      'text-delta',
      'usage',
      'tool-call',
      'tool-result',
      'hand-over',
      'text-delta',
      'usage',
      'tool-call',
      'tool-result',
      'text-delta',
      'usage',
      'run-end',
    ]);
    expect(eventsOf(seen, 'hand-over')).toMatchObject([
      { from: 'Desk', agent: { handle: helper, name: 'Sums' }, version: 1, brief: 'They want a sum.' },
    ]);
    expect(textOf(seen)).toBe('I know somebody.\n\nIt is 3.');
    const { messages } = lastRequest();
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(messages[0]?.content).toMatch(/You do sums\.[^]*handed this conversation over[^]*They want a sum\./);
    expect(messages[1]?.content).toBe('What is 1 + 2?');
    const run = await getRun(ada, id);
    expect(run).toMatchObject({
      status: 'completed',
      agent: desk,
      version: null,
      answeredBy: { agent: helper, version: 1 },
      output: 'I know somebody.\n\nIt is 3.',
      usage: { inputTokens: 30 },
    });
    expect(run.steps).toContainEqual(expect.objectContaining({ kind: 'hand-over', from: 'Desk', version: 1 }));
    const stored = (await ada.inject({ url: `/api/conversations/${run.conversationId}/messages` })).json<
      Page<Message>
    >();
    expect(stored.items[0]?.run).toMatchObject({ agent: { handle: helper, name: 'Sums' }, version: 1 });
  });

  test('leaves the conversation to the other one, until it hands back', async () => {
    const { helper, desk, conversationId } = await handedOver();
    expect(await getConversation(conversationId)).toMatchObject({
      agent: { handle: desk },
      answeredBy: { handle: helper, name: 'Sums' },
    });
    engine.model.script({ text: 'And 4.' });
    const { run } = await startRun(ada, desk, { input: 'And 2 + 2?', conversationId });
    expect(run).toMatchObject({ agent: helper, answeredBy: { agent: helper }, output: 'And 4.' });
    expect(toolsOffered()).toEqual([`hand_over_to_${desk}`]);
    expect(
      lastRequest()
        .messages.map(({ content }) => content)
        .slice(1),
    ).toEqual(['What is 1 + 2?', 'It is 3.', 'And 2 + 2?']);
    // The answering agent is also addressed as itself.
    engine.model.script({ toolCalls: [handOver(desk)] }, { text: 'Back at the desk.' });
    const back = await startRun(ada, helper, { input: 'Thanks.', conversationId });
    expect(back.run).toMatchObject({ agent: helper, answeredBy: { agent: desk }, output: 'Back at the desk.' });
    expect(await getConversation(conversationId)).toMatchObject({ answeredBy: { handle: desk } });
    engine.model.script({ text: 'Desk again.' });
    expect((await startRun(ada, desk, { input: 'Hi', conversationId })).run).toMatchObject({ agent: desk });
  });

  test('goes back when its person chooses, and to nobody whom they may not run', async () => {
    const { desk, conversationId } = await handedOver();
    const bob = await engine.hub.createPerson();
    const secret = await createRunAgent(bob, {}, 'Secret');
    // She is an administrator: she sees it, and may not run it.
    expect((await choose(conversationId, secret)).status).toBe(403);
    expect((await choose(conversationId, desk, bob)).status).toBe(404);
    const nothing = await ada.inject({ method: 'PATCH', url: `/api/conversations/${conversationId}`, payload: {} });
    expect(nothing.statusCode).toBe(400);
    expect((await choose(conversationId, desk)).body).toMatchObject({ answeredBy: { handle: desk } });
    engine.model.script({ text: 'The desk.' });
    expect((await startRun(ada, desk, { input: 'Hi', conversationId })).run.agent).toBe(desk);
  });

  test('is not there in a branch from before it, and is again in its own', async () => {
    const { helper, desk, run } = await handedOver();
    const { conversationId } = run;
    const read = async () =>
      (await ada.inject({ url: `/api/conversations/${conversationId}/messages` })).json<Page<Message>>().items;
    const [handed, question] = await read();
    engine.model.script({ text: 'Three.' });
    const again = await startRun(ada, desk, { conversationId, parentMessageId: question?.id });
    expect(again.run).toMatchObject({ agent: desk, output: 'Three.' });
    const url = `/api/conversations/${conversationId}`;
    expect((await ada.inject({ url })).json()).toMatchObject({ answeredBy: { handle: desk } });
    const back = await ada.inject({ method: 'PATCH', url, payload: { leafMessageId: handed?.id } });
    expect(back.json()).toMatchObject({ answeredBy: { handle: helper } });
  });

  test('waits for the calls beside it, and for its own approval', async () => {
    const helper = await createRunAgent(ada, {}, 'Sums');
    const desk = await createRunAgent(
      ada,
      {
        tools: [
          { id: `agent/${helper}`, use: 'hand-over', approval: 'always' },
          { id: 'calculator', approval: 'always' },
        ],
      },
      'Desk',
    );
    engine.model.script({ toolCalls: [handOver(helper), sum('k')] });
    const { run, events } = await streamRun(engine, desk, { input: 'Sum up.' });
    const [first] = await untilAsked(engine, run);
    expect(first).toMatchObject({ call: 'k' });
    await decide(ada, run, first?.approval ?? '', { decision: 'approve' });
    const second = (await untilAsked(engine, run, 2))[1];
    expect(second).toMatchObject({ call: `to_${helper}` });
    engine.model.script({ text: 'Mine now.' });
    await decide(ada, run, second?.approval ?? '', { decision: 'approve' });
    expect(eventsOf(await events, 'hand-over')).toHaveLength(1);
    expect(lastRequest().messages.map(({ content }) => content)).toEqual([expect.any(String), 'Sum up.']);
    expect((await getRun(ada, run)).output).toBe('Mine now.');
  });

  test('goes on with the other agent where that one asks its person', async () => {
    const helper = await createRunAgent(ada, { tools: [{ id: 'calculator', approval: 'always' }] }, 'Sums');
    const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
    engine.model.script({ toolCalls: [handOver(helper)], usage }, { toolCalls: [sum('k')], usage });
    const { run, events } = await streamRun(engine, desk);
    const [request] = await untilAsked(engine, run);
    expect(await getRun(ada, run)).toMatchObject({ status: 'waiting', answeredBy: { agent: helper } });
    const pending = await ask<Page<PendingWait>>(ada, { url: '/api/approvals' });
    expect(pending.body.items).toMatchObject([{ agent: { handle: desk }, wait: { agent: { handle: helper } } }]);
    engine.model.script({ text: 'It is 3.', usage });
    await decide(ada, run, request?.approval ?? '', { decision: 'approve' });
    await events;
    const ended = await getRun(ada, run);
    expect(ended).toMatchObject({ status: 'completed', output: 'It is 3.', usage: { inputTokens: 30 } });
    expect(await getConversation(ended.conversationId)).toMatchObject({ answeredBy: { handle: helper } });
  });
});

describe('a hand-over', () => {
  test('is not made twice to the same agent in a turn, nor for ever', async () => {
    const names = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Omega'];
    const handles: string[] = [];
    for (const name of names) handles.push(await createRunAgent(ada, {}, name));
    const [alpha = '', beta = '', gamma = '', delta = '', omega = ''] = handles;
    const next = [[beta], [alpha, gamma], [delta], [omega]];
    for (const [place, targets] of next.entries()) {
      await patchDraft(ada, handles[place] ?? '', { revision: 1, changes: { tools: to(...targets) } });
    }
    engine.model.script(
      { toolCalls: [handOver(beta)] },
      { toolCalls: [handOver(alpha)] },
      { toolCalls: [handOver(gamma)] },
      { toolCalls: [handOver(delta)] },
      { toolCalls: [handOver(omega)] },
      { text: 'Then I answer.' },
    );
    const { run } = await startRun(ada, alpha, { input: 'Go' });
    expect(run).toMatchObject({ output: 'Then I answer.', answeredBy: { agent: delta } });
    expect(toolSteps(run).map(({ tool, isError }) => [tool.slice(6), isError])).toEqual([
      [beta, false],
      [alpha, true],
      [gamma, false],
      [delta, false],
      [omega, true],
    ]);
    expect(JSON.stringify(toolSteps(run)[1]?.output)).toContain('had this turn already');
    expect(JSON.stringify(toolSteps(run)[4]?.output)).toContain('3 times at most');
  });

  test('to an agent that the person may not run is refused in words', async () => {
    const bob = await engine.hub.createPerson();
    const hidden = await createRunAgent(bob, {}, 'Hidden');
    const desk = await createRunAgent(bob, { tools: to(hidden), access: { visibility: 'members' } }, 'Bob’s desk');
    await publish(bob, desk);
    engine.model.script({ toolCalls: [handOver(hidden)] }, { text: 'Then I do it.' });
    const { run } = await startRun(ada, desk, { input: 'Go' });
    expect(run).toMatchObject({ output: 'Then I do it.', answeredBy: { agent: desk } });
    expect(toolSteps(run)).toMatchObject([
      { isError: true, output: { error: expect.stringContaining('may not use it') } },
    ]);
    expect(await getConversation(run.conversationId)).toMatchObject({ answeredBy: { handle: desk } });
  });

  test('with a key that is bound to the first agent alone is refused in words', async () => {
    const helper = await createRunAgent(ada, {}, 'Sums');
    const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
    const { key } = await ada.createKey(['runs:write'], [desk]);
    engine.model.script({ toolCalls: [handOver(helper)] }, { text: 'Then I do it.' });
    const { run } = await startRun(withKey(engine, key), desk, { input: 'Go' });
    expect(run).toMatchObject({ output: 'Then I do it.', answeredBy: { agent: desk } });
  });

  test('to an agent that was taken away since ends in the first one, or says who is missing', async () => {
    const bob = await engine.hub.createPerson();
    const helper = await createRunAgent(bob, { access: { visibility: 'members' } }, 'Shared');
    await publish(bob, helper);
    const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
    engine.model.script({ toolCalls: [handOver(helper)] }, { text: 'Mine.' });
    const { conversationId } = (await startRun(ada, desk, { input: 'Go' })).run;
    const { body } = await ask(bob, { url: `/api/agents/${helper}` });
    const hidden = await patchDraft(bob, helper, {
      revision: body.draftRevision ?? 0,
      changes: { access: { visibility: 'private' } },
    });
    expect(hidden.status).toBe(200);
    await publish(bob, helper);
    await patchDraft(ada, desk, { revision: 1, changes: { tools: [] } });
    const missing = await startRun(ada, desk, { input: 'And now?', conversationId });
    expect([missing.status, missing.run.code, missing.run.detail]).toEqual([
      409,
      'conflict',
      expect.stringContaining('is not there for you any more'),
    ]);
    expect((await ask(bob, { method: 'DELETE', url: `/api/agents/${helper}` })).status).toBe(204);
    engine.model.script({ text: 'The desk.' });
    expect((await startRun(ada, desk, { input: 'And now?', conversationId })).run.agent).toBe(desk);
  });

  test('carries budgets on: those of the run, and those of the agent that took over', async () => {
    for (const [desk, helper, spent] of [
      [{ budget: { maximumTokensPerRun: 100 } }, {}, 'This run may use 100 tokens'],
      [{}, { budget: { maximumTokensPerRun: 100 } }, 'Sums may use 100 tokens'],
    ] as const) {
      const taker = await createRunAgent(ada, { ...helper, tools: [{ id: 'calculator' }] }, 'Sums');
      const giver = await createRunAgent(ada, { ...desk, tools: to(taker) }, 'Desk');
      engine.model.script(
        { toolCalls: [handOver(taker)], usage: { inputTokens: 60, outputTokens: 0 } },
        { toolCalls: [sum('k')], usage: { inputTokens: 'budget' in helper ? 100 : 60, outputTokens: 0 } },
      );
      const { run } = await startRun(ada, giver, { input: 'Go' });
      expect(run).toMatchObject({ status: 'failed', error: { code: 'budget_exceeded' } });
      expect(run.error?.detail).toContain(spent);
    }
  });

  test('counts the steps of all who had the turn', async () => {
    const helper = await createRunAgent(ada, { tools: [{ id: 'calculator' }] }, 'Sums');
    const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
    engine.model.script({ toolCalls: [handOver(helper)] }, { toolCalls: [sum('k')] });
    const { run } = await startRun(ada, desk, { input: 'Go', budget: { maximumSteps: 2 } });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'budget_exceeded' } });
  });

  test('is an ordinary call where the agent was called itself', async () => {
    const last = await createRunAgent(ada, {}, 'Last');
    const middle = await createRunAgent(ada, { tools: to(last) }, 'Middle');
    const desk = await createRunAgent(ada, { tools: [{ id: `agent/${middle}` }] }, 'Desk');
    engine.model.script(
      { toolCalls: [{ id: 'a', name: middle, arguments: { task: 'Work.' } }] },
      { toolCalls: [{ id: 'b', name: last, arguments: { task: 'Work.' } }] },
      { text: 'Done by the last.' },
      { text: 'Done by the middle.' },
      { text: 'Done.' },
    );
    const { run } = await startRun(ada, desk, { input: 'Go' });
    expect(run).toMatchObject({ output: 'Done.', answeredBy: { agent: desk } });
    expect(toolSteps(run).map(({ call }) => call)).toEqual(['a', 'a/b']);
  });

  test('is held to the guards of who takes over', async () => {
    const helper = await createRunAgent(
      ada,
      { guards: [{ kind: 'blocked-topics', action: 'refuse', words: ['secret plan'] }] },
      'Strict',
    );
    const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
    engine.model.script({ toolCalls: [handOver(helper, 'It is about the secret plan.')] });
    const { run } = await startRun(ada, desk, { input: 'Go' });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'guard_refused' } });
  });

  test('is asked of agents alone', async () => {
    const agent = await createRunAgent(ada, { tools: [{ id: 'calculator', use: 'hand-over' }] });
    const { status, body } = await publish(ada, agent);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('tools.0.use');
  });

  test('goes along in a package', async () => {
    const helper = await createRunAgent(ada, {}, 'Sums');
    const desk = await createRunAgent(ada, { tools: to(helper) }, 'Desk');
    const { rawPayload } = await ada.inject({ url: `/api/agents/${desk}/export` });
    const imported = await importZip(ada, rawPayload);
    expect(imported.status).toBe(201);
    expect(imported.body.definition.tools).toMatchObject([{ id: `agent/${helper}`, use: 'hand-over' }]);
  });

  test('is within the offline planner’s reach', async () => {
    const helper = await createRunAgent(ada, { model: { wishes: ['offline/planner'] } }, 'Refund desk');
    const desk = await createRunAgent(ada, { model: { wishes: ['offline/planner'] }, tools: to(helper) }, 'Reception');
    const { run } = await startRun(ada, desk, { input: 'I need the refund desk for a refund of my invoice.' });
    expect(run.answeredBy.agent).toBe(helper);
    expect(run.status).toBe('completed');
  });
});

describe('for an OpenAI client', () => {
  test('a hand-over is told, and a response goes on with who took over', async () => {
    const { helper, desk } = await handedOver();
    const client = new OpenAI({ apiKey: engine.key, baseURL: `${engine.url}/v1`, maxRetries: 0, logLevel: 'off' });
    engine.model.script({ toolCalls: [handOver(helper)] }, { text: 'It is 3.' });
    const completion = await client.chat.completions.create({
      model: desk,
      messages: [{ role: 'user', content: 'What is 1 + 2?' }],
    });
    expect(completion).toMatchObject({
      choices: [{ message: { content: 'It is 3.' }, finish_reason: 'stop' }],
      atrium: { answeredBy: { agent: helper } },
    });
    engine.model.script({ toolCalls: [handOver(helper)] }, { text: 'Mine.' });
    const stream = await client.chat.completions.create({
      model: desk,
      stream: true,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    const told: unknown[] = [];
    for await (const chunk of stream) told.push((chunk as { atrium?: { type: string } }).atrium?.type);
    expect(told).toContain('hand-over');
    engine.model.script({ toolCalls: [handOver(helper)] }, { text: 'Mine.' }, { text: 'Still mine.' });
    const first = await client.responses.create({ model: desk, input: 'Hi' });
    const second = await client.responses.create({ model: desk, input: 'And?', previous_response_id: first.id });
    expect(second).toMatchObject({ output_text: 'Still mine.', atrium: { answeredBy: { agent: helper } } });
    await until(async () => (await getRun(ada, first.id.slice(5))).endedAt);
  });
});
