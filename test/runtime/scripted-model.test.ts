import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { createScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import type { ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

let model: ScriptedModel;
let egress: Egress;
let openai: OpenAI;
let anthropic: Anthropic;

beforeEach(async () => {
  model = await createScriptedModel({ models: ['small', 'large'] });
  egress = createEgress({ allowed: [new URL(model.url).host] });
  const client = { apiKey: 'key', fetch: egress.streamingFetch, maxRetries: 0, logLevel: 'off' as const };
  openai = new OpenAI({ ...client, baseURL: `${model.url}/v1` });
  anthropic = new Anthropic({ ...client, baseURL: model.url });
});
afterEach(async () => {
  await egress.close();
  await model.close();
});

const messages = [{ role: 'user' as const, content: 'Hello' }];
const streamed = { model: 'small', messages, stream: true, stream_options: { include_usage: true } } as const;
const weather = { name: 'weather', arguments: { city: 'Zürich', days: 3 } };
const time = { name: 'time', arguments: { zone: 'Asia/Shanghai' } };

async function collect(request: PromiseLike<AsyncIterable<OpenAI.ChatCompletionChunk>>) {
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of await request) chunks.push(chunk);
  const calls: { name: string; text: string }[] = [];
  const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
  for (const call of deltas.flatMap((delta) => delta.tool_calls ?? [])) {
    const known = (calls[call.index] ??= { name: call.function?.name ?? '', text: '' });
    known.text += call.function?.arguments ?? '';
  }
  return {
    text: deltas.map((delta) => delta.content ?? '').join(''),
    reasoning: deltas.map((delta) => (delta as { reasoning_content?: string }).reasoning_content ?? '').join(''),
    calls,
    finishReason: chunks.flatMap((chunk) => chunk.choices).at(-1)?.finish_reason,
    usage: chunks.at(-1)?.usage,
    count: chunks.length,
  };
}

test('text, reasoning, parallel tool calls in pieces and usage arrive over the OpenAI wire', async () => {
  const usage = { inputTokens: 100, outputTokens: 7, cachedTokens: 60, reasoningTokens: 3 };
  model.script({
    reasoning: 'Let me see',
    text: ['It ', 'is 你好'],
    toolCalls: [weather, time],
    usage,
    pieceDelayMs: 1,
  });
  expect(await collect(openai.chat.completions.create(streamed))).toEqual({
    text: 'It is 你好',
    reasoning: 'Let me see',
    calls: [weather, time].map((call) => ({ name: call.name, text: JSON.stringify(call.arguments) })),
    finishReason: 'tool_calls',
    usage: {
      prompt_tokens: 100,
      completion_tokens: 7,
      total_tokens: 107,
      prompt_tokens_details: { cached_tokens: 60 },
      completion_tokens_details: { reasoning_tokens: 3 },
    },
    count: 16,
  });
  expect(model.requests[0]).toMatchObject({
    path: '/v1/chat/completions',
    body: { model: 'small' },
    state: 'answered',
  });
  model.assertUsedUp();
});

test('a whole answer, the models and a real picture arrive over the OpenAI wire', async () => {
  model.script({ text: 'Hello', finishReason: 'length' });
  const answer = await openai.chat.completions.create({ model: 'small', messages });
  expect(answer.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'Hello' } });
  expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['small', 'large']);
  const image = await openai.images.generate({ model: 'small', prompt: 'A house' });
  const { format, width } = await sharp(Buffer.from(image.data?.[0]?.b64_json ?? '', 'base64')).metadata();
  expect({ format, width }).toEqual({ format: 'png', width: 64 });
  model.assertUsedUp();
});

test('text, thinking, tool calls and usage arrive over the Anthropic wire, streamed and whole', async () => {
  const reply = {
    reasoning: 'Let me see',
    text: 'It is',
    toolCalls: [weather, time],
    usage: { inputTokens: 100, outputTokens: 7, cachedTokens: 60 },
  };
  model.script(reply, reply);
  const request = { model: 'small', messages, max_tokens: 100 };
  const expected = {
    content: [
      { type: 'thinking', thinking: 'Let me see' },
      { type: 'text', text: 'It is' },
      { type: 'tool_use', name: 'weather', input: weather.arguments },
      { type: 'tool_use', name: 'time', input: time.arguments },
    ],
    stop_reason: 'tool_use',
    usage: { input_tokens: 40, cache_read_input_tokens: 60, output_tokens: 7 },
  };
  expect(await anthropic.messages.stream(request).finalMessage()).toMatchObject(expected);
  expect(await anthropic.messages.create(request)).toMatchObject(expected);
  expect((await anthropic.models.list()).data.map(({ id }) => id)).toEqual(['small', 'large']);
  model.assertUsedUp();
});

test('an error keeps its status, headers and body', async () => {
  model.script(
    { status: 429, headers: { 'retry-after': '7' }, body: { error: { message: 'Slow down' } } },
    { status: 500 },
  );
  const failure = await openai.chat.completions.create(streamed).catch((error: unknown) => error);
  expect(failure).toMatchObject({ status: 429, message: expect.stringContaining('Slow down') });
  expect((failure as { headers: Headers }).headers.get('retry-after')).toBe('7');
  await expect(anthropic.messages.create({ model: 'small', messages, max_tokens: 1 })).rejects.toMatchObject({
    status: 500,
  });
});

test('a stream can be cut in the middle of a tool call', async () => {
  model.script({ toolCalls: [weather], argumentPieces: 6, ending: 'cut' });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const chunk of await openai.chat.completions.create(streamed)) {
      seen.push(chunk.choices[0]?.delta.tool_calls?.[0]?.function?.arguments ?? '');
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'unavailable' });
  const partial = seen.join('');
  expect(partial.length).toBeGreaterThan(0);
  expect(JSON.stringify(weather.arguments).startsWith(partial)).toBe(true);
  expect(() => JSON.parse(partial) as unknown).toThrow();
});

test('garbage in the stream is no event', async () => {
  model.script({ text: 'one two three', ending: 'garbage' });
  await expect(collect(openai.chat.completions.create(streamed))).rejects.toThrow();
});

test('a stream that never ends and a server that never answers end when the client leaves', async () => {
  model.script({ text: 'one', ending: 'open' }, { hang: true });
  const stream = await openai.chat.completions.create(streamed);
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content === 'one') break;
  await vi.waitFor(() => expect(model.requests[0]?.state).toBe('dropped'));
  const stop = new AbortController();
  const hanging = openai.chat.completions.create(streamed, { signal: stop.signal });
  hanging.catch(() => {});
  await vi.waitFor(() => expect(model.requests).toHaveLength(2));
  stop.abort();
  await expect(hanging).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  await vi.waitFor(() => expect(model.requests[1]?.state).toBe('dropped'));
});

test('a refused address reaches the caller as the cause', async () => {
  const lost = new OpenAI({
    apiKey: 'key',
    baseURL: 'http://10.0.0.1/v1',
    fetch: egress.streamingFetch,
    maxRetries: 0,
  });
  await expect(lost.models.list()).rejects.toMatchObject({ cause: { code: 'egress_refused' } });
});

test('a request without a reply and a reply without a request are both found out', async () => {
  await expect(openai.chat.completions.create(streamed)).rejects.toThrow('no reply left');
  expect(() => model.assertUsedUp()).toThrow('had no reply for: POST /v1/chat/completions');
  const other = await createScriptedModel();
  other.script({ text: 'Unheard' });
  expect(() => other.assertUsedUp()).toThrow('1 replies that nobody asked for');
  await other.close();
});

test.each([{}, { pieceDelayMs: 1 }])(
  'a model that always says the same answers any number of requests (%o)',
  async (pace) => {
    const always = await createScriptedModel({ always: { text: ['a ', 'b'], ...pace } });
    const allowing = createEgress({ allowed: [new URL(always.url).host] });
    const client = { apiKey: 'key', fetch: allowing.streamingFetch };
    const busy = new OpenAI({ ...client, baseURL: `${always.url}/v1` });
    const answers = await Promise.all(Array.from({ length: 5 }, () => collect(busy.chat.completions.create(streamed))));
    expect(answers.map(({ text }) => text)).toEqual(Array<string>(5).fill('a b'));
    const whole = await busy.chat.completions.create({ model: 'small', messages });
    expect(whole.choices[0]?.message.content).toBe('a b');
    const claude = new Anthropic({ ...client, baseURL: always.url });
    const message = await claude.messages.stream({ model: 'small', messages, max_tokens: 9 }).finalMessage();
    expect(message.content).toMatchObject([{ text: 'a b' }]);
    await allowing.close();
    await always.close();
  },
);
