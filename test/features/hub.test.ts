import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HubAgent } from '#server/contract/hub.ts';
import type { Page } from '#server/contract/page.ts';
import { ask, createAgent, createPublished, patchDraft, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { listHub, namesOnHub, putOnHub, readHubAgent, use } from '#test/support/hub-shelf.ts';

let hub: TestApp;
let boss: TestPerson;
let ada: TestPerson;
let bob: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  boss = await hub.createPerson({ name: 'Boss' });
  ada = await hub.createPerson({ name: 'Ada' });
  bob = await hub.createPerson({ name: 'Bob', role: 'member' });
});
afterAll(() => hub.close());

const search = (words: string, more = '') => namesOnHub(bob, `?search=${encodeURIComponent(words)}${more}`);

describe('the hub’s list', () => {
  it('has what was published for the whole hub, and nothing else', async () => {
    await putOnHub(ada, 'In the window');
    for (const visibility of ['private', 'link', 'members'])
      await createPublished(ada, { name: visibility, visibility });
    await createAgent(ada, { name: 'Only a draft', definition: { access: { visibility: 'hub' } } });
    for (const person of [boss, ada, bob]) expect(await namesOnHub(person)).toEqual(['In the window']);
    expect((await hub.app.inject('/api/hub/agents')).statusCode).toBe(401);
    const { body } = await listHub(bob);
    expect(body.items[0]).toMatchObject({
      creator: { name: 'Ada' },
      licence: 'all-rights-reserved',
      version: 1,
      rating: { average: null, count: 0 },
      use: { people: 0, runs: 0 },
      isFavourite: false,
    });
  });

  it('shows a new version in its place, and loses what its owner takes back', async () => {
    const { id } = await putOnHub(ada, 'First name');
    const identity = {
      ...(await ask(ada, { url: `/api/agents/${id}` })).body.definition.identity,
      name: 'Second name',
    };
    await patchDraft(ada, id, { revision: 1, changes: { identity } });
    expect(await namesOnHub(bob)).toContain('First name');
    await publish(ada, id);
    const names = await namesOnHub(bob);
    expect([names.includes('First name'), names.includes('Second name')]).toEqual([false, true]);
    await patchDraft(ada, id, { revision: 2, changes: { access: { visibility: 'private' } } });
    await publish(ada, id);
    expect(await namesOnHub(bob)).not.toContain('Second name');
    expect((await readHubAgent(bob, id)).status).toBe(404);
  });

  it('is sorted by use, by rating and by the newest version, page by page', async () => {
    const [quiet, loved, busy] = [
      await putOnHub(ada, 'Quiet', { identity: { category: 'sorted' } }),
      await putOnHub(ada, 'Loved', { identity: { category: 'sorted' } }),
      await putOnHub(ada, 'Busy', { identity: { category: 'sorted' } }),
    ];
    await publish(ada, quiet.id, 'Fresh');
    await use(bob, busy.id);
    await use(boss, busy.id);
    await use(bob, loved.id);
    const draftRun = await ask(ada, {
      method: 'POST',
      url: `/api/agents/${quiet.id}/runs`,
      payload: { input: '1 + 1', version: 'draft' },
    });
    expect(draftRun.status).toBe(200);
    await ask(bob, { method: 'PUT', url: `/api/hub/agents/${loved.id}/review`, payload: { stars: 5 } });
    await hub.services.hub.countUse();
    const inOrder = (sort: string) => namesOnHub(bob, `?category=sorted&sort=${sort}`);
    expect(await inOrder('use')).toEqual(['Busy', 'Loved', 'Quiet']);
    expect((await inOrder('rating'))[0]).toBe('Loved');
    expect((await inOrder('new'))[0]).toBe('Quiet');
    const counted = (await listHub(bob, '?category=sorted&sort=use')).body.items.map(({ use: counts }) => counts);
    expect(counted).toEqual([
      { people: 2, runs: 2 },
      { people: 1, runs: 1 },
      { people: 0, runs: 0 },
    ]);
    for (const sort of ['use', 'rating', 'new']) {
      const whole = await inOrder(sort);
      const paged: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body }: { body: Page<HubAgent> } = await listHub(
          bob,
          `?category=sorted&sort=${sort}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        paged.push(...body.items.map(({ name }) => name));
        cursor = body.nextCursor;
      }
      expect(paged).toEqual(whole);
    }
  });

  it('refuses what is no query, and shows a bound key its own agents only', async () => {
    for (const query of ['?sort=best', '?category=No%20Such', '?cursor=none', '?limit=1000']) {
      expect([query, (await listHub(bob, query)).status]).toEqual([query, 400]);
    }
    expect(await namesOnHub(bob, '?tag=%00%E2%80%AE')).toEqual([]);
    const { id, name } = await putOnHub(ada, 'For the key');
    const { key } = await ada.createKey(['agents:read'], [id]);
    const byKey = { inject: (options: Parameters<TestPerson['inject']>[0]) => hub.injectWithKey(key, options) };
    expect(await namesOnHub(byKey)).toEqual([name]);
    expect(await namesOnHub(byKey, '?search=busy')).toEqual([]);
  });
});

describe('a search', () => {
  beforeAll(async () => {
    await putOnHub(ada, 'Contract Auditor', { identity: { tagline: 'Reads Solidity', tags: ['solidity', 'défi'] } });
    await putOnHub(ada, '合约审计师', { identity: { tagline: '检查智能合约的漏洞', tags: ['安全'] } });
    await putOnHub(ada, 'Poem Maker', {
      identity: { description: 'Writes haiku about auditors and the sea.' },
      translations: { 'zh-CN': { name: '诗人', tagline: '写俳句', description: '也写大海。' } },
    });
    await createPublished(ada, { name: 'Hidden Auditor', visibility: 'private' });
    // The index looks for changes at most once a second.
    await vi.waitFor(async () => expect(await search('haiku')).toEqual(['Poem Maker']), {
      timeout: 10_000,
      interval: 300,
    });
  });

  it.each([
    ['auditor', 'Contract Auditor'],
    ['AUDITR', 'Contract Auditor'],
    ['contarct audtior', 'Contract Auditor'],
    ['solid', 'Contract Auditor'],
    ['defi', 'Contract Auditor'],
    ['审计', '合约审计师'],
    ['合约漏洞', '合约审计师'],
    ['智能合同', '合约审计师'],
    ['师', '合约审计师'],
    ['俳句', 'Poem Maker'],
    ['大海', 'Poem Maker'],
  ])('for “%s” finds %s first', async (words, name) => {
    expect((await search(words))[0]).toBe(name);
  });

  it('finds nothing where nothing fits, and never what one may not see', async () => {
    expect(await search('xylophone')).toEqual([]);
    expect(await search('Hidden Auditor')).not.toContain('Hidden Auditor');
  });

  it('is sorted and paged as wished, and keeps to a category', async () => {
    const whole = await search('auditor');
    expect(whole.length).toBeGreaterThan(1);
    const first = await listHub(bob, '?search=auditor&limit=1');
    const second = await listHub(bob, `?search=auditor&limit=1&cursor=${first.body.nextCursor}`);
    expect([first, second].map(({ body }) => body.items[0]?.name)).toEqual(whole.slice(0, 2));
    expect((await search('auditor', '&sort=new'))[0]).toBe('Poem Maker');
    expect(await search('auditor', '&category=analysis')).toEqual([]);
  });
});

describe('an agent’s page', () => {
  it('says what it does, what it uses, and what its versions brought', async () => {
    const { id, handle } = await putOnHub(ada, 'Desk', {
      identity: { description: 'Counts.' },
      tools: [{ id: 'calculator' }],
      opening: { starters: ['2 + 2'], example: { question: 'Two and two?', answer: 'Four.' } },
      memory: { kind: 'person' },
      translations: { 'zh-CN': { name: '计算台', description: '会算数。' } },
    });
    await publish(ada, id, 'Counts faster.');
    const { status, body } = await readHubAgent(bob, handle);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      listing: 'listed',
      description: 'Counts.',
      tools: [{ id: 'calculator', title: { en: 'Calculator' }, effect: 'read' }],
      data: { memory: 'person', guards: [], models: [] },
      opening: { example: { question: 'Two and two?', answer: 'Four.' } },
      versions: [
        { version: 2, note: 'Counts faster.' },
        { version: 1, note: '' },
      ],
      translations: { 'zh-CN': { name: '计算台', description: '会算数。' } },
      isRemix: false,
      origin: null,
      can: { run: true, remix: false, edit: false, review: false, report: true },
    });
    expect(JSON.stringify(body)).not.toContain('instructions');
  });

  it('shows the published version to its owner too, and is hidden while there is none', async () => {
    const { id } = await putOnHub(ada, 'Published');
    const { identity } = (await ask(ada, { url: `/api/agents/${id}` })).body.definition;
    await patchDraft(ada, id, { revision: 1, changes: { identity: { ...identity, description: 'Secret plan' } } });
    expect((await readHubAgent(ada, id)).body).toMatchObject({ description: '', can: { edit: true, report: false } });
    const draft = await createAgent(ada, { name: 'Not yet' });
    for (const person of [ada, bob]) expect((await readHubAgent(person, draft.id)).status).toBe(404);
  });
});

describe('favourites', () => {
  it('are a person’s own, newest first, while they may use the agent', async () => {
    const [one, two] = [await putOnHub(ada, 'One'), await createPublished(ada, { name: 'Two', visibility: 'link' })];
    const set = (person: TestPerson, method: 'PUT' | 'DELETE', agent: string) =>
      ask(person, { method, url: `/api/hub/agents/${agent}/favourite` });
    for (const { id } of [one, two, one]) expect((await set(bob, 'PUT', id)).status).toBe(204);
    const list = async (person: TestPerson, query = '') =>
      (await ask<Page<HubAgent>>(person, { url: `/api/hub/favourites${query}` })).body;
    expect((await list(bob)).items.map(({ name, isFavourite }) => [name, isFavourite])).toEqual([
      ['Two', true],
      ['One', true],
    ]);
    const { nextCursor } = await list(bob, '?limit=1');
    expect((await list(bob, `?limit=1&cursor=${nextCursor}`)).items.map(({ name }) => name)).toEqual(['One']);
    expect((await list(boss)).items).toEqual([]);
    await patchDraft(ada, two.id, { revision: 1, changes: { access: { visibility: 'private' } } });
    await publish(ada, two.id);
    expect((await set(bob, 'DELETE', one.id)).status).toBe(204);
    expect((await list(bob)).items).toEqual([]);
    expect((await set(bob, 'PUT', two.id)).status).toBe(404);
  });
});

describe('a licence', () => {
  it('says who may copy and export an agent, and where a copy comes from is shown both ways', async () => {
    const closed = await putOnHub(ada, 'Closed');
    const open = await putOnHub(ada, 'Open', { access: { licence: 'CC-BY-4.0' } });
    const eve = await hub.createPerson({ name: 'Eve' });
    for (const url of [`/api/agents/${closed.id}/duplicate`, `/api/agents/${closed.id}/export`]) {
      const method = url.endsWith('duplicate') ? 'POST' : 'GET';
      for (const person of [eve, boss]) {
        const refused = await ask(person, { method, url, ...(method === 'POST' && { payload: {} }) });
        expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
      }
    }
    expect((await readHubAgent(eve, open.id)).body).toMatchObject({
      licence: 'CC-BY-4.0',
      can: { remix: true },
      remixes: 0,
    });
    const copy = await ask(eve, { method: 'POST', url: `/api/agents/${open.id}/duplicate`, payload: {} });
    expect(copy.body.definition.access).toEqual({ visibility: 'private', licence: 'CC-BY-4.0' });
    await publish(eve, copy.body.id);
    expect((await readHubAgent(bob, open.id)).body.remixes).toBe(0);
    await patchDraft(eve, copy.body.id, { revision: 1, changes: { access: { visibility: 'hub' } } });
    await publish(eve, copy.body.id);
    expect((await readHubAgent(bob, open.id)).body.remixes).toBe(1);
    expect((await readHubAgent(bob, copy.body.id)).body.origin).toMatchObject({
      handle: 'open',
      name: 'Open',
      version: 1,
    });
    await patchDraft(ada, open.id, { revision: 1, changes: { access: { visibility: 'private' } } });
    await publish(ada, open.id);
    expect((await readHubAgent(bob, copy.body.id)).body).toMatchObject({ isRemix: true, origin: null });
  });
});
