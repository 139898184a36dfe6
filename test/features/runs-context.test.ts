import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRunAgent, type Engine, send, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;

type Sent = { role: string; content: string };

/** What the provider was sent after the instructions, with who says it. */
function lastSent(): string[] {
  const messages = engine.model.requests.at(-1)?.body['messages'] as Sent[];
  return messages.slice(1).map(({ role, content }) => `${role}: ${content}`);
}

async function createWith(context: object, model: object = {}) {
  return createRunAgent(engine.ada, { context, model });
}

/** Says some things in a conversation; the agent answers each with "Answer to …". */
async function talk(agent: string, inputs: string[], conversationId?: string | null) {
  let id = conversationId;
  for (const input of inputs) {
    engine.model.script({ text: `Answer to ${input}` });
    const payload = { input, ...(typeof id === 'string' ? { conversationId: id } : {}) };
    const { run } = await startRun(engine.ada, agent, payload);
    expect(run).toMatchObject({ status: 'completed' });
    id = run.conversationId;
  }
  return id ?? '';
}

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('the model is sent', () => {
  test('the newest message and as many earlier ones as the agent allows', async () => {
    const agent = await createWith({ maximumMessages: 2 });
    const conversation = await talk(agent, ['one', 'two']);
    expect(lastSent()).toEqual(['user: one', 'assistant: Answer to one', 'user: two']);
    await talk(agent, ['three'], conversation);
    expect(lastSent()).toEqual(['user: two', 'assistant: Answer to two', 'user: three']);
  });

  test('no answer without its question, where the limit falls between them', async () => {
    const agent = await createWith({ maximumMessages: 3 });
    await talk(agent, ['one', 'two', 'three']);
    expect(lastSent()).toEqual(['user: two', 'assistant: Answer to two', 'user: three']);
  });

  test('earlier messages up to the tokens that the agent allows', async () => {
    const agent = await createWith({ maximumTokens: 500 });
    const long = (name: string) => `${name} ${'word '.repeat(260)}`;
    const conversation = await talk(agent, [long('one')]);
    await talk(agent, ['two'], conversation);
    expect(lastSent()).toEqual(['user: two']);
    await talk(agent, ['three'], conversation);
    expect(lastSent()).toEqual(['user: two', 'assistant: Answer to two', 'user: three']);
  });

  test('tokens as its tokenizer counts them: as much prose fits, and less hexadecimal', async () => {
    const prose = 'It is what it is, and so are we all. '.repeat(20);
    const hexadecimal = '7f3a9c1e'.repeat(92);
    const agent = await createWith({ maximumTokens: 500 });
    await talk(agent, [prose, 'two']);
    expect(lastSent()).toHaveLength(3);
    await talk(agent, [hexadecimal, 'two']);
    expect(lastSent()).toEqual(['user: two']);
  });

  test('results of tools that fit into its window, the newest whole, each with its call', async () => {
    const sum = (count: number) => ({
      name: 'calculator',
      arguments: { expression: Array(count).fill('1').join('+') },
    });
    const agent = await createRunAgent(engine.ada, {
      // A window of 8,192 tokens, half of it for the answer; the instructions take most of the rest.
      model: { wishes: ['openai/gpt-4'] },
      instructions: 'word '.repeat(2400),
      tools: [{ id: 'calculator' }],
    });
    engine.model.script({ toolCalls: [sum(300)] }, { toolCalls: [sum(301)] }, { text: 'Done.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Done.' });
    const sent = engine.model.requests.at(-1)?.body['messages'] as Sent[];
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant', 'tool']);
    expect(sent[3]?.content).toMatch(/^\[This result was left out/);
    expect(sent[5]?.content).toContain('301');
  });

  test('the newest message whole, and what fits before it, however long it is', async () => {
    const agent = await createWith({ maximumTokens: 500, maximumMessages: 1 });
    const conversation = await talk(agent, ['one']);
    const huge = '很长的文字'.repeat(2000);
    await talk(agent, [huge], conversation);
    expect(lastSent().at(-1)).toBe(`user: ${huge}`);
    const roomy = await createWith({ maximumTokens: 500 });
    await talk(roomy, ['one', huge]);
    expect(lastSent()).toEqual(['user: one', 'assistant: Answer to one', `user: ${huge}`]);
  });

  test('an exchange that was handed in, trimmed alike, but every system message of it', async () => {
    const agent = await createWith({ maximumMessages: 2 });
    engine.model.script({ text: 'Yes.' });
    await startRun(engine.ada, agent, {
      messages: [
        { role: 'system', content: 'Whisper.' },
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'Answer to one' },
        { role: 'user', content: 'two' },
        { role: 'assistant', content: 'Answer to two' },
        { role: 'user', content: 'three' },
      ],
    });
    expect(lastSent()).toEqual(['system: Whisper.', 'user: two', 'assistant: Answer to two', 'user: three']);
  });

  test('no empty message of an answer that failed', async () => {
    const agent = await createWith({});
    engine.model.script({ status: 401 });
    const failed = await startRun(engine.ada, agent, { input: 'one' });
    expect(failed.run).toMatchObject({ status: 'failed', output: '' });
    await talk(agent, ['two'], failed.run.conversationId);
    expect(lastSent()).toEqual(['user: one', 'user: two']);
  });

  test('the part of an answer that came before it failed', async () => {
    const agent = await createWith({});
    engine.model.script({ text: ['So ', 'far ', 'and ', 'on'], ending: 'cut' });
    const failed = await startRun(engine.ada, agent, { input: 'one' });
    await talk(agent, ['two'], failed.run.conversationId);
    expect(lastSent()).toEqual(['user: one', 'assistant: So far ', 'user: two']);
  });

  test('its settings', async () => {
    const agent = await createWith({}, { temperature: 0.25, maximumOutputTokens: 77 });
    await talk(agent, ['one']);
    expect(engine.model.requests.at(-1)?.body).toMatchObject({
      model: 'test-model',
      temperature: 0.25,
      max_tokens: 77,
    });
  });
});

describe('a conversation', () => {
  test('takes one run at a time, and names the one under way', async () => {
    const agent = await createWith({});
    const conversationId = await talk(agent, ['one']);
    engine.model.script({ text: ['Slow ', 'but ', 'sure.'], pieceDelayMs: 700 });
    const body = { input: 'two', conversationId, stream: true };
    const first = await send(engine, `/api/agents/${agent}/runs`, { body });
    const run = first.headers.get('x-run-id') ?? '';
    const second = await startRun(engine.ada, agent, { input: 'three', conversationId });
    expect([second.status, second.run.code]).toEqual([409, 'conflict']);
    expect(second.run.detail).toContain(run);
    const found = await engine.ada.inject({ url: `/api/conversations/${conversationId}` });
    expect(found.json()).toMatchObject({ activeRun: run });
    await first.text();
    await talk(agent, ['four'], conversationId);
    expect(lastSent().at(-2)).toBe('assistant: Slow but sure.');
  });

  test('of someone else, of another agent, or that is not there takes none', async () => {
    const agent = await createWith({});
    const other = await createWith({});
    const bo = await engine.hub.createPerson();
    const theirs = await createRunAgent(bo);
    const conversationId = await talk(agent, ['one']);
    const answers = [
      await startRun(bo, theirs, { input: 'two', conversationId }),
      await startRun(engine.ada, other, { input: 'two', conversationId }),
      await startRun(engine.ada, agent, { input: 'two', conversationId: 'never' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 409, 404]);
  });
});

describe('a request that cannot be run', () => {
  test.each([
    ['nothing to answer', {}, 'body.input'],
    ['an empty message', { input: '' }, 'body.input'],
    ['two things to answer', { input: 'Hi', messages: [{ role: 'user', content: 'Hi' }] }, 'body.input'],
    ['the agent’s word last', { messages: [{ role: 'assistant', content: 'Hi' }] }, 'body.messages'],
    [
      'an exchange in a stored conversation',
      { messages: [{ role: 'user', content: 'Hi' }], conversationId: 'x' },
      'body.conversationId',
    ],
    ['a version of none', { input: 'Hi', version: 0 }, 'body.version'],
    ['a member of its own', { input: 'Hi', colour: 'red' }, 'body.colour'],
    ['metadata that is not text', { input: 'Hi', metadata: { place: 7 } }, 'body.metadata.place'],
  ])('with %s is refused by name', async (_name, payload, path) => {
    const agent = await createWith({});
    const { status, run } = await startRun(engine.ada, agent, payload);
    expect([status, run.code]).toEqual([400, 'validation_failed']);
    expect(run.errors?.map((issue) => issue.path)).toContain(path);
  });
});

test('who takes a turn over is told what the tools of those before brought, as data, as its guards let it pass', async () => {
  const to = (agent: string) => ({ id: `agent/${agent}`, use: 'hand-over' });
  const calculate = (id: string, expression: string) => ({ id, name: 'calculator', arguments: { expression } });
  const handOver = (agent: string) => ({
    id: `to_${agent}`,
    name: `hand_over_to_${agent}`,
    arguments: { task: 'Go on' },
  });
  const guards = [{ kind: 'personal-data', when: 'tool-result', action: 'mask' }];
  const last = await createRunAgent(engine.ada, { guards, context: { maximumTokens: 500 } }, 'Last');
  const middle = await createRunAgent(engine.ada, { tools: [to(last)] }, 'Middle');
  const first = await createRunAgent(engine.ada, { tools: [{ id: 'calculator' }, to(middle)] }, 'First');
  engine.model.script(
    { toolCalls: [calculate('c1', `${'1 + '.repeat(200)}1`), calculate('c2', 'ada@example.org')] },
    { toolCalls: [calculate('c3', '7 * 8'), handOver(middle)] },
    { toolCalls: [handOver(last)] },
    { text: '42.' },
  );
  await startRun(engine.ada, first, { input: 'Go' });
  const told = engine.model.requests.slice(-2).map(({ body }) => (body['messages'] as Sent[])[0]?.content ?? '');
  for (const instructions of told) {
    expect(instructions).toMatch(
      /untrusted data \w+ from tools of the other agent[^]*calculator\(\{"expression":"7 \* 8"\}\) →[^]*56/,
    );
    expect(instructions).not.toContain('hand_over_to');
  }
  const [whole = '', cut = ''] = told;
  expect([whole.includes('1 + 1'), whole.includes('ada@example.org')]).toEqual([true, true]);
  expect([cut.includes('1 + 1'), cut.includes('ada@example.org')]).toEqual([false, false]);
  expect(cut).toContain('earlier results had no room');
});
