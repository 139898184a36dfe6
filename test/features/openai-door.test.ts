import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAgent, patchDraft, publish } from '#test/support/agent-requests.ts';
import { createRunAgent, type Engine, send, startEngine, until } from '#test/support/run-engine.ts';
import { drawImage } from '#test/support/scripted-model/draw-image.ts';
import { type SnippetKind, toSnippets } from '#web/features/keys/snippets.ts';

let engine: Engine;
let agent: string;
let client: OpenAI;

const clientFor = (apiKey: string) =>
  new OpenAI({ apiKey, baseURL: `${engine.url}/v1`, maxRetries: 0, logLevel: 'off' });
const messages = [{ role: 'user' as const, content: 'Hi' }];
const sum = { name: 'calculator', arguments: { expression: '0.1 + 0.2' } };
const usage = { inputTokens: 30, outputTokens: 5, cachedTokens: 12, reasoningTokens: 2 };

async function collect<Item>(stream: AsyncIterable<Item>, into: Item[] = []): Promise<Item[]> {
  for await (const item of stream) into.push(item);
  return into;
}
const textOf = (chunks: OpenAI.ChatCompletionChunk[]) =>
  chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada, { tools: [{ id: 'calculator' }], instructions: 'Be exact.' });
});
beforeEach(() => {
  client = clientFor(engine.key);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('the OpenAI client', () => {
  test('lists the agents as models', async () => {
    const models = await collect(client.models.list());
    expect(models).toMatchObject([{ id: agent, object: 'model', owned_by: 'Person 1' }]);
    expect(await client.models.retrieve(agent)).toEqual(models[0]);
    await expect(client.models.retrieve('nobody')).rejects.toMatchObject({ code: 'model_not_found' });
  });

  test('gets a whole completion, with the steps of the run beside it', async () => {
    engine.model.script({ toolCalls: [sum] }, { text: ['It is ', '0.3.'], usage });
    const completion = await client.chat.completions.create({ model: agent, messages });
    expect(completion).toMatchObject({
      object: 'chat.completion',
      model: agent,
      choices: [{ index: 0, message: { role: 'assistant', content: 'It is 0.3.' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 40,
        completion_tokens: 13,
        total_tokens: 53,
        prompt_tokens_details: { cached_tokens: 12 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
      atrium: {
        version: null,
        steps: [{ kind: 'model' }, { kind: 'tool', tool: 'calculator', isError: false }, { kind: 'model' }],
      },
    });
    const sent = engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(sent[3]?.content).toContain('0.3');
  });

  test('streams text, reads usage when it asks for it, and passes over the steps', async () => {
    engine.model.script({ toolCalls: [sum] }, { text: ['It is ', '0.3.'], usage, pieceDelayMs: 2 });
    const stream = await client.chat.completions.create({
      model: agent,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);
    expect(textOf(chunks)).toBe('It is 0.3.');
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.flatMap(({ choices }) => choices.flatMap((choice) => choice.finish_reason ?? []))).toEqual(['stop']);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 40, completion_tokens: 13 } });
    const extras = chunks.flatMap((chunk) => (chunk as { atrium?: { type: string } }).atrium?.type ?? []);
    expect(extras).toEqual(['run-start', 'tool-call', 'tool-result', 'run-end']);
  });

  test('gets no usage in a stream that did not ask for it', async () => {
    engine.model.script({ text: 'Hello.' });
    const chunks = await collect(await client.chat.completions.create({ model: agent, messages, stream: true }));
    expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
  });

  test('hands over an earlier exchange and a system message', async () => {
    engine.model.script({ text: 'Bo.' });
    await client.chat.completions.create({
      model: agent,
      messages: [
        { role: 'system', content: 'Whisper.' },
        { role: 'user', content: 'I am Bo.' },
        { role: 'assistant', content: 'Hello Bo.' },
        { role: 'user', content: [{ type: 'text', text: 'Who am I?' }] },
      ],
    });
    const sent = engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
    expect(sent.slice(1)).toEqual([
      { role: 'system', content: 'Whisper.' },
      { role: 'user', content: 'I am Bo.' },
      { role: 'assistant', content: 'Hello Bo.' },
      { role: 'user', content: 'Who am I?' },
    ]);
  });

  test('shows the agent a picture as a data URL', async () => {
    const url = `data:image/png;base64,${await drawImage()}`;
    engine.model.script({ text: 'Blue.' });
    const completion = await client.chat.completions.create({
      model: agent,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Which colour?' },
            { type: 'image_url', image_url: { url, detail: 'low' } },
          ],
        },
      ],
      temperature: 0.1,
      seed: 7,
    });
    expect(completion.choices[0]?.message.content).toBe('Blue.');
    const sent = engine.model.requests.at(-1)?.body['messages'] as { content: unknown }[];
    expect(sent.at(-1)?.content).toEqual([
      { type: 'text', text: 'Which colour?' },
      { type: 'text', text: '[attached image "image-1"]' },
      { type: 'image_url', image_url: { url } },
    ]);
  });

  test('gets a response and goes on with its conversation', async () => {
    engine.model.script({ text: 'Hello Bo.', usage }, { text: 'Bo.' });
    const first = await client.responses.create({ model: agent, input: 'I am Bo.', metadata: { shop: 'one' } });
    expect(first).toMatchObject({
      object: 'response',
      status: 'completed',
      output_text: 'Hello Bo.',
      metadata: { shop: 'one' },
      usage: { input_tokens: 30, input_tokens_details: { cached_tokens: 12 }, output_tokens: 5, total_tokens: 35 },
    });
    const second = await client.responses.create({
      model: agent,
      input: 'Who am I?',
      instructions: 'Answer in one word.',
      previous_response_id: first.id,
    });
    expect(second).toMatchObject({ output_text: 'Bo.', previous_response_id: first.id });
    const sent = engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
    expect(sent.map(({ content }) => content)).toEqual([
      expect.stringContaining('Be exact.'),
      'I am Bo.',
      'Hello Bo.',
      'Answer in one word.',
      'Who am I?',
    ]);
  });

  test('streams a response', async () => {
    engine.model.script({ toolCalls: [sum] }, { text: ['It is ', '0.3.'], usage });
    const stream = await client.responses.create({ model: agent, input: 'Sum?', stream: true });
    const events = await collect(stream);
    const own = events.filter(({ type }) => type.startsWith('response.'));
    expect([...new Set(own.map(({ type }) => type))]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_event, place) => place));
    expect(events.at(-1)).toMatchObject({ response: { status: 'completed', usage: { input_tokens: 40 } } });
    const extras = events.flatMap((event) => (event as { atrium?: { type: string } }).atrium?.type ?? []);
    expect(extras).toEqual(['tool-call', 'tool-result', 'run-end']);
  });

  test('streams a response whose steps do not stop the client’s helper', async () => {
    engine.model.script({ toolCalls: [sum] }, { text: 'Hello.' });
    const helper = client.responses.stream({ model: agent, input: 'Hi' });
    expect((await helper.finalResponse()).output_text).toBe('Hello.');
  });

  test('is answered as well where it sends what the agent decides, or asks for what there is anyway', async () => {
    engine.model.script({ text: 'Yes.' }, { text: 'Yes.' });
    const both = { model: agent, temperature: 1, top_p: 1, user: 'u', service_tier: 'auto' } as const;
    const form = { type: 'text' } as const;
    await client.chat.completions.create({ ...both, messages, n: 1, stop: null, response_format: form });
    await client.responses.create({
      ...both,
      input: 'Hi',
      background: false,
      truncation: 'auto',
      text: { format: form },
    });
  });

  test('has nothing listed of what it asks not to be stored', async () => {
    engine.model.script({ text: 'Yes.' }, { text: 'Yes.' });
    const secret = 'Do not keep this.';
    await client.chat.completions.create({ model: agent, messages: [{ role: 'user', content: secret }], store: false });
    const response = await client.responses.create({ model: agent, input: secret, store: false });
    expect(response).toMatchObject({ store: false });
    const listed = await engine.ada.inject({ method: 'GET', url: '/api/conversations' });
    expect(listed.body).not.toContain(secret);
    const asked = client.responses.create({
      model: agent,
      input: 'Hi',
      previous_response_id: response.id,
      store: false,
    });
    await expect(asked).rejects.toMatchObject({ status: 400, param: 'store' });
  });

  test('pins a version with handle@version', async () => {
    const { handle } = await createAgent(engine.ada, {
      name: 'Pinned',
      definition: { model: { wishes: ['openai/test-model'] }, instructions: 'First edition.' },
    });
    await publish(engine.ada, handle);
    await patchDraft(engine.ada, handle, { revision: 1, changes: { instructions: 'Second edition.' } });
    await publish(engine.ada, handle);
    engine.model.script({ text: 'One.' }, { text: 'Two.' });
    const pinned = await client.chat.completions.create({ model: `${handle}@1`, messages });
    expect(pinned).toMatchObject({ model: `${handle}@1`, atrium: { version: 1 } });
    const newest = await client.chat.completions.create({ model: handle, messages });
    expect(newest).toMatchObject({ model: handle, atrium: { version: 2 } });
    const sent = engine.model.requests.slice(-2).map(({ body }) => JSON.stringify(body['messages']));
    expect(sent).toEqual([expect.stringContaining('First'), expect.stringContaining('Second')]);
  });
});

describe('the client’s own errors', () => {
  test('a wrong key', async () => {
    const stranger = clientFor('atr_0000000000_wrong');
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(stranger.chat.completions.create({ model: agent, messages })).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
  });

  test.each(['nobody', 'HELPER@1', '@', 'x'.repeat(80)])('the unknown agent "%s"', async (model) => {
    await expect(client.chat.completions.create({ model, messages })).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(client.responses.create({ model, input: 'Hi' })).rejects.toMatchObject({ code: 'model_not_found' });
  });

  test.each(['1', '0', 'newest', '-1', '1.5', '99999999999', ''])('the unknown version "%s"', async (version) => {
    const asked = client.chat.completions.create({ model: `${agent}@${version}`, messages });
    await expect(asked).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  test.each([
    ['no message', []],
    ['a role of its own', [{ role: 'tool', content: '3', tool_call_id: 'x' }]],
    ['the agent’s word last', [{ role: 'assistant', content: 'Hi' }]],
    ['a picture by address', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.b/c' } }] }]],
  ])('%s', async (_name, wrong) => {
    const asked = client.chat.completions.create({ model: agent, messages: wrong as typeof messages });
    await expect(asked).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    await expect(asked).rejects.toMatchObject({ code: 'validation_failed', param: expect.stringMatching(/^messages/) });
  });

  test('a response that is not there, or someone else’s', async () => {
    const asked = client.responses.create({ model: agent, input: 'Hi', previous_response_id: 'resp_none' });
    await expect(asked).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    engine.model.script({ text: 'Mine.' });
    const mine = await client.responses.create({ model: agent, input: 'Hi' });
    const bo = await engine.hub.createPerson();
    const theirs = clientFor((await bo.createKey(['runs:write'])).key);
    const stolen = theirs.responses.create({ model: agent, input: 'Hi', previous_response_id: mine.id });
    await expect(stolen).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  test('a key of another agent', async () => {
    const other = await createRunAgent(engine.ada);
    const bound = clientFor((await engine.ada.createKey(['agents:read', 'runs:write'], [other])).key);
    await expect(bound.chat.completions.create({ model: agent, messages })).rejects.toBeInstanceOf(
      OpenAI.NotFoundError,
    );
    expect((await collect(bound.models.list())).map(({ id }) => id)).toEqual([other]);
  });

  test('a failure of the model', async () => {
    engine.model.script({ status: 401 });
    const asked = client.chat.completions.create({ model: agent, messages });
    await expect(asked).rejects.toBeInstanceOf(OpenAI.InternalServerError);
    await expect(asked).rejects.toMatchObject({ status: 502, code: 'model_rejected' });
  });

  test('a failure in the middle of a stream', async () => {
    engine.model.script({ text: ['Half ', 'of ', 'it ', 'all'], ending: 'cut' });
    const seen: OpenAI.ChatCompletionChunk[] = [];
    const stream = await client.chat.completions.create({ model: agent, messages, stream: true });
    await expect(collect(stream, seen)).rejects.toMatchObject({ code: 'model_unavailable' });
    expect(textOf(seen)).toBe('Half of ');
    engine.model.script({ text: ['Half ', 'of ', 'it ', 'all'], ending: 'cut' });
    const body = { model: agent, messages, stream: true };
    const frames = await (await send(engine, '/v1/chat/completions', { body })).text();
    expect(frames).toContain('data: {"error":{');
    expect(frames).not.toMatch(/"finish_reason":"/);
    expect(frames).toMatch(/"type":"run-end","status":"failed".*\n\ndata: \[DONE\]\n\n$/);
    engine.model.script({ text: ['Half ', 'of ', 'it ', 'all'], ending: 'cut' });
    const events = await collect(await client.responses.create({ model: agent, input: 'Hi', stream: true }));
    expect(events.at(-1)).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { code: expect.any(String), message: expect.stringContaining('cut') } },
    });
  });
});

describe('a client that leaves', () => {
  const long = { text: ['Once ', 'upon '], ending: 'open' as const };
  const newest = () => engine.model.requests.at(-1);

  test('stops the run that it streamed', async () => {
    engine.model.script(long);
    const stream = await client.chat.completions.create({ model: agent, messages, stream: true });
    for await (const chunk of stream) if (textOf([chunk]) !== '') break;
    stream.controller.abort();
    await until(() => newest()?.state === 'dropped');
  });

  test('stops the run that it waited for', async () => {
    engine.model.script(long);
    const before = engine.model.requests.length;
    const controller = new AbortController();
    const asked = client.chat.completions.create({ model: agent, messages }, { signal: controller.signal });
    const refused = expect(asked).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    await until(() => engine.model.requests.length > before);
    controller.abort();
    await refused;
    await until(() => newest()?.state === 'dropped');
  });

  test('is not waited for when it takes nothing more', async () => {
    engine.model.script({ text: Array.from({ length: 64 }, () => 'x'.repeat(200_000)), ending: 'open' });
    const controller = new AbortController();
    const body = { model: agent, messages, stream: true };
    const answer = await send(engine, '/v1/chat/completions', { body, signal: controller.signal });
    await answer.body?.getReader().read();
    await until(() => newest()?.state === 'open');
    controller.abort();
    await until(() => newest()?.state === 'dropped');
  });
});

describe('the calls that the page offers', () => {
  const variables = { mood: `it's "fine" \\ ok` };
  const runSnippet = async (
    kind: SnippetKind,
    call: Pick<Parameters<typeof toSnippets>[0], 'agent' | 'version' | 'variables'>,
  ) => {
    const code = toSnippets({ origin: engine.url, apiKey: engine.key, ...call })[kind];
    const [program, ...options] = kind === 'curl' ? ['sh', '-c'] : [process.execPath, '--input-type=module', '-e'];
    return (await promisify(execFile)(program ?? '', [...options, code])).stdout;
  };

  test.each(['curl', 'typescript'] as const)(
    '%s works as it stands, with values that an agent asks for',
    async (kind) => {
      const asking = await createRunAgent(engine.ada, {
        instructions: 'Be {{mood}}.',
        variables: [{ name: 'mood', label: 'Mood', type: 'text', required: true, options: [], defaultValue: '' }],
      });
      engine.model.script({ text: ['Sums, ', '以及更多。'] });
      const printed = await runSnippet(kind, { agent: asking, variables });
      expect(printed).toContain('以及更多。');
      const sent = engine.model.requests.at(-1)?.body['messages'] as { content: string }[];
      expect(sent[0]?.content).toContain(`Be ${variables.mood}.`);
    },
  );

  test('the OpenAI client is answered by the version that was pinned', async () => {
    const pinned = await createRunAgent(engine.ada, { instructions: 'Be the first.' });
    expect((await publish(engine.ada, pinned)).status).toBe(200);
    await patchDraft(engine.ada, pinned, { revision: 1, changes: { instructions: 'Be the second.' } });
    expect((await publish(engine.ada, pinned)).status).toBe(200);
    engine.model.script({ text: ['Sums.'] });
    expect(await runSnippet('openaiTypescript', { agent: pinned, version: 1 })).toBe('Sums.\n');
    const sent = engine.model.requests.at(-1)?.body['messages'] as { content: string }[];
    expect(sent[0]?.content).toContain('Be the first.');
  });
});
