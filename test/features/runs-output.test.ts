import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import { type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { alice, bob } from '#test/support/scripted-tokens.ts';
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

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 } },
  required: ['city', 'days'],
  additionalProperties: false,
};
const output = { kind: 'json', schema };
const sum = { name: 'calculator', arguments: { expression: '1 + 2' } };
const replyOf = async (conversation: string | null) =>
  (await engine.ada.inject({ url: `/api/conversations/${conversation}/messages` })).json<Page<Message>>().items[0]
    ?.content;

let rpc: ScriptedRpc;

beforeAll(async () => {
  rpc = await startScriptedRpc({ balances: { [alice.toLowerCase()]: 1_234_500_000_000_000_000_000n } });
  engine = await startEngine({ variables: { HUB_RPC_URLS: JSON.stringify({ ethereum: rpc.url }) } });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(async () => {
  await engine.close();
  await rpc.close();
});

describe.each(['openai', 'anthropic', 'google', 'mistral'])(
  'an agent that promises JSON, over the wire of %s,',
  (provider) => {
    let agent: string;
    beforeAll(async () => {
      const model = { wishes: [`${provider}/test-model`] };
      agent = await createRunAgent(engine.ada, { model, output, tools: [{ id: 'calculator' }] });
    });

    test('tells the model its shape', async () => {
      engine.model.script({ text: '{"city":"Rom","days":3}' });
      const { run } = await startRun(engine.ada, agent, { input: 'Go' });
      expect(run).toMatchObject({ status: 'completed', output: '{"city":"Rom","days":3}' });
      const body = engine.model.requests.at(-1)?.body;
      const sent = JSON.stringify(body?.['system'] ?? body?.['systemInstruction'] ?? body?.['messages']).replaceAll(
        '\\"',
        '"',
      );
      expect(sent).toContain('"city":{"type":"string"}');
      if (provider === 'openai') {
        expect(body?.['response_format']).toMatchObject({ type: 'json_schema', json_schema: { schema } });
      }
    });

    test('answers with JSON alone, also after words, a tool and a fence', async () => {
      engine.model.script(
        { text: 'Let me see. ', toolCalls: [sum] },
        { text: '```json\n{"city":"Rom","days":3}\n```' },
      );
      const { run } = await startRun(engine.ada, agent, { input: 'Go' });
      expect(run.status).toBe('completed');
      expect(JSON.parse(run.output)).toEqual({ city: 'Rom', days: 3 });
      expect(await replyOf(run.conversationId)).toBe(run.output);
    });

    test.each([
      ['is no JSON', 'Three days in Rome.', []],
      ['lacks a member', '{"city":"Rom"}', ['output']],
      ['has the wrong kind of value', '{"city":"Rom","days":0}', ['output.days']],
      ['is a list', '[]', ['output']],
      ['was cut off', '{"city":"Rom","da', []],
    ])('asks once more when the answer %s, and fails when it does so again', async (_name, said, paths) => {
      engine.model.script({ text: said }, { text: said });
      const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
      const told = JSON.stringify(engine.model.requests.at(-1)?.body);
      expect(told).toContain('Send the whole answer again');
      const seen = parseEvents(body);
      expect(textOf(seen)).toBe('');
      const problem = eventsOf(seen, 'error')[0]?.problem;
      expect(problem).toMatchObject({ code: 'output_invalid', detail: expect.stringContaining(said) as string });
      for (const path of paths) {
        expect(problem?.errors?.map((issue) => issue.path)).toContain(path);
        expect(told).toContain(`- ${path}: `);
      }
      expect(seen.at(-1)?.event).toMatchObject({ status: 'failed', finishReason: 'error' });
      expect(await replyOf(eventsOf(seen, 'run-start')[0]?.conversationId ?? null)).toBe('');
    });

    test('streams nothing until its answer is right, and then all of it', async () => {
      engine.model.script({ text: '{"city":"Rom","days":0}' }, { text: '{"city":"Rom","days":3}' });
      const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
      const seen = parseEvents(body);
      expect(eventsOf(seen, 'text-delta').map(({ text }) => text)).toEqual(['{"city":"Rom","days":3}']);
      expect(seen.at(-1)?.event).toMatchObject({ status: 'completed', finishReason: 'stop' });
      expect(eventsOf(seen, 'usage')).toHaveLength(2);
    });
  },
);

test('an agent that promises JSON starts anew on its next model, and is not asked again past its steps', async () => {
  const agent = await createRunAgent(engine.ada, {
    model: { wishes: ['openai/test-model', 'google/test-model'], maximumSteps: 1 },
    output,
  });
  engine.model.script({ text: ['{"city":', '"Rom",', '"da'], ending: 'cut' }, { text: '{"city":"Rom","days":3}' });
  const { body } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
  const seen = parseEvents(body);
  expect(eventsOf(seen, 'model-fallback')).toMatchObject([{ to: 'google/test-model', continues: false }]);
  expect(textOf(seen)).toBe('{"city":"Rom","days":3}');
  engine.model.script({ text: 'No.' });
  expect((await startRun(engine.ada, agent, { input: 'Go' })).run).toMatchObject({ error: { code: 'output_invalid' } });
});

test.each([
  ['a pattern that takes for ever', { type: 'string', pattern: '^(a+)+$' }, /took too long/],
  ['a reference to nowhere', { $ref: '#/nowhere' }, /cannot be read/],
])('a schema with %s ends the run in words, and holds nobody up', async (_, property, words) => {
  const schema = { type: 'object', properties: { city: property } };
  const agent = await createRunAgent(engine.ada, { output: { kind: 'json', schema }, model: { maximumSteps: 1 } });
  engine.model.script({ text: `{"city":"${'a'.repeat(60)}!"}` });
  const { run } = await startRun(engine.ada, agent, { input: 'Go' });
  expect(run).toMatchObject({ status: 'failed', error: { code: 'output_invalid' } });
  expect(JSON.stringify(run.error)).toMatch(words);
});

describe('the figures of an agent that reads chains', () => {
  const balance = { name: 'token-balance', arguments: { address: alice } };
  const noticesOf = async (definition: object, input = 'What does it hold?') => {
    const agent = await createRunAgent(engine.ada, definition);
    const { body } = await startRun(engine.ada, agent, { input, stream: true });
    const seen = parseEvents(body);
    const run = eventsOf(seen, 'run-start')[0]?.run ?? '';
    return { notices: eventsOf(seen, 'notice').map(({ notice }) => notice), text: textOf(seen), run };
  };
  const reading = { tools: [{ id: 'token-balance' }] };

  test('are told where no result has them, and kept with the run', async () => {
    engine.model.script(
      { text: 'I guess 7,777 ETH. ', toolCalls: [balance] },
      {
        text: `It holds 1,234.5 ETH at block 21,000,000, as of 2026, half of your 2,600 and worth $3,086,250 [1]. ${bob}`,
      },
    );
    const { notices, run } = await noticesOf(reading, 'Has it more than 2600 ETH?');
    const expected = { kind: 'figures-unsourced', figures: ['7,777', '$3,086,250', bob] };
    expect(notices).toEqual([expected]);
    const stored = (await engine.ada.inject({ url: `/api/runs/${run}/events` })).body;
    expect(stored).toContain(JSON.stringify(expected.figures));
  });

  test('are not mentioned where all have a source, or where the agent reads no chain', async () => {
    engine.model.script({ toolCalls: [balance] }, { text: 'It holds 1234.50 ETH (about 1,235).' });
    expect((await noticesOf(reading)).notices).toEqual([]);
    engine.model.script({ text: 'About 8,888.' });
    expect((await noticesOf({ tools: [{ id: 'calculator' }] })).notices).toEqual([]);
  });

  test('are told also where no tool was asked, but not what a guard took out', async () => {
    engine.model.script({ text: 'It holds 5,555.5 ETH, I am sure. Card 4111 1111 1111 1111.' });
    const guards = [{ kind: 'personal-data' }];
    const { notices, text } = await noticesOf({ ...reading, guards });
    expect(text).not.toContain('4111');
    expect(notices).toEqual([{ kind: 'figures-unsourced', figures: ['5,555.5'] }]);
  });
});
