import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import type { ModelCall } from '#server/runtime/call-model.ts';
import { callModels } from '#server/runtime/call-models.ts';
import { createCallGate } from '#server/runtime/models/call-gate.ts';
import { countMessages } from '#server/runtime/fit-to-window.ts';
import { createModelOpener, type ModelSettings, type ModelTarget } from '#server/runtime/models/chat-model.ts';
import { keepThoughts } from '#server/runtime/models/thoughts.ts';
import { createTokenCounter } from '#server/runtime/tokens/create-token-counter.ts';
import {
  connectResponses,
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
const sentTypes = () =>
  (bodyOf(-1)['input'] as { type?: string; role?: string }[]).map(({ type, role }) => type ?? role);
const createHelper = (wishes: string[], model: object = {}) =>
  createRunAgent(engine.ada, { model: { wishes, ...model }, tools: [{ id: 'calculator' }] });
const thoughtsOf = (body: string) =>
  eventsOf(parseEvents(body), 'reasoning-delta')
    .map(({ text }) => text)
    .join('');

beforeAll(async () => {
  engine = await startEngine();
  await connectResponses(engine);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('reasoning', () => {
  test('is shown, and goes back sealed with the calls that it led to, in its place and in that turn alone', async () => {
    const agent = await createHelper(['responses/gpt-5.4'], { reasoning: 'medium', temperature: 0.2 });
    const usage = { inputTokens: 90, cachedTokens: 40, outputTokens: 30, reasoningTokens: 20 };
    engine.model.script(
      { reasoning: ['I must ', 'add.'], sealedReasoning: 'So.', text: 'Let me see. ', toolCalls: [sum, sum], usage },
      { toolCalls: [{ ...sum, id: 'call_third' }] },
      { text: 'Done.' },
    );
    const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
    const seen = parseEvents(body);
    expect([thoughtsOf(body), textOf(seen)]).toEqual(['I must add.', 'Let me see. Done.']);
    expect(eventsOf(seen, 'usage')[0]?.usage).toEqual({
      inputTokens: 90,
      cachedInputTokens: 40,
      outputTokens: 30,
      reasoningTokens: 20,
    });
    expect(engine.model.requests.at(-1)?.path).toBe('/v1/responses');
    expect(bodyOf(-1)).toMatchObject({
      store: false,
      include: ['reasoning.encrypted_content'],
      reasoning: { effort: 'medium', summary: 'auto' },
      tools: [{ type: 'function', name: 'calculator', strict: false }],
      prompt_cache_key: expect.any(String) as string,
    });
    expect(bodyOf(-1)).not.toHaveProperty('temperature');
    const asked = ['system', 'user'];
    const first = ['reasoning', 'reasoning', 'assistant', 'function_call', 'function_call'];
    const results = ['function_call_output', 'function_call_output'];
    expect(sentTypes()).toEqual([...asked, ...first, ...results, 'function_call', 'function_call_output']);
    expect(bodyOf(-1)['input']).toMatchObject({
      2: { id: expect.stringMatching(/^rs_/) as string, summary: [{ type: 'summary_text', text: 'I must add.' }] },
      3: { summary: [] },
      4: { content: 'Let me see. ', phase: 'commentary' },
      7: { output: expect.stringContaining('42') as string },
    });

    const [start] = eventsOf(seen, 'run-start');
    engine.model.script({ text: 'Again.' });
    await startRun(engine.ada, agent, { input: 'And now?', conversationId: start?.conversationId });
    expect(sentTypes()).toEqual([...asked, 'assistant', 'user']);
  });

  test('goes to no other model that takes the turn over', async () => {
    const agent = await createHelper(['responses/gpt-5-mini', 'responses/gpt-5']);
    engine.model.script({ reasoning: 'Secret.', toolCalls: [sum] }, { status: 401 }, { text: 'Mine now.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Mine now.' });
    expect(sentTypes()).not.toContain('reasoning');
  });

  test('that is sealed fills the window with the tokens that it took, not with its letters', async () => {
    const seal = 'x'.repeat(10_000);
    const sealed = (tokens: number) =>
      new AIMessage({ content: 'Yes', additional_kwargs: { ...keepThoughts('responses/gpt-5', seal, tokens) } });
    const count = (text: string) => Promise.resolve(text.length);
    expect(await countMessages([sealed(700)], count)).toBe(703);
    expect(await countMessages([sealed(0)], count)).toBe(10_003);
  });

  test('is asked of no model that does not reason', async () => {
    const agent = await createHelper(['responses/gpt-4.1'], { reasoning: 'high', temperature: 0.2 });
    engine.model.script({ toolCalls: [sum] }, { text: 'Done.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Done.' });
    expect(bodyOf(-1)).toMatchObject({ temperature: 0.2 });
  });
});

test('what OpenAI kept for later, and a long prompt, cost what they cost', async () => {
  const agent = await createHelper(['responses/gpt-6-sol']);
  engine.model.script({ text: 'Done.', usage: { inputTokens: 272_001, keptTokens: 2000, outputTokens: 10 } });
  const { run } = await startRun(engine.ada, agent, { input: 'Go' });
  expect(run.costUsd).toBeCloseTo((272_001 * 4 + 2000 * 1 + 10 * 15) / 1e6, 9);
});

test('what a model or an organisation may not have of a request is left out from then on', async () => {
  const agent = await createHelper(['responses/gpt-5-mini'], { temperature: 0.3 });
  const message = 'Your organization must be verified to generate reasoning summaries.';
  const error = { message, type: 'invalid_request_error', param: 'reasoning.summary', code: 'unsupported_value' };
  engine.model.script({ status: 400, body: { error } }, { text: 'Yes.' }, { text: 'And yes.' });
  const begun = engine.model.requests.length;
  expect((await startRun(engine.ada, agent, { input: 'Go' })).run.output).toBe('Yes.');
  expect((await startRun(engine.ada, agent, { input: 'Go on' })).run.output).toBe('And yes.');
  expect(engine.model.requests).toHaveLength(begun + 3);
  expect(bodyOf(begun)).toMatchObject({ reasoning: { summary: 'auto' } });
  for (const place of [begun, -1]) expect(bodyOf(place)).not.toHaveProperty('temperature');
  expect(bodyOf(-1)).not.toHaveProperty('reasoning');
});

test('a gateway’s name of a model tells nothing: what it refuses is left out, and its answers say which it is', async () => {
  const agent = await createHelper(['responses/deployment-of-gpt-5-mini'], { temperature: 0.3, reasoning: 'low' });
  engine.model.script({ text: 'Refused.' }, { text: 'Yes.' }, { text: 'And yes.' });
  const begun = engine.model.requests.length;
  expect((await startRun(engine.ada, agent, { input: 'Go' })).run.output).toBe('Yes.');
  expect((await startRun(engine.ada, agent, { input: 'Go on' })).run.output).toBe('And yes.');
  expect(bodyOf(begun)).toMatchObject({ temperature: 0.3 });
  expect(bodyOf(begun + 1)).not.toHaveProperty('temperature');
  expect(bodyOf(begun + 2)).toMatchObject({ reasoning: { effort: 'low' }, include: ['reasoning.encrypted_content'] });
});

/** An answer of these events, with nothing else around them. */
const events = (...all: { type: string; [key: string]: unknown }[]) => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: all.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
});
const said = (delta: string) => ({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta });
const completed = { type: 'response.completed', response: { status: 'completed', output: [] } };
const failed = (error: object | null, usage: object | null = null) => ({
  type: 'response.failed',
  response: { status: 'failed', output: [], error, usage },
});

describe('an answer', () => {
  let agent: string;
  const ask = async (more: object = {}) => (await startRun(engine.ada, agent, { input: 'Go', ...more })).run;
  beforeAll(async () => {
    agent = await createHelper(['responses/gpt-5-mini']);
  });

  test('that is a refusal is shown, and told apart', async () => {
    engine.model.script(events({ type: 'response.refusal.delta', output_index: 0, delta: 'I cannot.' }, completed));
    expect(await ask()).toMatchObject({ status: 'completed', output: 'I cannot.', finishReason: 'content_filter' });
  });

  test('whose thoughts come in parts keeps these apart', async () => {
    const part = { type: 'response.reasoning_summary_part.added', output_index: 0, summary_index: 0 };
    const thought = (delta: string) => ({ type: 'response.reasoning_summary_text.delta', output_index: 0, delta });
    engine.model.script(events(part, thought('One.'), part, thought('Two.'), said('Yes.'), completed));
    const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
    expect(thoughtsOf(body)).toBe('One.\n\nTwo.');
  });

  test('whose call comes whole is read as one that comes in pieces', async () => {
    const item = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'calculator' };
    const done = { ...item, arguments: JSON.stringify(sum.arguments) };
    engine.model.script(
      events(
        { type: 'response.output_item.added', output_index: 0, item: { ...item, arguments: '' } },
        { type: 'response.output_item.done', output_index: 0, item: done },
        completed,
      ),
      { text: 'Done.' },
    );
    expect(await ask()).toMatchObject({ output: 'Done.', steps: [{}, { input: sum.arguments, isError: false }, {}] });
  });

  test.each<[string, object, Run['error'] | object]>([
    ['the rate limit', failed({ code: 'rate_limit_exceeded', message: 'Slow down.' }), { code: 'model_rate_limited' }],
    ['the prompt', failed({ code: 'invalid_prompt', message: 'Not this.' }), { code: 'model_rejected' }],
    ['a failure of OpenAI', failed({ code: 'server_error', message: 'Oh.' }), { code: 'model_unavailable' }],
    ['nothing that is told', failed(null), { code: 'model_unavailable' }],
    ['an error event', { type: 'error', code: 'invalid_prompt', message: 'No.' }, { code: 'model_rejected' }],
    [
      'an error within an event',
      { type: 'error', error: { code: 'rate_limit_exceeded' } },
      { code: 'model_rate_limited' },
    ],
  ])('that breaks off for %s says so, and costs what it took', async (_, last, error) => {
    engine.model.script(events({ type: 'response.created' }, said('So far'), last as { type: string }));
    const run = await ask();
    expect(run).toMatchObject({ status: 'failed', output: 'So far', error });
    expect(run.usage.outputTokens).toBeGreaterThan(0);
  });

  test('whose sealed reasoning has no end is not kept', async () => {
    const item = { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'x'.repeat(4_000_001) };
    engine.model.script(events({ type: 'response.output_item.done', output_index: 0, item }, said('Yes.'), completed));
    expect(await ask()).toMatchObject({ status: 'failed', error: { code: 'model_protocol_error' } });
  });

  test('that failed with its usage costs that', async () => {
    const usage = { input_tokens: 70, output_tokens: 9, total_tokens: 79 };
    engine.model.script(events(said('So far'), failed({ code: 'server_error', message: 'Oh.' }, usage)));
    expect((await ask()).usage).toMatchObject({ inputTokens: 70, outputTokens: 9 });
  });
});

test.each([
  [null, /Responses API/],
  ['model_not_found', /does not know the model/],
])('an address that is not there (%s) says what it may be', async (code, words) => {
  const agent = await createHelper(['responses/gpt-5-mini']);
  engine.model.script({ status: 404, body: { error: { message: 'Not here.', code } } });
  const { run } = await startRun(engine.ada, agent, { input: 'Go' });
  expect(run.error).toMatchObject({ code: 'model_rejected', detail: expect.stringMatching(words) as string });
});

const openaiTarget: ModelTarget = {
  reference: 'openai/gpt-5-mini',
  provider: 'openai',
  model: 'gpt-5-mini',
  baseUrl: null,
  api: 'responses',
  apiKey: 'none',
  price: { inputUsd: null, outputUsd: null, cachedInputUsd: null, unit: 'tokens', longPrompt: null },
  seesImages: null,
  reasons: null,
  contextTokens: null,
  maximumConcurrentCalls: null,
  ownerId: null,
};

/** What a server is sent for a call of a model. */
async function sendTo(
  target: Partial<ModelTarget>,
  more: Partial<Pick<ModelCall, 'messages' | 'outputSchema'>> & { settings?: Partial<ModelSettings> } = {},
) {
  const seen: { url: string; body: Record<string, unknown> }[] = [];
  const whole = { ...openaiTarget, ...target };
  const settings = { temperature: null, maximumOutputTokens: null, reasoning: null, ...more.settings };
  const model = await createModelOpener({
    describeTool: () => null,
    findFetch: () => async (url, init) => {
      const body = JSON.parse(typeof init?.body === 'string' ? init.body : '') as Record<string, unknown>;
      seen.push({ url: url as string, body });
      return Response.json({}, { status: 401 });
    },
  })(whole, settings);
  const call = callModels({
    line: { candidates: [{ target: whole, open: () => Promise.resolve(model) }], current: 0 },
    gate: createCallGate(),
    tokens: createTokenCounter(),
    messages: more.messages ?? [new HumanMessage('Go')],
    tools: [],
    outputSchema: more.outputSchema ?? null,
    cacheKey: 'agent-1',
    signal: new AbortController().signal,
  });
  await expect(call.next()).rejects.toMatchObject({ code: 'model_rejected' });
  return seen[0];
}

test('images, the shape of the answer and its length are asked as the Responses API has them', async () => {
  const url = 'data:image/png;base64,AAAA';
  const content = [
    { type: 'text', text: 'What is it?' },
    { type: 'image_url', image_url: { url } },
  ];
  const schema = { type: 'object', properties: { name: { type: 'string' } } };
  const messages = [new HumanMessage({ content })];
  const sent = await sendTo({}, { messages, outputSchema: schema, settings: { maximumOutputTokens: 5 } });
  expect(sent).toMatchObject({
    url: 'https://api.openai.com/v1/responses',
    body: {
      input: [{ role: 'user', content: [{ type: 'input_text' }, { type: 'input_image', image_url: url }] }],
      text: { format: { type: 'json_schema', name: 'answer', schema, strict: false } },
      max_output_tokens: 16,
    },
  });
});

test('OpenAI is told whose calls begin alike, and other servers with its API are not', async () => {
  expect((await sendTo({}))?.body).toMatchObject({ prompt_cache_key: 'agent-1' });
  expect((await sendTo({ api: 'chat' }))?.body).not.toHaveProperty('prompt_cache_key');
});

test('models of OpenAI that search by themselves are asked by the only API that they know', async () => {
  expect((await sendTo({ model: 'gpt-4o-search-preview' }))?.url).toBe('https://api.openai.com/v1/chat/completions');
});
