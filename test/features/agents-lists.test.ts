import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, createAgent, createPublished, listAgents, patchDraft, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let boss: TestPerson;
let owner: TestPerson;
let member: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  boss = await hub.createPerson({ role: 'administrator' });
  owner = await hub.createPerson({ role: 'creator' });
  member = await hub.createPerson({ role: 'member' });
});
afterAll(() => hub.close());

const namesOf = async (person: TestPerson, query: string) =>
  (await listAgents(person, query)).body.items.map((item) => item.name);

describe('the list of agents', () => {
  it('has what is published for everyone and one’s own; everything for administrators', async () => {
    await createAgent(owner, { name: 'Seen draft' });
    await createPublished(owner, { name: 'Seen members', visibility: 'members' });
    await createPublished(owner, { name: 'Seen hub' });
    await createPublished(owner, { name: 'Seen private', visibility: 'private' });
    const all = ['Seen private', 'Seen hub', 'Seen members', 'Seen draft'];
    expect(await namesOf(owner, '?search=seen')).toEqual(all);
    expect(await namesOf(boss, '?search=seen')).toEqual(all);
    expect(await namesOf(member, '?search=seen')).toEqual(['Seen hub', 'Seen members']);
    expect(await namesOf(boss, '?search=seen&scope=mine')).toEqual([]);
    expect((await ask(hub.app, { url: '/api/agents' })).status).toBe(401);
  });

  it('is searched by every word in name, tagline, tags and handle, in any script, with nothing special', async () => {
    const identity = { tagline: 'Reads 100% of ledgers', tags: ['审计', 'under_score'], category: 'analysis' };
    await createAgent(owner, { name: 'Árbol Searcher', handle: 'findable', identity });
    for (const words of ['searcher', 'FINDABLE', 'ledgers reads', '审计', '100%', 'under_', 'árbol']) {
      expect([words, await namesOf(owner, `?search=${encodeURIComponent(words)}`)]).toEqual([
        words,
        ['Árbol Searcher'],
      ]);
    }
    for (const words of ['10_%', 'ledgers absent', "'; --", '\\', '%25%00']) {
      expect([words, await namesOf(owner, `?search=${encodeURIComponent(words)}`)]).toEqual([words, []]);
    }
    expect((await listAgents(owner, '?search=a%00b')).status).toBe(200);
    expect(await namesOf(owner, '?category=analysis&search=searcher')).toEqual(['Árbol Searcher']);
    expect(await namesOf(owner, '?category=aigc&search=searcher')).toEqual([]);
  });

  it('is searched by the names and taglines of other languages, as published or drafted', async () => {
    const agent = await createPublished(owner, { name: 'Cartographer' });
    const translations = { 'zh-CN': { name: '制图师', tagline: '画出 100% 的路', description: '说明书' } };
    await patchDraft(owner, agent.id, { revision: 1, changes: { translations } });
    for (const words of ['制图师', '100% 路']) {
      expect(await namesOf(owner, `?search=${encodeURIComponent(words)}`)).toEqual(['Cartographer']);
    }
    expect(await namesOf(owner, `?search=${encodeURIComponent('说明书')}`)).toEqual([]);
    expect(await namesOf(member, `?search=${encodeURIComponent('制图师')}`)).toEqual([]);
    await publish(owner, agent.id);
    const { body } = await listAgents(member, `?search=${encodeURIComponent('制图师')}`);
    expect(body.items.map((item) => item.translations)).toEqual([
      { 'zh-CN': { name: '制图师', tagline: '画出 100% 的路' } },
    ]);
  });

  it('shows its owner the name of the draft, and others the published one', async () => {
    const agent = await createPublished(owner, { name: 'Before' });
    const identity = { ...agent.definition.identity, name: 'Afterwards' };
    await patchDraft(owner, agent.id, { revision: 1, changes: { identity } });
    expect(await namesOf(owner, '?search=afterwards')).toEqual(['Afterwards']);
    expect(await namesOf(member, '?search=afterwards')).toEqual([]);
    expect(await namesOf(member, '?search=before')).toEqual(['Before']);
  });

  it('is paged without gaps or doubles, also when agents are added meanwhile', async () => {
    for (let number = 1; number <= 7; number += 1) await createAgent(owner, { name: `Paged ${number}` });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = `?search=paged&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { body } = await listAgents(owner, query);
      seen.push(...body.items.map((item) => item.name));
      cursor = body.nextCursor;
      await createAgent(owner, { name: `Paged late ${seen.length}` });
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((number) => `Paged ${number}`));
  });

  it.each(['limit=0', 'limit=101', 'scope=theirs', 'cursor=nonsense', 'cursor=e30'])('refuses %s', async (query) => {
    const { status } = await listAgents(owner, `?${query}`);
    expect(status).toBe(400);
  });

  it('gives other doors the agents that one can run', async () => {
    const { actor } = member;
    const handles = (await hub.services.agents.listForModels(actor)).map((entry) => entry.handle);
    expect(handles).toContain('seen-hub');
    expect(handles).not.toContain('seen-private');
    expect((await hub.services.agents.listForModels(boss.actor)).map((entry) => entry.handle)).not.toContain(
      'seen-private',
    );
  });
});

describe('finding what a run runs', () => {
  const resolve = (person: TestPerson, reference: string, version?: number | 'draft') =>
    hub.services.agents.resolveForRun(person.actor, reference, version);

  it('takes the newest version, a pinned one, or the draft for its owner', async () => {
    const agent = await createAgent(owner, {
      name: 'Runner',
      definition: { instructions: 'one', access: { visibility: 'hub' } },
    });
    expect(await resolve(owner, 'runner')).toMatchObject({ version: null, definition: { instructions: 'one' } });
    await expect(resolve(member, 'runner')).rejects.toMatchObject({ code: 'not_found' });
    await ask(owner, { method: 'POST', url: '/api/agents/runner/publish', payload: {} });
    expect(await resolve(member, agent.id)).toMatchObject({ agent: { handle: 'runner', name: 'Runner' }, version: 1 });
    await patchDraft(owner, agent.id, { revision: 1, changes: { instructions: 'two' } });
    expect(await resolve(owner, 'runner', 'draft')).toMatchObject({
      version: null,
      definition: { instructions: 'two' },
    });
    await expect(resolve(member, 'runner', 'draft')).rejects.toMatchObject({ code: 'forbidden' });
    await ask(owner, { method: 'POST', url: '/api/agents/runner/publish', payload: {} });
    expect(await resolve(member, 'runner')).toMatchObject({ version: 2, definition: { instructions: 'two' } });
    expect(await resolve(member, 'runner', 1)).toMatchObject({ version: 1, definition: { instructions: 'one' } });
    for (const unknown of [3, 0, -1, 1.5, Number.NaN, 1e12]) {
      await expect(resolve(member, 'runner', unknown)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('knows of a deletion and of a withdrawal at once', async () => {
    const agent = await createPublished(owner, { name: 'Leaving' });
    await resolve(member, 'leaving');
    await patchDraft(owner, agent.id, { revision: 1, changes: { access: { visibility: 'private' } } });
    await ask(owner, { method: 'POST', url: '/api/agents/leaving/publish', payload: {} });
    await expect(resolve(member, 'leaving')).rejects.toMatchObject({ code: 'not_found' });
    await expect(resolve(boss, 'leaving')).rejects.toMatchObject({ code: 'forbidden' });
    await ask(owner, { method: 'DELETE', url: '/api/agents/leaving' });
    await expect(resolve(owner, 'leaving')).rejects.toMatchObject({ code: 'not_found' });
  });
});
