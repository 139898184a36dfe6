import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRunAgent, type Engine, startEngine, untilEnded } from '#test/support/run-engine.ts';

type Message = OpenAI.ChatCompletionMessageParam;
type FunctionCall = OpenAI.ChatCompletionMessageFunctionToolCall;

let engine: Engine;
let agent: string;
let client: OpenAI;

const question: Message = { role: 'user', content: 'Hi' };
const sum = (id: string) => ({ id, name: 'calculator', arguments: { expression: '1 + 2' } });
const form = { title: 'You', fields: [{ type: 'text', name: 'name', label: 'Name' }] };

const complete = (messages: Message[]) => client.chat.completions.create({ model: agent, messages });
const callsOf = ({ choices }: OpenAI.ChatCompletion) => (choices[0]?.message.tool_calls ?? []) as FunctionCall[];
const answer = (call: FunctionCall | undefined, content: string): Message => ({
  role: 'tool',
  tool_call_id: call?.id ?? '',
  content,
});
const asMessage = ({ choices }: OpenAI.ChatCompletion): Message => choices[0]?.message ?? question;

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada, {
    tools: [{ id: 'calculator', approval: 'always' }, { id: 'ask-form' }],
  });
  client = new OpenAI({ apiKey: engine.key, baseURL: `${engine.url}/v1`, maxRetries: 0, logLevel: 'off' });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a run that waits, for an OpenAI client', () => {
  test('is a tool call; its answer goes on with the same run, and the same answer again finds it', async () => {
    engine.model.script({ text: 'Shall I? ', toolCalls: [sum('a')] }, { text: 'Three.' });
    const asked = await complete([question]);
    expect(asked.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: 'Shall I? ' } });
    const [call] = callsOf(asked);
    expect(call?.function.name).toBe('approve_tool_call');
    expect(JSON.parse(call?.function.arguments ?? '')).toMatchObject({
      tool: 'calculator',
      arguments: { expression: '1 + 2' },
    });
    const messages = [question, asMessage(asked), answer(call, '{"decision":"approve"}')];
    const done = await complete(messages);
    expect(done.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Three.' } });
    expect(done.id).toBe(asked.id);
    const again = await complete(messages);
    expect([again.id, again.choices[0]?.message.content]).toEqual([asked.id, 'Shall I? Three.']);
    engine.model.script({ text: 'Welcome.' });
    const next = await complete([...messages, asMessage(done), { role: 'user', content: 'Thanks' }]);
    expect(next.choices[0]?.message.content).toBe('Welcome.');
    const sent = engine.model.requests.at(-1)?.body['messages'] as { role: string }[];
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'assistant', 'user']);
  });

  test.each([
    ['yes', false],
    ['refuse: too dear', true],
    ['{"decision":"approve","input":{"expression":"2 + 2"}}', false],
  ])('takes the answer %s', async (text, isError) => {
    engine.model.script({ toolCalls: [sum('a')] }, { text: 'Done.' });
    const asked = await complete([question]);
    expect(asked.choices[0]?.message.content).toBeNull();
    const done = await complete([question, asMessage(asked), answer(callsOf(asked)[0], text)]);
    expect(done.choices[0]?.message.content).toBe('Done.');
    const { run } = (done as unknown as { atrium: { run: string } }).atrium;
    expect((await untilEnded(engine.ada, run)).steps[1]).toMatchObject({ isError });
  });

  test('streams the question as a tool call, and after the answers only what is new', async () => {
    engine.model.script(
      { text: 'One moment. ', toolCalls: [sum('a'), { id: 'b', name: 'ask-form', arguments: form }] },
      { text: ['Hello ', 'Bo.'] },
    );
    const first = client.chat.completions.stream({
      model: agent,
      messages: [question],
      stream_options: { include_usage: true },
    });
    const asked = await first.finalChatCompletion();
    expect(asked.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: 'One moment. ' } });
    expect(asked.usage?.total_tokens).toBeGreaterThan(0);
    const [approval, ask] = callsOf(asked);
    expect([approval?.function.name, ask?.function.name]).toEqual(['approve_tool_call', 'answer_form']);
    expect(JSON.parse(ask?.function.arguments ?? '')).toMatchObject({ form });
    const half = [question, asMessage(asked), answer(approval, 'approve')];
    const second = await client.chat.completions.stream({ model: agent, messages: half }).finalChatCompletion();
    expect(callsOf(second).map(({ id }) => id)).toEqual([ask?.id]);
    const whole = [...half, asMessage(second), answer(ask, '{"name":"Bo"}')];
    const third = await client.chat.completions.stream({ model: agent, messages: whole }).finalChatCompletion();
    expect(third.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Hello Bo.' } });
    expect(third.id).toBe(asked.id);
  });

  test('refuses answers that it cannot read, and those of other people', async () => {
    engine.model.script({ toolCalls: [sum('a')] });
    const asked = await complete([question]);
    const [call] = callsOf(asked);
    const perhaps = complete([question, asMessage(asked), answer(call, 'perhaps')]);
    await expect(perhaps).rejects.toMatchObject({ code: 'validation_failed', param: 'messages.2.content' });
    const bo = await engine.hub.createPerson();
    const theirs = new OpenAI({
      apiKey: (await bo.createKey(['runs:write'])).key,
      baseURL: `${engine.url}/v1`,
      maxRetries: 0,
    });
    const stolen = theirs.chat.completions.create({ model: agent, messages: [question, answer(call, 'yes')] });
    await expect(stolen).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    const run = asked.id.replace('chatcmpl-', '');
    await engine.ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
  });
});

describe('a run that waits, for a client of responses', () => {
  const callsIn = ({ output }: OpenAI.Responses.Response) => output.filter((item) => item.type === 'function_call');
  const output = (call: { call_id: string } | undefined, text: string) => ({
    type: 'function_call_output' as const,
    call_id: call?.call_id ?? '',
    output: text,
  });
  const ask = (input: OpenAI.Responses.ResponseInput | string, previous?: string) =>
    client.responses.create({ model: agent, input, previous_response_id: previous ?? null });

  test('is a function call; its output goes on with the same run, and the conversation goes on after it', async () => {
    engine.model.script({ text: 'Shall I? ', toolCalls: [sum('a')] }, { text: 'Three.' });
    const asked = await ask('Hi');
    expect(asked).toMatchObject({ status: 'completed', output_text: 'Shall I? ' });
    const [call] = callsIn(asked);
    expect(call?.name).toBe('approve_tool_call');
    expect(JSON.parse(call?.arguments ?? '')).toMatchObject({ arguments: { expression: '1 + 2' } });
    const done = await ask([output(call, '{"decision":"approve"}')], asked.id);
    expect(done).toMatchObject({ status: 'completed', output_text: 'Three.', previous_response_id: asked.id });
    expect(done.id).not.toBe(asked.id);
    engine.model.script({ text: 'Welcome.' });
    const next = await ask('Thanks', done.id);
    expect(next.output_text).toBe('Welcome.');
    const sent = engine.model.requests.at(-1)?.body['messages'] as { role: string }[];
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  });

  test('takes the calls handed back instead of an earlier response', async () => {
    engine.model.script({ toolCalls: [sum('a')] }, { text: 'No then.' });
    const asked = await ask('Hi');
    expect(asked.output.map(({ type }) => type)).toEqual(['function_call']);
    const done = await ask([{ role: 'user', content: 'Hi' }, ...callsIn(asked), output(callsIn(asked)[0], 'refuse')]);
    expect(done.output_text).toBe('No then.');
  });

  test('streams the question as function calls, and after the answers only what is new', async () => {
    engine.model.script(
      { text: 'One moment. ', toolCalls: [sum('a'), { id: 'b', name: 'ask-form', arguments: form }] },
      { text: ['Hello ', 'Bo.'] },
    );
    const stream = (input: OpenAI.Responses.ResponseInput | string, previous?: string) =>
      client.responses.stream({ model: agent, input, previous_response_id: previous ?? null }).finalResponse();
    const asked = await stream('Hi');
    expect(asked.output_text).toBe('One moment. ');
    const [approval, question] = callsIn(asked);
    expect([approval?.name, question?.name]).toEqual(['approve_tool_call', 'answer_form']);
    expect(JSON.parse(question?.arguments ?? '')).toMatchObject({ form });
    const half = await stream([output(approval, 'approve')], asked.id);
    expect(half.output.map((item) => (item as { call_id?: string }).call_id)).toEqual([question?.call_id]);
    const whole = await stream([output(question, '{"name":"Bo"}')], half.id);
    expect(whole).toMatchObject({ status: 'completed', output_text: 'Hello Bo.' });
    expect(new Set([asked.id, half.id, whole.id]).size).toBe(3);
  });

  test('refuses outputs that it cannot read, of calls that it did not make, and a message while it waits', async () => {
    engine.model.script({ toolCalls: [sum('a')] });
    const asked = await ask('Hi');
    const perhaps = ask([output(callsIn(asked)[0], 'perhaps')], asked.id);
    await expect(perhaps).rejects.toMatchObject({ code: 'validation_failed', param: 'input.0.output' });
    const invented = ask([output({ call_id: 'call_1' }, 'yes')], asked.id);
    await expect(invented).rejects.toMatchObject({ code: 'validation_failed', param: 'input.0.call_id' });
    await expect(ask('Go on', asked.id)).rejects.toBeInstanceOf(OpenAI.ConflictError);
    await engine.ada.inject({ method: 'POST', url: `/api/runs/${asked.id.replace('resp_', '')}/cancel` });
  });
});
