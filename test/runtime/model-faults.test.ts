import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '#server/contract/problem.ts';
import type { Run } from '#server/contract/run.ts';
import {
  connectResponses,
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  providerKey,
  startEngine,
  startRun,
  textOf,
} from '#test/support/run-engine.ts';
import type { ScriptedReply } from '#test/support/scripted-model/reply.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
  await connectResponses(engine);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

const sum = { name: 'calculator', arguments: { expression: '20 + 22' } };
const text = ['One ', 'two ', 'three ', 'four '];
const cutInCall: ScriptedReply = { toolCalls: [sum], argumentPieces: 8, ending: 'cut' };

type Fault = {
  name: string;
  replies: ScriptedReply[];
  budget?: object;
  /** The failure, or null where the run recovers. */
  code: Problem['code'] | null;
  output: string;
};

const faults: Fault[] = [
  { name: 'a refused key', replies: [{ status: 401 }], code: 'model_rejected', output: '' },
  { name: 'an unknown model', replies: [{ status: 404 }], code: 'model_rejected', output: '' },
  {
    name: '429 and then an answer',
    replies: [{ status: 429, headers: { 'retry-after': '0' } }, { text: 'Now.' }],
    code: null,
    output: 'Now.',
  },
  { name: '500 and then an answer', replies: [{ status: 500 }, { text: 'Now.' }], code: null, output: 'Now.' },
  {
    name: '500 for good',
    replies: [{ status: 500 }, { status: 503 }, { status: 500 }],
    code: 'model_unavailable',
    output: '',
  },
  {
    name: '429 for good',
    replies: Array.from({ length: 3 }, () => ({ status: 429, headers: { 'retry-after': '0' } })),
    code: 'model_rate_limited',
    output: '',
  },
  {
    name: 'a failure after a tool call',
    replies: [{ text: 'Wait. ', toolCalls: [sum] }, { status: 401 }],
    code: 'model_rejected',
    output: 'Wait. ',
  },
  { name: 'a cut in the text', replies: [{ text, ending: 'cut' }], code: 'model_unavailable', output: 'One two ' },
  {
    name: 'a cut in a tool call, and then an answer',
    replies: [cutInCall, { text: 'Whole.' }],
    code: null,
    output: 'Whole.',
  },
  {
    name: 'a cut in a tool call for good',
    replies: [cutInCall, cutInCall, cutInCall],
    code: 'model_unavailable',
    output: '',
  },
  {
    name: 'text without end',
    replies: [{ text: ['Begun. ', ...Array.from({ length: 5 }, () => ' '.repeat(1_000_000))] }],
    code: 'model_protocol_error',
    output: `Begun. ${' '.repeat(3_000_000)}`,
  },
  {
    name: 'tool calls without end',
    replies: [{ toolCalls: Array.from({ length: 129 }, () => sum) }],
    code: 'model_protocol_error',
    output: '',
  },
  {
    name: 'an answer that never ends',
    replies: [{ text: 'For ever', ending: 'open' }],
    budget: { maximumSeconds: 1 },
    code: 'budget_exceeded',
    output: 'For ever',
  },
  {
    name: 'no answer at all',
    replies: [{ hang: true }],
    budget: { maximumSeconds: 1 },
    code: 'budget_exceeded',
    output: '',
  },
  {
    name: 'arguments that are not JSON',
    replies: [{ toolCalls: [{ name: 'calculator', arguments: '{"expression": 20 +' }] }, { text: 'Sorry.' }],
    code: null,
    output: 'Sorry.',
  },
  {
    name: 'a tool that is not there',
    replies: [{ toolCalls: [{ name: 'rm_rf', arguments: { path: '/' } }] }, { text: 'Sorry.' }],
    code: null,
    output: 'Sorry.',
  },
  {
    name: 'arguments of the wrong kind',
    replies: [{ toolCalls: [{ name: 'calculator', arguments: { expression: 5, more: [] } }] }, { text: 'Sorry.' }],
    code: null,
    output: 'Sorry.',
  },
];

describe.each([
  ['openai', 'test-model'],
  ['responses', 'gpt-5-mini'],
  ['anthropic', 'test-model'],
  ['google', 'test-model'],
  ['mistral', 'test-model'],
])('over the wire of %s', (provider, name) => {
  let agent: string;
  beforeAll(async () => {
    agent = await createRunAgent(engine.ada, {
      model: { wishes: [`${provider}/${name}`] },
      tools: [{ id: 'calculator' }],
    });
  });

  test.each(faults)('$name', async ({ replies, budget = {}, code, output }) => {
    engine.model.script(...replies);
    const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true, budget });
    expect(body).not.toContain(providerKey);
    const seen = parseEvents(body);
    const errors = eventsOf(seen, 'error');
    expect(errors.map(({ problem }) => problem.code)).toEqual(code === null ? [] : [code]);
    for (const { problem } of errors) expect(problem.detail).toMatch(/^[A-Z].{20,}\.$/);
    expect(seen.filter(({ event }) => event.type === 'run-end')).toHaveLength(1);
    expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: code === null ? 'completed' : 'failed' });
    expect(textOf(seen)).toBe(output);

    const [start] = eventsOf(seen, 'run-start');
    const stored = (await engine.ada.inject({ url: `/api/runs/${start?.run}` })).json<Run>();
    expect(stored).toMatchObject({ output, error: code === null ? null : { code } });
    const messages = await engine.ada.inject({ url: `/api/conversations/${start?.conversationId}/messages` });
    expect(messages.json()).toMatchObject({ items: [{ role: 'assistant', content: output }, { role: 'user' }] });
    for (const step of stored.steps) {
      if (step.kind === 'tool' && code === null) expect(step).toMatchObject({ isError: true });
    }
  });

  test('text, a tool call in pieces and tokens, counted once', async () => {
    const usage = { inputTokens: 100, outputTokens: 7, cachedTokens: 40 };
    engine.model.script(
      { text: 'Sum: ', toolCalls: [sum], argumentPieces: 9, usage },
      { text: 'forty-two.', usage: { inputTokens: 120, outputTokens: 3 } },
    );
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({
      status: 'completed',
      output: 'Sum: forty-two.',
      finishReason: 'stop',
      usage: { inputTokens: 220, outputTokens: 10, cachedInputTokens: 40, reasoningTokens: 0 },
      steps: [
        {
          kind: 'model',
          usage: { inputTokens: 100, outputTokens: 7, cachedInputTokens: 40 },
          timing: { firstTokenMs: expect.any(Number) as number, durationMs: expect.any(Number) as number },
        },
        { kind: 'tool', input: { expression: '20 + 22' }, isError: false },
        { kind: 'model', usage: { inputTokens: 120, outputTokens: 3 } },
      ],
    });
    const body = engine.model.requests.at(-1)?.body;
    expect(JSON.stringify(body?.['messages'] ?? body?.['input'] ?? body?.['contents'])).toContain('42');
  });

  test('thoughts apart from the answer', async () => {
    engine.model.script({
      reasoning: ['Hm, ', 'so.'],
      text: 'Yes.',
      usage: { inputTokens: 9, outputTokens: 30, reasoningTokens: 25 },
    });
    const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
    const seen = parseEvents(body);
    expect(
      eventsOf(seen, 'reasoning-delta')
        .map((event) => event.text)
        .join(''),
    ).toBe('Hm, so.');
    expect(textOf(seen)).toBe('Yes.');
    // Mistral does not count thoughts apart.
    const reasoningTokens = provider === 'mistral' ? 0 : 25;
    expect(eventsOf(seen, 'usage')).toMatchObject([{ usage: { inputTokens: 9, outputTokens: 30, reasoningTokens } }]);
  });

  test.each(['length', 'content_filter'] as const)('the finish reason %s', async (finishReason) => {
    engine.model.script({ text: 'So far', finishReason });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', finishReason, output: 'So far' });
  });
});

test.each([
  { provider: 'openai', error: { code: 'model_protocol_error' }, output: 'One two ' },
  { provider: 'responses', error: { code: 'model_protocol_error' }, output: 'One two ' },
  { provider: 'google', error: { code: 'model_protocol_error' }, output: 'One two ' },
  { provider: 'mistral', error: { code: 'model_protocol_error' }, output: 'One two ' },
  // Anthropic's own client passes over what has no event name.
  { provider: 'anthropic', error: null, output: 'One two three four ' },
])('bytes that are no event, from $provider', async ({ provider, error, output }) => {
  const agent = await createRunAgent(engine.ada, { model: { wishes: [`${provider}/test-model`] } });
  engine.model.script({ text, ending: 'garbage' });
  const { run } = await startRun(engine.ada, agent, { input: 'Go' });
  expect(run).toMatchObject({ status: error === null ? 'completed' : 'failed', error, output });
});

test('a provider that is not there is named, with what to do', async () => {
  const gone = await startEngine({ variables: { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' } });
  const agent = await createRunAgent(gone.ada);
  const { run } = await startRun(gone.ada, agent, { input: 'Go' });
  expect(run).toMatchObject({ status: 'failed', error: { code: 'model_unavailable' } });
  expect(run.error?.detail).toContain('openai/test-model');
  await gone.close();
});
