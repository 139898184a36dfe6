import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  startEngine,
  startRun,
  textOf,
} from '#test/support/run-engine.ts';

let engine: Engine;
const sum = { name: 'calculator', arguments: { expression: '20 + 22' } };
const bodyOf = (place: number) => engine.model.requests.at(place)?.body ?? {};

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

type ClaudeMessage = { role: string; content: { type: string; [key: string]: unknown }[] };
const claudeMessages = () => bodyOf(-1)['messages'] as ClaudeMessage[];
const reasoner = (wishes: string[], model: object = {}) =>
  createRunAgent(engine.ada, {
    model: { wishes, reasoning: 'medium', temperature: 0.2, ...model },
    tools: [{ id: 'calculator' }],
  });

describe('an agent that is to reason', () => {
  test.each([
    ['claude-sonnet-4-5', { thinking: { type: 'enabled', budget_tokens: 8192 }, max_tokens: 16_384 }],
    ['claude-opus-4-6', { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } }],
    ['claude-haiku-5-5', { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } }],
  ])('thinks with %s, which gets its thoughts back with its calls as it signed them', async (name, asked) => {
    const agent = await reasoner([`anthropic/${name}`]);
    const usage = { inputTokens: 10, outputTokens: 30, reasoningTokens: 20 };
    engine.model.script(
      { reasoning: ['I must ', 'add.'], sealedReasoning: 'hidden', text: 'Let me see. ', toolCalls: [sum], usage },
      { toolCalls: [{ ...sum, id: 'toolu_second' }] },
      { text: 'Done.' },
    );
    const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
    expect(textOf(parseEvents(body))).toBe('Let me see. Done.');
    expect(
      eventsOf(parseEvents(body), 'reasoning-delta')
        .map(({ text }) => text)
        .join(''),
    ).toBe('I must add.');
    expect(eventsOf(parseEvents(body), 'usage')[0]?.usage).toMatchObject({ outputTokens: 30, reasoningTokens: 20 });
    expect(bodyOf(-1)).toMatchObject(asked);
    expect(bodyOf(-1)).not.toHaveProperty('temperature');
    const said = claudeMessages().filter(({ role }) => role === 'assistant');
    expect(said.map(({ content }) => content.map(({ type }) => type))).toEqual([
      ['thinking', 'redacted_thinking', 'text', 'tool_use'],
      ['tool_use'],
    ]);
    expect(said[0]?.content).toMatchObject([{ thinking: 'I must add.' }, {}, { text: 'Let me see. ' }, {}]);
  });

  test('thinks within the limit of its answers, and not where there is no room', async () => {
    const sent = async (maximumOutputTokens: number) => {
      const agent = await reasoner(['anthropic/claude-opus-4-1'], { maximumOutputTokens });
      engine.model.script({ text: 'Done.' });
      expect((await startRun(engine.ada, agent, { input: 'Go' })).run.status).toBe('completed');
      return bodyOf(-1);
    };
    expect(await sent(4000)).toMatchObject({ thinking: { budget_tokens: 2000 }, max_tokens: 4000 });
    const narrow = await sent(2000);
    expect(narrow).toMatchObject({ max_tokens: 2000, temperature: 0.2 });
    expect(narrow).not.toHaveProperty('thinking');
  });

  test('that falls to another model in the middle of its calls goes on there without the thoughts of the first', async () => {
    const agent = await reasoner(['anthropic/claude-opus-4-8', 'anthropic/claude-sonnet-4-5']);
    engine.model.script(
      { reasoning: 'Secret.', toolCalls: [sum] },
      { status: 401 },
      { toolCalls: [sum] },
      { text: 'Mine.' },
    );
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Mine.' });
    expect(JSON.stringify(bodyOf(-1))).not.toContain('Secret.');
    expect(bodyOf(-1)).not.toHaveProperty('thinking');
  });

  test.each([
    ['openai/gpt-5-mini', { reasoning_effort: 'medium' }],
    ['openai/test-model', { temperature: 0.2 }],
    ['google/gemini-3-pro-preview', { generationConfig: { thinkingConfig: { thinkingLevel: 'high' } } }],
    ['google/gemini-3.5-flash', { generationConfig: { thinkingConfig: { thinkingLevel: 'medium' } } }],
    ['google/gemini-2.5-flash', { generationConfig: { thinkingConfig: { thinkingBudget: 8192 } } }],
    ['anthropic/claude-3-5-haiku-20241022', { temperature: 0.2 }],
    ['mistral/test-model', { temperature: 0.2 }],
  ])('asks %s for it as its provider has it, and others not at all', async (wish, asked) => {
    const agent = await reasoner([wish]);
    engine.model.script({ text: 'Done.' });
    expect((await startRun(engine.ada, agent, { input: 'Go' })).run.status).toBe('completed');
    expect(bodyOf(-1)).toMatchObject(asked);
    if (!('reasoning_effort' in asked)) expect(bodyOf(-1)).not.toHaveProperty('reasoning_effort');
  });
});

test('a gateway’s name of a model tells nothing: what it refuses is left out, and its answers say which it is', async () => {
  const agent = await reasoner(['openai/deployment-of-gpt-5-mini'], { maximumOutputTokens: 500 });
  const renamed = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'.";
  const error = { message: renamed, type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' };
  engine.model.script({ status: 400, body: { error } }, { text: 'Refused.' }, { text: 'Yes.' }, { text: 'And yes.' });
  const begun = engine.model.requests.length;
  expect((await startRun(engine.ada, agent, { input: 'Go' })).run.output).toBe('Yes.');
  expect((await startRun(engine.ada, agent, { input: 'Go on' })).run.output).toBe('And yes.');
  expect(bodyOf(begun)).toMatchObject({ temperature: 0.2, max_tokens: 500 });
  expect(bodyOf(begun + 2)).toMatchObject({ max_completion_tokens: 500 });
  expect(bodyOf(begun + 3)).toMatchObject({ max_completion_tokens: 500, reasoning_effort: 'medium' });
  for (const place of [begun + 2, begun + 3]) expect(bodyOf(place)).not.toHaveProperty('temperature');
});

test('a value that is out of its range is not left out, but said', async () => {
  const agent = await reasoner(['openai/test-model'], { reasoning: null });
  const error = { message: 'temperature must be at most 1', type: 'invalid_request_error', param: 'temperature' };
  engine.model.script({ status: 400, body: { error } });
  expect((await startRun(engine.ada, agent, { input: 'Go' })).run.error?.detail).toContain('at most 1');
});

test('a model of Anthropic that takes no temperature is sent none', async () => {
  const agent = await reasoner(['anthropic/claude-sonnet-5'], { reasoning: null });
  engine.model.script({ text: 'Done.' });
  expect((await startRun(engine.ada, agent, { input: 'Go' })).run.status).toBe('completed');
  expect(bodyOf(-1)).not.toHaveProperty('thinking');
});
