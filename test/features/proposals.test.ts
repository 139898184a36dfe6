import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '#server/contract/agent.ts';
import type { Problem } from '#server/contract/problem.ts';
import { DraftProposal, type DraftTalk, type ProposalDecision, type Rewriting } from '#server/contract/proposal.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import { ask, createAgent, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { type Engine, eventsOf, readEvents, send, startEngine, textOf, until } from '#test/support/run-engine.ts';

const agentsFolder = join(import.meta.dirname, '../../agents');

let engine: Engine;
let bob: TestPerson;

const describeAgent = (person: TestPerson, agent: string, input: string) =>
  ask<Run & Pick<Problem, 'code'>>(person, {
    method: 'POST',
    url: `/api/agents/${agent}/talk/runs`,
    payload: { input },
  });
const getTalk = (person: TestPerson, agent: string) =>
  ask<DraftTalk & Problem>(person, { url: `/api/agents/${agent}/talk` });
const getAgent = async (person: TestPerson, agent: string) =>
  (await ask<Agent>(person, { url: `/api/agents/${agent}` })).body;
const rewrite = (person: TestPerson, agent: string, payload: object) =>
  ask<Rewriting & Problem>(person, { method: 'POST', url: `/api/agents/${agent}/rewrite`, payload });

const propose = (changes: object) => ({
  toolCalls: [{ name: 'propose_changes', arguments: { summary: 'A first draft.', ...changes } }],
});
const letters = {
  name: 'Letter Reader',
  tagline: 'Official letters in plain words',
  instructions: '# Role\n\nYou explain official letters to people who find them hard.',
  starters: ['What does this letter want from me?'],
  tools: ['read-web-page'],
  tests: [{ name: 'It explains', input: 'Explain: dunning notice', expect: [{ kind: 'contains', anyOf: ['pay'] }] }],
};
const proposalsOf = (run: { artifacts: Artifact[] }) =>
  run.artifacts.flatMap((artifact) => (artifact.kind === 'proposal' ? [artifact] : []));

type Sent = { messages: { role: string; content: string }[]; tools?: { function: { name: string } }[] };
const sentAt = (place: number) =>
  engine.model.requests.filter(({ method }) => method === 'POST').at(place)?.body as Sent;
const toolsAt = (place: number) => (sentAt(place).tools ?? []).map((tool) => tool.function.name);
const told = (place: number) => JSON.stringify(sentAt(place));

beforeAll(async () => {
  engine = await startEngine({ agentsFolder });
  await engine.hub.services.agents.installShippedAgents();
  bob = await engine.hub.createPerson();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a talk about a draft', () => {
  test('proposes a whole draft and changes nothing', async () => {
    const { handle, id } = await createAgent(engine.ada, { name: 'New one' });
    const before = await getAgent(engine.ada, handle);
    engine.model.script(
      { toolCalls: [{ name: 'search_catalogue', arguments: { kind: 'tools', query: 'read a web page' } }] },
      propose(letters),
      { text: 'I gave it one tool.' },
    );
    const { status, body: run } = await describeAgent(engine.ada, handle, 'Explain official letters in plain words.');
    expect([status, run.status, run.output]).toEqual([200, 'completed', 'I gave it one tool.']);
    expect(toolsAt(-3)).toEqual(['read_draft', 'search_catalogue', 'propose_changes']);
    expect(told(-2)).toContain('read-web-page');
    const [proposal] = proposalsOf(run);
    expect(proposal).toMatchObject({ agent: id, title: 'A first draft.' });
    expect(DraftProposal.parse(proposal?.changes)).toMatchObject({ name: 'Letter Reader', tools: ['read-web-page'] });
    expect(await getAgent(engine.ada, handle)).toEqual(before);
  });

  test('goes on in one conversation that stands in no list, and tells the agent what was decided', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Decided' });
    engine.model.script(propose(letters), { text: 'There.' });
    const first = (await describeAgent(engine.ada, handle, 'Explain letters.')).body;
    const proposal = proposalsOf(first)[0]?.id ?? '';
    const decided = await ask<ProposalDecision>(engine.ada, {
      method: 'PUT',
      url: `/api/agents/${handle}/talk/proposals/${proposal}`,
      payload: { applied: ['name', 'instructions'], discarded: ['tools'] },
    });
    expect(decided.body).toMatchObject({ proposal, applied: ['name', 'instructions'], discarded: ['tools'] });
    engine.model.script({ toolCalls: [{ name: 'read_draft', arguments: {} }] }, { text: 'I see.' });
    const second = (await describeAgent(engine.ada, handle, 'And shorter.')).body;
    expect(second.conversationId).toBe(first.conversationId);
    expect(told(-2)).toContain('applied name, instructions; discarded tools; not decided tagline, starters, tests');
    expect(told(-1)).toContain('Decided');
    expect((await getTalk(engine.ada, handle)).body).toMatchObject({
      conversationId: first.conversationId,
      activeRun: null,
      decisions: [{ proposal }],
      model: 'openai/test-model',
    });
    const listed = await ask<{ items: { id: string }[] }>(engine.ada, { url: '/api/conversations' });
    expect(listed.body.items.map(({ id }) => id)).not.toContain(first.conversationId);

    expect((await ask(engine.ada, { method: 'DELETE', url: `/api/agents/${handle}/talk` })).status).toBe(204);
    expect((await getTalk(engine.ada, handle)).body).toMatchObject({ conversationId: null, decisions: [] });
  });

  test('is removed like a preview when nobody goes on with it; the draft stays', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Left alone' });
    engine.model.script({ text: 'What for?' });
    await describeAgent(engine.ada, handle, 'Something.');
    const { conversations } = engine.hub.services;
    await conversations.removePreviews(new Date(Date.now() - 60_000));
    expect((await getTalk(engine.ada, handle)).body.conversationId).not.toBeNull();
    await conversations.removePreviews(new Date(Date.now() + 60_000));
    expect((await getTalk(engine.ada, handle)).body.conversationId).toBeNull();
    expect((await getAgent(engine.ada, handle)).handle).toBe(handle);
  });

  test('is streamed, and what it proposes comes as an artifact', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Streamed' });
    const { key } = await engine.ada.createKey(['agents:read', 'agents:write', 'runs:write']);
    engine.model.script(propose({ tagline: 'In one line' }), { text: 'Done.' });
    const response = await send({ url: engine.url, key }, `/api/agents/${handle}/talk/runs`, {
      body: { input: 'A tagline, please.', stream: true },
    });
    const seen = await readEvents(response);
    expect(eventsOf(seen, 'artifact').map(({ artifact }) => artifact.kind)).toEqual(['proposal']);
    expect([textOf(seen), seen.at(-1)?.event.type]).toEqual(['Done.', 'run-end']);
  });

  test('refuses what cannot be applied in words that the model can mend', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Mended' });
    engine.model.script(
      propose({
        tools: ['time-machine'],
        models: ['openai/unheard-of'],
        category: 'nowhere',
        instructions: 'Greet {{guest}}.',
        tests: [{ name: 'x', input: 'x', expect: [{ kind: 'calls', tool: 'calculator' }] }],
      }),
      propose({ tagline: 'x'.repeat(121) }),
      propose({ tagline: 'Short' }),
      { text: 'Now it fits.' },
    );
    const { body: run } = await describeAgent(engine.ada, handle, 'Something.');
    for (const part of ['time-machine', 'unheard-of', 'nowhere', 'guest', 'calculator'])
      expect(told(-3)).toContain(part);
    expect(told(-2)).toContain('tagline');
    expect(proposalsOf(run).map(({ changes }) => changes['tagline'])).toEqual(['Short']);
  });

  test('cannot publish, share, spend or lower an approval, whatever the description says', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Harmless' });
    engine.model.script(
      propose({ access: { visibility: 'hub' } }),
      propose({ budget: { maximumUsdPerRun: 500 } }),
      propose({ tools: [{ id: 'read-web-page', approval: 'never', fixedParameters: { key: 'k' } }] }),
      { toolCalls: [{ name: 'publish_agent', arguments: { agent: handle } }] },
      { text: 'I can only propose.' },
    );
    const { body: run } = await describeAgent(engine.ada, handle, 'Publish it for everybody, with 500 dollars.');
    expect(run.steps.filter((step) => step.kind === 'tool').map(({ isError }) => isError)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(proposalsOf(run)).toEqual([]);
    expect(await getAgent(engine.ada, handle)).toMatchObject({ publishedVersion: null, draftRevision: 1 });
  });

  test('keeps keys out of what the model is sent and of what it proposes', async () => {
    const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789';
    const { handle } = await createAgent(engine.ada, { name: 'Quiet' });
    engine.model.script(propose({ instructions: `Send ${key} with each call.` }), { text: 'Done.' });
    const { body: run } = await describeAgent(engine.ada, handle, `Use my key ${key} in the instructions.`);
    expect(told(-2)).not.toContain(key);
    expect(proposalsOf(run)).toHaveLength(1);
    expect(JSON.stringify(run.artifacts)).not.toContain(key);
  });

  test('is bound to one draft: the agent of another is neither read nor offered', async () => {
    const secret = await createAgent(engine.ada, { name: 'Adas own', definition: { instructions: 'Hidden words' } });
    const mine = await createAgent(bob, { name: 'Mine alone' });
    engine.model.script(
      { toolCalls: [{ name: 'read_draft', arguments: { agent: secret.handle } }] },
      { toolCalls: [{ name: 'search_catalogue', arguments: { kind: 'tools', query: 'Adas own' } }] },
      propose({ tools: [`agent/${secret.handle}`] }),
      { text: 'There is no such agent.' },
    );
    const { body: run } = await describeAgent(bob, mine.handle, `Read ${secret.handle} and call it.`);
    expect(proposalsOf(run)).toEqual([]);
    expect(JSON.stringify(run)).not.toContain('Hidden words');
    for (const { status, body } of [
      await describeAgent(bob, secret.handle, 'Tell me about it.'),
      await getTalk(bob, secret.handle),
      await rewrite(bob, secret.handle, { part: 'tagline', text: 'x' }),
    ])
      expect([status, body.code]).toEqual([404, 'not_found']);
  });

  test('gives a draft to nobody but the agent that came with the hub', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Guarded' });
    engine.model.script({ text: 'Hello.' });
    const talk = (await describeAgent(engine.ada, handle, 'Hello')).body.conversationId;
    const other = await createAgent(engine.ada, {
      name: 'Taker',
      definition: { model: { wishes: ['openai/test-model'] } },
    });
    await publish(engine.ada, other.handle);
    const url = `/api/conversations/${talk}`;
    expect((await ask(engine.ada, { method: 'PATCH', url, payload: { answeredBy: other.handle } })).status).toBe(200);
    engine.model.script({ text: 'I took over.' });
    await describeAgent(engine.ada, handle, 'Go on');
    expect(toolsAt(-1)).toEqual(['hand_over_to_agent-builder']);
    // Nor does the builder itself have one outside of a talk.
    engine.model.script({ text: 'Not beside a draft.' });
    const payload = { input: 'Build something.' };
    await ask(engine.ada, { method: 'POST', url: '/api/agents/agent-builder/runs', payload });
    expect(toolsAt(-1)).toEqual([]);
  });

  test('is for those who may edit: a member, a stranger and an unknown proposal are refused', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Shared', definition: { access: { visibility: 'hub' } } });
    await publish(engine.ada, handle);
    const member = await engine.hub.createPerson({ role: 'member' });
    expect((await describeAgent(member, handle, 'Change it.')).status).toBe(403);
    const url = `/api/agents/${handle}/talk/proposals/none`;
    const unknown = await ask<Problem>(engine.ada, { method: 'PUT', url, payload: { applied: ['name'] } });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    const both = { applied: ['name'], discarded: ['name'] };
    expect((await ask(engine.ada, { method: 'PUT', url, payload: both })).status).toBe(400);
    expect((await describeAgent(engine.ada, handle, ' ')).status).toBe(400);
    expect((await engine.hub.app.inject({ url: `/api/agents/${handle}/talk` })).statusCode).toBe(401);
  });
});

describe('a text written better', () => {
  test('comes back without a fence, counts as usage of the person, and is not stored', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Rewritten' });
    engine.model.script({
      text: '```markdown\n# Role\n\nYou help.\n```',
      usage: { inputTokens: 120, outputTokens: 30 },
    });
    const answer = await rewrite(engine.ada, handle, { part: 'instructions', text: 'you help ppl', wish: 'Headings' });
    expect(answer.body).toEqual({ text: '# Role\n\nYou help.', model: 'openai/test-model' });
    expect(told(-1)).toContain('The person wishes: Headings');
    expect((await getAgent(engine.ada, handle)).definition.instructions).toBe('');
    const runs = await ask<{ items: Run[] }>(engine.ada, { url: '/api/runs?limit=1' });
    expect(runs.body.items[0]).toMatchObject({
      startedBy: { kind: 'rewrite' },
      usage: { inputTokens: 120, outputTokens: 30 },
    });
  });

  test('is stopped by who leaves, and a provider that fails is a problem', async () => {
    const { handle } = await createAgent(engine.ada, { name: 'Left' });
    const { key } = await engine.ada.createKey(['runs:write', 'agents:write']);
    const leaving = new AbortController();
    engine.model.script({ hang: true });
    const seen = engine.model.requests.length;
    const path = `/api/agents/${handle}/rewrite`;
    const body = { part: 'description', text: 'Long.' };
    const left = send({ url: engine.url, key }, path, { body, signal: leaving.signal }).catch(() => 'left');
    const request = await until(() => engine.model.requests[seen] ?? null);
    leaving.abort();
    expect(await left).toBe('left');
    await until(() => request.state === 'dropped');
    engine.model.script({ status: 400 });
    const failed = await rewrite(engine.ada, handle, body);
    expect([failed.status, failed.body.code]).toEqual([502, 'model_rejected']);
  });
});

describe('without a language model', () => {
  let hub: TestApp;
  let eve: TestPerson;
  beforeAll(async () => {
    hub = await buildTestApp({ agentsFolder });
    await hub.services.agents.installShippedAgents();
    eve = await hub.createPerson();
  });
  afterAll(() => hub.close());

  test.each([
    ['I want an agent that translates contracts into German. Which tone?', 'Translator', /^Translates contracts/, 'en'],
    ['Add up what I spend and draw a chart of it. What is left?', 'Counting Desk', /^Add up what I spend/, 'en'],
    ['帮我做一个解释区块链交易的智能体', '交易解读员', /^解释区块链交易$/, 'zh'],
    ['把我的花费加起来，并画成图表', '计算台', /^把我的花费加起来$/, 'zh'],
  ])('"%s" fills the closest template, and says so', async (input, template, name, language) => {
    const { handle } = await createAgent(eve, { name: 'Blank' });
    const { body: run } = await describeAgent(eve, handle, input);
    expect(run).toMatchObject({ status: 'completed', model: 'offline/planner' });
    expect(run.output).toContain(language === 'zh' ? '没有连接语言模型' : 'No language model is connected');
    expect(run.output).toContain(template);
    const changes = DraftProposal.parse(proposalsOf(run)[0]?.changes);
    expect(changes.name).toMatch(name);
    expect(changes.instructions).toContain(input);
    expect(changes.instructions?.length).toBeGreaterThan(400);
    expect(changes.starters?.[0]).toMatch(language === 'zh' ? /./ : /^(?:Which tone|What is left)\?$/);
    expect((await getTalk(eve, handle)).body.model).toBeNull();
  });

  test.each([
    ['Qwxz vbnm plugh', 'Qwxz vbnm plugh'],
    ['帮我的网店客服回答顾客关于退货和配送的问题，语气要友好', '我的网店客服回答顾客关于退货'],
    ['I need something that helps me with my variables every day', 'My variables every day'],
    ['Answer my customers about returns and delivery, in a friendly tone', 'Answer my customers about returns'],
  ])('"%s" meets no template: the words are kept as they are', async (input, name) => {
    const { handle } = await createAgent(eve, { name: 'Alone' });
    const { body: run } = await describeAgent(eve, handle, input);
    const changes = DraftProposal.parse(proposalsOf(run)[0]?.changes);
    expect(Object.keys(changes).sort()).toEqual(['instructions', 'name', 'summary', 'tagline']);
    expect(changes.name).toBe(name);
  });

  test('no text is rewritten', async () => {
    const { handle } = await createAgent(eve, { name: 'Alone' });
    const refused = await rewrite(eve, handle, { part: 'tagline', text: 'A line' });
    expect([refused.status, refused.body.code]).toEqual([502, 'model_unavailable']);
  });
});
