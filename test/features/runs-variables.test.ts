import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRunAgent, type Engine, startEngine, startRun, toQuestion } from '#test/support/run-engine.ts';

let engine: Engine;
let agent: string;

const instructions = 'City: {{city}}. Days: {{ days }}. Style: {{style}}. Word: {{constructor}}. Other: {{other}}.';
const variables = [
  { name: 'city', label: 'City', type: 'text', required: true },
  { name: 'days', label: 'Days', type: 'number', defaultValue: '3' },
  { name: 'style', label: 'Style', type: 'choice', options: ['plain', 'grand'] },
  { name: 'constructor', label: 'Word', type: 'text' },
];

async function instructionsWith(values: Record<string, string>): Promise<string> {
  engine.model.script({ text: 'Yes.' });
  const { status } = await startRun(engine.ada, agent, { input: 'Go', variables: values });
  expect(status).toBe(200);
  const [system] = engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
  expect(system?.role).toBe('system');
  return system?.content.split('\n', 1)[0] ?? '';
}

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada, { instructions, variables });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('variables', () => {
  test('reach the instructions', async () => {
    const values = { city: 'Köln', days: '1.5', style: 'grand', constructor: 'stone' };
    expect(await instructionsWith(values)).toBe('City: Köln. Days: 1.5. Style: grand. Word: stone. Other: {{other}}.');
  });

  test('have their default value, or are empty', async () => {
    expect(await instructionsWith({ city: 'Rom' })).toBe('City: Rom. Days: 3. Style: . Word: . Other: {{other}}.');
  });

  test('that the agent does not know change nothing', async () => {
    const values = { city: 'Rom', other: 'no', colour: 'red' };
    expect(await instructionsWith(values)).toBe('City: Rom. Days: 3. Style: . Word: . Other: {{other}}.');
  });

  test('are put in as they are: marks and patterns in a value mean nothing', async () => {
    expect(await instructionsWith({ city: "$& {{style}} $' {{days}}", style: 'plain' })).toBe(
      "City: $& {{style}} $' {{days}}. Days: 3. Style: plain. Word: . Other: {{other}}.",
    );
  });

  test.each([
    ['a required one is missing', {}, ['city']],
    ['a required one is empty', { city: '' }, ['city']],
    ['a required one is blank', { city: ' \n' }, ['city']],
    ['a number is none', { city: 'Rom', days: 'three' }, ['days']],
    ['a number is blank', { city: 'Rom', days: '  ' }, ['days']],
    ['a number has no end', { city: 'Rom', days: 'Infinity' }, ['days']],
    ['a choice is not offered', { city: 'Rom', style: 'odd' }, ['style']],
    ['several are wrong', { days: 'x', style: 'y' }, ['city', 'days', 'style']],
  ])('are refused by name when %s', async (_name, values, names) => {
    const { status, run } = await startRun(engine.ada, agent, { input: 'Go', variables: values, stream: true });
    expect([status, run.code]).toEqual([400, 'validation_failed']);
    expect(run.errors?.map(({ path }) => path)).toEqual(names.map((name) => `body.variables.${name}`));
  });

  test('stand beside mentions of tools, which the model is told by the names that it knows', async () => {
    const agentWithTools = await createRunAgent(engine.ada, {
      instructions:
        'Use /calculator, or（/time）. Keep /token-balance, /etc/hosts, a/time, ./time, /time/zone, </time> and {{city}}.',
      variables: [{ name: 'city', label: 'City', type: 'text' }],
      tools: [{ id: 'calculator', name: 'sums' }, { id: 'time' }],
    });
    engine.model.script({ text: 'Yes.' });
    await startRun(engine.ada, agentWithTools, { input: 'Go', variables: { city: '/time' } });
    expect(JSON.stringify(engine.model.requests.at(-1)?.body['messages'])).toContain(
      'Use sums, or（time）. Keep /token-balance, /etc/hosts, a/time, ./time, /time/zone, </time> and /time.',
    );
  });

  test('are kept with their conversation: said once, changed where they are said anew, copied by a fork, exported', async () => {
    engine.model.script({ text: 'Yes.' }, { text: 'And.' }, { text: 'Again.' }, { text: 'Forked.' });
    const first = await startRun(engine.ada, agent, { input: 'Go', variables: { city: 'Rom' } });
    const question = await toQuestion(engine.ada, first.run);
    expect((await startRun(engine.ada, agent, question)).status).toBe(200);
    expect(JSON.stringify(engine.model.requests.at(-1)?.body['messages'])).toContain('City: Rom. Days: 3.');
    const again = await startRun(engine.ada, agent, { ...question, variables: { city: 'Bonn' } });
    expect(again.run.output).toBe('Again.');
    expect(JSON.stringify(engine.model.requests.at(-1)?.body['messages'])).toContain('City: Bonn.');
    const url = `/api/conversations/${again.run.conversationId}`;
    const bonn = { city: 'Bonn', days: '3', style: '', constructor: '' };
    expect((await engine.ada.inject({ url })).json()).toMatchObject({ variables: bonn });
    expect((await engine.ada.inject({ url: `${url}/export?format=json` })).json()).toMatchObject({
      conversation: { variables: bonn },
    });
    const forked = await engine.ada.inject({ method: 'POST', url: `${url}/fork`, payload: {} });
    expect(forked.json()).toMatchObject({ variables: bonn });
    const { id: conversationId } = forked.json<{ id: string }>();
    await startRun(engine.ada, agent, { input: 'On', conversationId });
    expect(JSON.stringify(engine.model.requests.at(-1)?.body['messages'])).toContain('City: Bonn.');
  });
});
