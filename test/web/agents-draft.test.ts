import { describe, expect, it } from 'vitest';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { toPatch } from '#web/features/agents/draft-changes.ts';
import { recordDraft, redoDraft, startHistory, undoDraft } from '#web/features/agents/draft-history.ts';
import { diffLines } from '#web/lib/diff-lines.ts';
import { findUnknownMarks } from '#web/features/agents/find-unknown-marks.ts';
import { findReplaced } from '#web/features/agents/instructions-editor/find-replaced.ts';
import { parseFieldValue, toSchemaFields } from '#web/features/tools/schema-fields.ts';

const { definition } = sampleAgent({ instructions: 'a' });

describe('changes of a draft', () => {
  it('are sent by their top-level keys, without those that would be refused', () => {
    const draft = {
      ...definition,
      instructions: 'b',
      variables: [],
      budget: { ...definition.budget, maximumSecondsPerRun: 9 },
    };
    expect(toPatch(definition, draft, new Set(['budget']))).toEqual({ instructions: 'b' });
  });

  it('can be undone and redone, until something new is written', () => {
    const second = { ...definition, instructions: 'b' };
    const history = undoDraft(recordDraft(startHistory(definition), second));
    expect(history.present.instructions).toBe('a');
    expect(redoDraft(history).present.instructions).toBe('b');
    expect(redoDraft(recordDraft(history, { ...definition, instructions: 'c' })).present.instructions).toBe('c');
  });

  it('of a text are shown line by line', () => {
    expect(diffLines('one\ntwo\nthree', 'one\n2\nthree').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same one',
      'removed two',
      'added 2',
      'same three',
    ]);
    expect(diffLines('', 'one\n\ntwo').map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
  });
});

describe('a form from a JSON schema', () => {
  const fields = toSchemaFields({
    type: 'object',
    required: ['chain'],
    properties: {
      chain: { type: 'string', enum: ['base', 'ethereum'] },
      count: { type: 'integer' },
      query: { type: 'string', description: 'What to look for' },
      options: { type: 'object' },
    },
  });

  it('has a field of the right kind for each property', () => {
    expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['chain', 'choice', true],
      ['count', 'number', false],
      ['query', 'text', false],
      ['options', 'json', false],
    ]);
  });

  it.each([
    ['chain', 'base', 'base'],
    ['chain', 'solana', undefined],
    ['count', '12', 12],
    ['count', 'twelve', undefined],
    ['query', '12', '12'],
    ['options', '{"a":1}', { a: 1 }],
    ['options', '{a}', undefined],
  ])('reads %s from "%s"', (name, typed, expected) => {
    const field = fields.find((each) => each.name === name);
    expect(field && parseFieldValue(field, typed)).toEqual(expected);
  });
});

describe('what instructions name and an agent lacks', () => {
  const names = { variables: [{ name: 'city', label: 'City' }], tools: ['time'], catalogue: [], tables: [] };

  it('is found once each, in order, and can be added where the hub has it', () => {
    const catalogue = [{ id: 'prices/get_price', title: 'Price' }];
    const text = '{{b}} {{ a }} {{b}} {{city}}, not {{B}}. /time，用/prices/get_price. /else';
    expect(findUnknownMarks(text, { ...names, catalogue })).toEqual([
      { kind: 'variable', name: 'b', canBeAdded: true },
      { kind: 'variable', name: 'a', canBeAdded: true },
      { kind: 'tool', name: 'prices/get_price', canBeAdded: true },
      { kind: 'tool', name: 'else', canBeAdded: false },
    ]);
  });

  it('is no tool while the tools of the hub are not known', () => {
    expect(findUnknownMarks('/else and {{b}}', { ...names, catalogue: null })).toMatchObject([{ name: 'b' }]);
  });
});

it('two texts differ in one stretch, whatever repeats in them', () => {
  expect(findReplaced('aaa', 'aaaa')).toEqual({ from: 3, to: 3, insert: 'a' });
  expect(findReplaced('one two', 'one 2 two')).toEqual({ from: 4, to: 4, insert: '2 ' });
  expect(findReplaced('ab', 'ab')).toBeNull();
});
