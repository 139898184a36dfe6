import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult, Eval, EvalCheck, EvalResult } from '#server/contract/eval.ts';
import { describeTests } from '#server/command/describe-tests.ts';
import { findNumbers } from '#server/features/evals/find-numbers.ts';
import { createAgent } from '#test/support/agent-requests.ts';
import { addTest, runTests, toTest } from '#test/support/agent-tests.ts';
import type { ScriptedReply } from '#test/support/scripted-model/reply.ts';
import { createRunAgent, type Engine, startEngine } from '#test/support/run-engine.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

/** What a check says of what the scripted model does. */
async function checkOf(check: object, replies: ScriptedReply[], definition: object = {}): Promise<CheckResult> {
  return (await resultOf(check, replies, definition)).checks[0] ?? { outcome: 'skipped', reason: null, detail: '' };
}

async function resultOf(check: object, replies: ScriptedReply[], definition: object = {}): Promise<EvalResult> {
  const agent = await createRunAgent(engine.ada, definition);
  await addTest(engine.ada, agent, toTest([check as EvalCheck]));
  engine.model.script(...replies);
  const [result] = (await runTests(engine.ada, agent)).results;
  if (result === undefined) throw new Error('The run has no result.');
  return result;
}

const passed = { outcome: 'passed' };
const failed = (reason: string, detail?: unknown) => ({
  outcome: 'failed',
  reason,
  ...(detail === undefined ? {} : { detail }),
});

describe('of an answer in text, a check', () => {
  const contains = (...anyOf: string[]) => ({ kind: 'contains', anyOf });
  const excludes = (...anyOf: string[]) => ({ kind: 'excludes', anyOf });
  const number = (value: number, tolerance = 0) => ({ kind: 'number', value, tolerance });
  const matches = (pattern: string) => ({ kind: 'matches', pattern });
  const fits = (schema: object) => ({ kind: 'json-schema', schema });
  const total = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] };

  test.each<[string, object, string, object]>([
    ['finds one of several texts, whatever the case', contains('nine', 'FOUR'), 'It is four.', passed],
    ['misses a text', contains('nine'), 'It is four.', failed('text-missing', 'nine')],
    ['tells which text it should not have', excludes('nine', 'four'), 'It is Four.', failed('text-found', 'four')],
    ['finds a pattern', matches('^it is \\w+\\.$'), 'It is four.', passed],
    ['misses a pattern', matches('^\\d+$'), 'four', failed('no-match')],
    ['takes a number with separators', number(14_400), 'That makes 14,400 USD.', passed],
    ['takes a number in Chinese text', number(900), '等于900。', passed],
    ['takes a number within the tolerance', number(0.3, 0.1), 'About 0.4', passed],
    ['tells the nearest number', number(10), 'Between 3 and 9.5', failed('number-off', '9.5')],
    ['tells that there is no number', number(10), 'Ten', failed('no-number')],
    ['takes JSON in a fence', fits(total), '```json\n{"total": 4}\n```', passed],
    [
      'tells what does not fit',
      fits(total),
      '{"total": "4"}',
      failed('schema-unmet', expect.stringContaining('total')),
    ],
    ['tells what is no JSON', fits(total), 'four', failed('not-json')],
    ['gets through any amount of white space', fits(total), `{${'\n'.repeat(400_000)}x`, failed('not-json')],
    ['takes an answer with what no database can keep', contains('four'), 'It is\u0000 four.', passed],
    [
      'tells the beginning of what it misses, where that ends within a letter',
      contains('x'.repeat(1998), '😀'),
      'four',
      failed('text-missing'),
    ],
    ['tells a schema that cannot be read', fits({ $ref: '#/nowhere' }), '{}', failed('schema-unreadable')],
  ])('%s', async (_name, check, text, outcome) => {
    expect(await checkOf(check, [{ text }])).toMatchObject(outcome);
  });

  test('ends a pattern that would hold up the hub, in the answer and in a schema', async () => {
    const text = `"${'a'.repeat(60)}!"`;
    const slow = '^"?(a+)+$';
    expect(await checkOf(matches(slow), [{ text }])).toMatchObject(failed('pattern-too-slow'));
    const schema = { type: 'string', pattern: '^(a+)+$' };
    expect(await checkOf(fits(schema), [{ text }])).toMatchObject(failed('pattern-too-slow'));
  });

  test.each([
    ['10-20', [10, 20]],
    ['-3 and −4', [-3, -4]],
    ['1,234,567.5', [1_234_567.5]],
    ['2,5', [2, 5]],
    ['1.5e3', [1500]],
    ['none', []],
  ])('reads the numbers of %s', (text, numbers) => {
    expect(findNumbers(text)).toEqual(numbers);
  });
});

describe('of what a run did, a check', () => {
  const tools = { tools: [{ id: 'calculator' }, { id: 'chart' }] };
  const calculate: ScriptedReply = { toolCalls: [{ name: 'calculator', arguments: { expression: '2+2' } }] };
  const chart = { title: 'Rain', kind: 'bar', x: 'city', y: 'rain', data: [{ city: 'Oslo', rain: 74 }] };

  test.each<[string, object, object]>([
    ['finds a call', { kind: 'calls', tool: 'calculator' }, passed],
    ['finds a call with arguments', { kind: 'calls', tool: 'calculator', arguments: { expression: '2+2' } }, passed],
    [
      'tells how it was called otherwise',
      { kind: 'calls', tool: 'calculator', arguments: { expression: '2*2' } },
      failed('called-otherwise', '{"expression":"2+2"}'),
    ],
    ['tells what was called instead', { kind: 'calls', tool: 'chart' }, failed('not-called', 'calculator')],
    ['tells a call that should not have been', { kind: 'avoids', tool: 'calculator' }, failed('called')],
    ['is content without a call', { kind: 'avoids', tool: 'chart' }, passed],
    ['tells that nothing is cited', { kind: 'cites' }, failed('not-cited')],
    ['tells that nothing was made', { kind: 'makes', artifact: 'chart' }, failed('not-made')],
  ])('%s', async (_name, check, outcome) => {
    expect(await checkOf(check, [calculate, { text: 'It is 4.' }], tools)).toMatchObject(outcome);
  });

  test('finds what was made', async () => {
    const draw: ScriptedReply = { toolCalls: [{ name: 'chart', arguments: chart }] };
    const made = await checkOf({ kind: 'makes', artifact: 'chart' }, [draw, { text: 'Drawn.' }], tools);
    expect(made).toMatchObject(passed);
  });
});

test('a terminal is not told to do what an answer says', async () => {
  const agent = await createRunAgent(engine.ada);
  await addTest(engine.ada, agent, toTest([{ kind: 'contains', anyOf: ['\u001b]0;owned\u0007'] }]));
  engine.model.script({ text: 'four' });
  const lines = describeTests(await runTests(engine.ada, agent)).join('\n');
  expect(lines).toContain('the answer has none of these texts: ]0;owned');
  expect(lines).not.toContain('\u001b');
});

describe('a model that judges', () => {
  const judge = { kind: 'judge', rubric: 'Says that it is four.', model: 'openai/test-model' };
  const verdict = (passes: boolean) => ({
    text: JSON.stringify({ reason: 'It says so.', passes }),
    usage: { inputTokens: 200, outputTokens: 20 },
  });
  const said: ScriptedReply = { text: 'Four.', usage: { inputTokens: 10, outputTokens: 5 } };

  test('decides with a reason, and its tokens are counted', async () => {
    const { tokens, ...result } = await resultOf(judge, [said, verdict(true)]);
    expect(result).toMatchObject({ status: 'passed', checks: [{ reason: 'judged', detail: 'It says so.' }] });
    expect(tokens).toBe(235);
    const sent = JSON.stringify(engine.model.requests.at(-1)?.body);
    for (const text of ['Says that it is four.', 'What is 2 + 2?', 'Four.']) expect(sent).toContain(text);
    const runs = await engine.hub.services.database.prisma.run.findMany({ where: { conversationId: null } });
    expect(runs.map(({ startedBy, inputTokens }) => [startedBy, inputTokens])).toContainEqual([{ kind: 'test' }, 200]);
  });

  test('refuses an answer', async () => {
    expect(await resultOf(judge, [said, verdict(false)])).toMatchObject({ status: 'failed' });
  });

  test.each<[string, ScriptedReply, string]>([
    ['says nothing clear', { text: 'Maybe.' }, 'judge-unclear'],
    ['does not answer', { status: 401 }, 'judge-failed'],
  ])('and %s leaves the check skipped, never passed', async (_name, reply, reason) => {
    expect(await resultOf(judge, [said, reply])).toMatchObject({
      status: 'skipped',
      checks: [{ outcome: 'skipped', reason }],
    });
  });

  test('is missing where there is only the offline planner: the check is skipped, in words', async () => {
    const agent = await createAgent(engine.ada, {
      name: 'Planner',
      definition: { model: { wishes: ['offline/planner'] }, tools: [{ id: 'calculator' }] },
    });
    const rubric: Eval['expect'][number] = { kind: 'judge', rubric: 'Is friendly.', model: 'offline/planner' };
    await addTest(engine.ada, agent.id, toTest([{ kind: 'number', value: 4, tolerance: 0 }, rubric]));
    const run = await runTests(engine.ada, agent.id);
    expect(run.results).toMatchObject([
      { status: 'skipped', checks: [{ outcome: 'passed' }, { outcome: 'skipped', reason: 'no-judge' }] },
    ]);
  });
});
