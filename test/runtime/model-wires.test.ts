import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionTest, ModelList } from '#server/contract/model.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  providerKey,
  startEngine,
  startRun,
  textOf,
} from '#test/support/run-engine.ts';
import { scriptedSignature } from '#test/support/scripted-model/gemini-wire.ts';

let engine: Engine;
const sum = { name: 'calculator', arguments: { expression: '20 + 22' } };
const bodyOf = (place: number) => engine.model.requests.at(place)?.body ?? {};
const createHelper = (wishes: string[], more: object = {}) =>
  createRunAgent(engine.ada, { model: { wishes }, tools: [{ id: 'calculator' }], ...more });

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

test.each(['google', 'mistral'])('the connection of %s lists its chat models alone, and hides its key', async (id) => {
  const ask = await engine.ada.inject({ method: 'POST', url: `/api/connections/${id}/test` });
  expect(ask.json<ConnectionTest>()).toMatchObject({ works: true, models: ['test-model'] });
  expect(ask.body).not.toContain(providerKey);
});

test('what a provider says of its models is known, and what everybody knows of the others', async () => {
  const { items } = (await engine.ada.inject({ url: '/api/models' })).json<ModelList>();
  const find = (reference: string) => items.find((model) => model.reference === reference);
  expect(find('google/test-model')).toMatchObject({ seesImages: null, contextTokens: 1_048_576 });
  expect(find('mistral/test-model')).toMatchObject({ seesImages: true, contextTokens: null });
  expect(find('openai/test-model')).toMatchObject({ seesImages: null, contextTokens: null });
});

describe('Gemini', () => {
  test('gets its calls back as it signed them, and their results side by side', async () => {
    const agent = await createHelper(['google/gemini-3-pro-preview']);
    engine.model.script({ text: 'Both: ', toolCalls: [sum, { ...sum, id: 'theirs' }] }, { text: 'Done.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Both: Done.' });
    const last = engine.model.requests.at(-1);
    expect(last?.path).toBe('/v1beta/models/gemini-3-pro-preview:streamGenerateContent');
    expect(last?.headers['x-goog-api-key']).toBe(providerKey);
    const { name, arguments: args } = sum;
    expect(bodyOf(-1)['contents']).toEqual([
      { role: 'user', parts: [{ text: 'Go' }] },
      {
        role: 'model',
        parts: [
          { text: 'Both: ' },
          { functionCall: { name, args }, thoughtSignature: scriptedSignature },
          { functionCall: { id: 'theirs', name, args } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { name, response: { result: expect.stringContaining('42') as string } } },
          { functionResponse: { id: 'theirs', name, response: { result: expect.stringContaining('42') as string } } },
        ],
      },
    ]);
    expect(bodyOf(-1)['generationConfig']).toEqual({ thinkingConfig: { includeThoughts: true } });
  });

  test('takes over a run in which another model called a tool', async () => {
    const agent = await createHelper(['openai/test-model', 'google/gemini-3-flash']);
    engine.model.script({ toolCalls: [sum] }, { status: 401 }, { text: 'Mine now.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Mine now.' });
    expect(JSON.stringify(bodyOf(-1))).toContain('"thoughtSignature":"skip_thought_signature_validator"');
  });

  test('is told of a schema only what it knows of schemas', async () => {
    const schema = {
      type: 'object',
      properties: { pattern: { type: 'string', pattern: '^a', const: 'a' }, few: { type: 'array', uniqueItems: true } },
      required: ['pattern'],
      unevaluatedProperties: false,
    };
    const agent = await createHelper(['google/gemini-2.5-flash'], { tools: [], output: { kind: 'json', schema } });
    engine.model.script({ text: '{"pattern":"a"}' });
    expect((await startRun(engine.ada, agent, { input: 'Go' })).run.status).toBe('completed');
    expect(bodyOf(-1)['generationConfig']).toMatchObject({
      responseMimeType: 'application/json',
      responseJsonSchema: {
        type: 'object',
        properties: { pattern: { type: 'string', enum: ['a'] }, few: { type: 'array' } },
        required: ['pattern'],
      },
    });
    expect(JSON.stringify(bodyOf(-1)['generationConfig'])).not.toMatch(/uniqueItems|unevaluated|\^a/);
  });

  test('says why a question was blocked, and when a stream carries an error', async () => {
    const agent = await createHelper(['google/test-model']);
    const blocked =
      'data: {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":7}}\n\n';
    const broken = 'data: {"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}\n\n';
    engine.model.script(
      { status: 200, body: blocked },
      ...Array.from({ length: 3 }, () => ({ status: 200, body: broken })),
    );
    const first = await startRun(engine.ada, agent, { input: 'Go' });
    expect(first.run).toMatchObject({ status: 'completed', finishReason: 'content_filter', usage: { inputTokens: 7 } });
    const second = await startRun(engine.ada, agent, { input: 'Go' });
    expect(second.run).toMatchObject({ status: 'failed', error: { code: 'model_unavailable' } });
  });
});

describe('Anthropic', () => {
  test('is told what it may keep: instructions with tools, and the conversation up to its last message', async () => {
    const agent = await createHelper(['anthropic/claude-sonnet-4-5']);
    const usage = { inputTokens: 3000, keptTokens: 2000, outputTokens: 10 };
    engine.model.script({ toolCalls: [sum], usage }, { text: 'Done.', usage: { inputTokens: 3100, outputTokens: 1 } });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    const mark = { cache_control: { type: 'ephemeral' } };
    expect(bodyOf(-2)['system']).toMatchObject([{ type: 'text', ...mark }]);
    expect(bodyOf(-2)['messages']).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Go', ...mark }] }]);
    const last = (bodyOf(-1)['messages'] as { role: string; content: object[] }[]).at(-1);
    expect(last).toMatchObject({ role: 'user', content: [{ type: 'tool_result', ...mark }] });
    expect(JSON.stringify(bodyOf(-1)).split('cache_control')).toHaveLength(3);
    // Three dollars a million, a quarter more for what is kept, fifteen for what is said.
    expect(run.steps[0]).toMatchObject({ kind: 'model', contextWindow: 200_000, usage: { inputTokens: 3000 } });
    expect(run.costUsd).toBeCloseTo((3000 * 3 + 2000 * 0.75 + 10 * 15 + 3100 * 3 + 15) / 1e6, 9);
  });
});

test.each([
  ['openai/gpt-6-sol', 272_000, 272_000 * 2 + 2000 * 0.5 + 10 * 10],
  ['openai/gpt-6-sol', 272_001, 272_001 * 4 + 2000 * 1 + 10 * 15],
  ['anthropic/claude-haiku-5-5', 100_001, 100_001 * 0.5 + 2000 * 0.125 + 10 * 2.5],
])(
  'a call of %s with %i tokens costs what it costs at that length, with what is kept',
  async (wish, inputTokens, cost) => {
    const agent = await createHelper([wish]);
    engine.model.script({ text: 'Done.', usage: { inputTokens, keptTokens: 2000, outputTokens: 10 } });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run.costUsd).toBeCloseTo(cost / 1e6, 9);
  },
);

test('Mistral takes over the calls of another model under names of its own kind', async () => {
  const agent = await createHelper(['openai/test-model', 'mistral/test-model']);
  engine.model.script({ toolCalls: [sum] }, { status: 401 }, { text: 'Mine now.' });
  const { run } = await startRun(engine.ada, agent, { input: 'Go' });
  expect(run).toMatchObject({ status: 'completed', output: 'Mine now.' });
  const sent = bodyOf(-1)['messages'] as { role: string; tool_call_id?: string; tool_calls?: { id: string }[] }[];
  expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
  expect(sent.at(-1)?.tool_call_id).toBe(sent.at(-2)?.tool_calls?.[0]?.id);
});

const sumText = (expression: string) => ({ name: 'calculator', arguments: JSON.stringify({ expression }) });

const call = (called: object, more: object = {}) => ({
  index: 0,
  id: 'call_a',
  type: 'function',
  function: called,
  ...more,
});

/** An answer in pieces of OpenAI's form, as the servers that speak it really send them. */
const stream = (deltas: object[], finishReason: string) => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: [
    ...[{ role: 'assistant', content: '' }, ...deltas].map((delta) => ({
      choices: [{ index: 0, delta, finish_reason: null }],
    })),
    { choices: [{ index: 0, delta: {}, finish_reason: finishReason }] },
  ]
    .map((chunk) => `data: ${JSON.stringify({ object: 'chat.completion.chunk', ...chunk })}\n\n`)
    .concat('data: [DONE]\n\n')
    .join(''),
});

type SentMessage = { role: string; reasoning_content?: string };
const sentMessages = () => bodyOf(-1)['messages'] as SentMessage[];
const reasoningOf = (body: string) =>
  eventsOf(parseEvents(body), 'reasoning-delta')
    .map(({ text }) => text)
    .join('');

describe('a server that speaks as OpenAI does', () => {
  let agent: string;
  beforeAll(async () => {
    agent = await createHelper(['openai/test-model']);
  });

  test('is read whole where many pieces come at once, and nothing is taken from between them', async () => {
    engine.model.script(
      stream(
        [
          { content: '漢' },
          { content: 'a' },
          { reasoning: 'Hm, ' },
          { reasoning: 'so.' },
          { content: 'b' },
          { tool_calls: [call(sumText('1'))] },
        ],
        'tool_calls',
      ),
      { text: 'Done.' },
    );
    const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
    const said = parseEvents(body).map(({ event }) => ('text' in event ? event.text : event.type));
    expect(said.filter((word) => word !== 'usage').slice(1, 5)).toEqual(['漢a', 'Hm, so.', 'b', 'tool-call']);
  });

  test('keeps what came in the same read as a piece that is none', async () => {
    const { body, ...answer } = stream([{ content: 'Kept.' }], 'stop');
    engine.model.script({
      ...answer,
      body: body.replace('{"object":"chat.completion.chunk","choices":[{"index":0,"delta":{}', '{'),
    });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'failed', output: 'Kept.', error: { code: 'model_protocol_error' } });
  });

  test('may leave out the blank line after its last event', async () => {
    const { body, ...answer } = stream([{ content: 'Done.' }], 'stop');
    engine.model.script({ ...answer, body: body.slice(0, body.indexOf('\n\ndata: [DONE]')) });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Done.' });
  });

  describe('reasoning', () => {
    test('is shown where a server names it as OpenRouter, Groq, Ollama and vLLM do, once', async () => {
      engine.model.script(
        stream(
          [{ reasoning: 'Hm, ' }, { reasoning: 'so.', reasoning_content: 'so.' }, { content: 'Yes.', reasoning: null }],
          'stop',
        ),
      );
      const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
      expect(reasoningOf(body)).toBe('Hm, so.');
      expect(textOf(parseEvents(body))).toBe('Yes.');
    });

    test('goes back with the calls that it led to, as DeepSeek demands, also when it was empty', async () => {
      engine.model.script(
        { reasoning: ['I must ', 'add.'], toolCalls: [sum] },
        stream([{ content: null, reasoning_content: '' }, { tool_calls: [call(sumText('1'))] }], 'tool_calls'),
        { toolCalls: [sum] },
        { text: 'Done.' },
      );
      const { run } = await startRun(engine.ada, agent, { input: 'Go' });
      expect(run).toMatchObject({ status: 'completed', output: 'Done.' });
      const said = sentMessages().filter(({ role }) => role === 'assistant');
      expect(said.map((message) => message.reasoning_content)).toEqual(['I must add.', '', undefined]);
    });

    test('goes back to nobody else', async () => {
      const falling = await createHelper(['openai/test-model', 'openai/other-model']);
      engine.model.script({ reasoning: 'Secret.', toolCalls: [sum] }, { status: 401 }, { text: 'Mine now.' });
      const { run } = await startRun(engine.ada, falling, { input: 'Go' });
      expect(run).toMatchObject({ status: 'completed', output: 'Mine now.' });
      expect(JSON.stringify(sentMessages())).not.toContain('Secret.');
    });
  });

  describe('calls', () => {
    test('that Ollama sends side by side under one index stay apart', async () => {
      engine.model.script(
        stream(
          [{ tool_calls: [call(sumText('1 + 1'))] }, { tool_calls: [call(sumText('2 + 2'), { id: 'call_b' })] }],
          'tool_calls',
        ),
        { text: 'Done.' },
      );
      const { run } = await startRun(engine.ada, agent, { input: 'Go' });
      expect(run.steps.filter(({ kind }) => kind === 'tool')).toMatchObject([
        { input: { expression: '1 + 1' }, isError: false },
        { input: { expression: '2 + 2' }, isError: false },
      ]);
    });

    test.each(['call_a', undefined])('that every answer names alike (%s) have a name each in the run', async (id) => {
      const answer = stream([{ tool_calls: [call(sumText('1 + 1'), { id })] }], 'tool_calls');
      engine.model.script(answer, answer, { text: 'Done.' });
      const { run } = await startRun(engine.ada, agent, { input: 'Go' });
      const calls = run.steps.flatMap((step) => (step.kind === 'tool' ? [step.call] : []));
      expect(new Set(calls).size).toBe(2);
      const sent = sentMessages() as { tool_call_id?: string; tool_calls?: { id: string }[] }[];
      expect(sent.flatMap(({ tool_calls: made = [] }) => made.map((one) => one.id))).toEqual(calls);
      expect(sent.flatMap(({ tool_call_id: answered }) => answered ?? [])).toEqual(calls);
    });
  });

  describe('a wait that a provider asks for', () => {
    const inAMinute = () => new Date(Date.now() + 60_000).toUTCString();
    test.each([
      ['with a failure of its own', 503, () => '60', 'model_unavailable'],
      ['by the time of day', 429, inAMinute, 'model_rate_limited'],
    ])('%s, longer than the hub is ready to wait, is the last word', async (_, status, toHeader, code) => {
      engine.model.script({ status, headers: { 'retry-after': toHeader() } });
      const { run } = await startRun(engine.ada, agent, { input: 'Go' });
      expect(run).toMatchObject({ status: 'failed', error: { code } });
    });
  });
});
