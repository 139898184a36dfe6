import { describe, expect, it } from 'vitest';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { listChanges, toPatch } from '#web/features/agents/draft-changes.ts';
import { recordDraft, redoDraft, startHistory, undoDraft } from '#web/features/agents/draft-history.ts';
import { diffLines } from '#web/lib/diff-lines.ts';
import { findVariableNames } from '#web/features/agents/find-variable-names.ts';
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

  it('are listed leaf by leaf', () => {
    expect(listChanges({ a: [1, 2], b: { c: 'x' } }, { a: [1], b: { c: 'y' }, d: null })).toEqual([
      { path: 'a.1', kind: 'removed', before: 2 },
      { path: 'b.c', kind: 'changed', before: 'x', after: 'y' },
      { path: 'd', kind: 'added', after: null },
    ]);
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

it('variables of a text are found once each, in order', () => {
  expect(findVariableNames('{{b}} and {{ a }} and {{b}}, not {{B}}')).toEqual(['b', 'a']);
});
