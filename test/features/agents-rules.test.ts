import { describe, expect, it } from 'vitest';
import type { Actor } from '#server/contract/actor.ts';
import { UpdateDraftInput } from '#server/contract/agent.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { canCreate, canEdit, canReadDraft, canRun, canSee, toAbilities } from '#server/features/agents/agent-policy.ts';
import { diffDefinitions } from '#server/contract/diff-definitions.ts';
import { createExpiringCache } from '#server/features/agents/expiring-cache.ts';
import { toCopyName } from '#server/features/agents/duplicate-agent.ts';
import { findSchemaFaults } from '#server/find-schema-faults.ts';
import { readIfMatch } from '#server/if-match.ts';
import { isReservedHandle, toFreeHandle, toHandle } from '#server/features/agents/suggest-handle.ts';

describe('differences between definitions', () => {
  it('match tools and variables by name and say when only the order changed', () => {
    const before = {
      tools: [
        { id: 'chart', approval: 'never' },
        { id: 'time', approval: 'never' },
      ],
    };
    const after = {
      tools: [
        { id: 'time', approval: 'always' },
        { id: 'chart', approval: 'never' },
      ],
    };
    expect(diffDefinitions(before, after)).toEqual([
      { path: 'tools.time.approval', kind: 'changed', before: 'never', after: 'always' },
      { path: 'tools', kind: 'changed', before: ['chart', 'time'], after: ['time', 'chart'] },
    ]);
  });

  it('show one inserted line as one change', () => {
    const before = { starters: ['a', 'b', 'c'] };
    expect(diffDefinitions(before, { starters: ['a', 'new', 'b', 'c'] })).toEqual([
      { path: 'starters.1', kind: 'added', after: 'new' },
    ]);
    expect(diffDefinitions({ starters: ['a', 'new', 'b', 'c'] }, before)).toEqual([
      { path: 'starters.1', kind: 'removed', before: 'new' },
    ]);
  });

  it('show members that came, went and changed, and nothing for equal ones in another order', () => {
    expect(diffDefinitions({ a: 1, b: { c: 2 }, d: 3 }, { b: { c: 4 }, d: 3, e: null })).toEqual([
      { path: 'a', kind: 'removed', before: 1 },
      { path: 'b.c', kind: 'changed', before: 2, after: 4 },
      { path: 'e', kind: 'added', after: null },
    ]);
    expect(diffDefinitions({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual([]);
  });
});

describe('the faults of a JSON schema', () => {
  const nested = (levels: number): object => (levels === 0 ? {} : { items: nested(levels - 1) });
  it.each<[string, JsonObject, string[]]>([
    [
      'is readable',
      { $ref: '#/$defs/a', $defs: { a: { properties: { b: { $ref: '#' }, pattern: { type: 'null' } } } } },
      [],
    ],
    ['refers to nowhere', { properties: { city: { $ref: '#/nowhere' } } }, ['schema.properties.city.$ref']],
    [
      'refers to itself alone',
      { anyOf: [{ $ref: '#/anyOf/1' }, { $ref: '#/anyOf/0' }] },
      ['schema.anyOf.0.$ref', 'schema.anyOf.1.$ref'],
    ],
    ['is as deep as may be', nested(63) as JsonObject, []],
    ['is too deep', nested(64) as JsonObject, ['schema']],
    ['has no such type', { items: { type: ['text', 'null'] } }, ['schema.items.type']],
    [
      'has other things where schemas belong',
      { allOf: {}, properties: [], not: 'a' },
      ['schema.not', 'schema.allOf', 'schema.properties'],
    ],
    [
      'has patterns that are none',
      { pattern: '(', patternProperties: { '[': true } },
      ['schema.pattern', 'schema.patternProperties.['],
    ],
    ['has lists that are none', { required: 'all', enum: 'b' }, ['schema.required', 'schema.enum']],
  ])('are told where it %s', (_, schema, paths) => {
    const before = structuredClone(schema);
    expect(findSchemaFaults(schema, 'schema').map(({ path }) => path)).toEqual(paths);
    expect(schema).toEqual(before);
  });
});

describe('handles', () => {
  it.each([
    ['Token Analyst', 'token-analyst'],
    ['  Café & Crème!  ', 'cafe-creme'],
    ['A'.repeat(60), 'a'.repeat(48)],
  ])('of %s is %s', (name, handle) => expect(toHandle(name)).toBe(handle));

  it.each(['代币分析师', '123', '', 'x', 'new'])('of "%s" is made up', (name) => {
    expect(toHandle(name)).toMatch(/^agent-[a-z0-9]{4}$/);
  });

  it('are followed by a number when taken, within the allowed length', () => {
    expect(toFreeHandle('desk', new Set())).toBe('desk');
    expect(toFreeHandle('desk', new Set(['desk', 'desk-2']))).toBe('desk-3');
    expect(toFreeHandle('a'.repeat(48), new Set(['a'.repeat(48)]))).toBe(`${'a'.repeat(46)}-2`);
  });

  it('never look like an identifier', () => {
    expect(isReservedHandle('0190f3a0-7c1e-7abc-8def-0123456789ab')).toBe(true);
    expect(toFreeHandle('import', new Set())).toBe('import-2');
  });
});

const person = (userId: string, role: Actor['role'], key: Actor['key'] = null): Actor => ({
  userId,
  name: userId,
  role,
  key,
});
const agent = (visibility: 'private' | 'link' | 'members' | 'hub', publishedVersion: number | null) => ({
  id: 'a1',
  owner: { id: 'owner', name: 'Owner' },
  visibility,
  publishedVersion,
  licence: 'all-rights-reserved' as const,
});

describe('rights', () => {
  it.each([
    ['private', 1, false],
    ['link', 1, true],
    ['members', 1, true],
    ['hub', 1, true],
    ['hub', null, false],
  ] as const)('another person and %s at version %s: seen is %s', (visibility, version, seen) => {
    const other = person('other', 'member');
    expect(canSee(other, agent(visibility, version))).toBe(seen);
    expect(canRun(other, agent(visibility, version))).toBe(seen);
    expect(canEdit(other, agent(visibility, version))).toBe(false);
  });

  it('an administrator sees and deletes a private agent, but neither edits nor runs it', () => {
    const can = toAbilities(person('boss', 'administrator'), agent('private', 1));
    expect(can).toMatchObject({ run: false, edit: false, publish: false, delete: true });
    expect(canReadDraft(person('boss', 'administrator'), agent('private', 1))).toBe(false);
  });

  it('a key bound to agents reaches these alone and makes none', () => {
    const key = { id: 'k', scopes: ['agents:read' as const], agentIds: ['a2'] };
    const owner = person('owner', 'creator', key);
    expect(canSee(owner, agent('hub', 1))).toBe(false);
    expect(canCreate(owner)).toBe(false);
    expect(canSee({ ...owner, key: { ...key, agentIds: ['a1'] } }, agent('hub', 1))).toBe(true);
  });

  it('a key without the scope to write says that it cannot edit', () => {
    const key = { id: 'k', scopes: ['agents:read' as const], agentIds: [] };
    expect(toAbilities(person('owner', 'creator', key), agent('hub', 1))).toMatchObject({ edit: false, run: false });
  });

  it('who keeps all rights lets others neither copy nor export, administrators included', () => {
    const open = { ...agent('hub', 1), licence: 'MIT' as const };
    for (const actor of [person('other', 'creator'), person('boss', 'administrator')]) {
      expect(toAbilities(actor, agent('hub', 1))).toMatchObject({ duplicate: false, export: false });
      expect(toAbilities(actor, open)).toMatchObject({ duplicate: true, export: true });
    }
    expect(toAbilities(person('owner', 'creator'), agent('hub', 1))).toMatchObject({ duplicate: true, export: true });
    expect(toAbilities(person('other', 'creator'), { ...open, visibility: 'private' })).toMatchObject({
      export: false,
    });
  });

  it('an owner who became a member no longer edits', () => {
    expect(canEdit(person('owner', 'member'), agent('hub', 1))).toBe(false);
    expect(canRun(person('owner', 'member'), agent('private', null))).toBe(true);
  });
});

describe('small things that drafts rest on', () => {
  it('a draft update fills no keys that were left out', () => {
    expect(UpdateDraftInput.parse({ instructions: 'x' })).toEqual({ instructions: 'x' });
  });

  it.each([
    [undefined, null],
    ['"7"', 7],
    ['7', 7],
    ['*', 'any'],
    ['W/"7"', 0],
    ['"x"', 0],
  ])('If-Match %s reads as %s', (header, revision) => expect(readIfMatch(header)).toBe(revision));

  it('a copy is named in the language of the name', () => {
    expect(toCopyName('Desk')).toBe('Desk copy');
    expect(toCopyName('分析师')).toBe('分析师 副本');
    expect(toCopyName('D'.repeat(60))).toHaveLength(60);
  });

  it('readers who ask at once share one load, and a load begun before a change is not kept', async () => {
    const cache = createExpiringCache<number>({ timeToLiveMs: 60_000, maximumEntries: 2 });
    let loads = 0;
    const load = async () => (loads += 1);
    expect(await Promise.all([cache.read('a', load), cache.read('a', load)])).toEqual([1, 1]);
    cache.clear();
    const old = cache.read('a', load);
    cache.clear();
    expect(await cache.read('a', load)).toBe(3);
    expect(await old).toBe(2);
    expect(await cache.read('a', load)).toBe(3);
  });

  it('what is not found or fails is asked for again', async () => {
    const cache = createExpiringCache<string>({ timeToLiveMs: 60_000, maximumEntries: 2 });
    expect(await cache.read('a', async () => null)).toBeNull();
    await expect(cache.read('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await cache.read('a', async () => 'here')).toBe('here');
  });
});
