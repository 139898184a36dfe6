import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HubAgentList } from '#server/contract/hub.ts';
import type { HubCategory } from '#server/contract/hub-category.ts';
import type { HubReport, ListingRequest } from '#server/contract/hub-moderation.ts';
import type { Page } from '#server/contract/page.ts';
import type { Problem } from '#server/contract/problem.ts';
import type { z } from 'zod';
import { ask, createPublished, listAgents, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { namesOnHub, putOnHub, readHubAgent } from '#test/support/hub-shelf.ts';

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

const report = (person: TestPerson, agent: string, payload: object = { reason: 'spam' }) =>
  ask<Problem | null>(person, { method: 'POST', url: `/api/hub/agents/${agent}/reports`, payload });
const reports = async () => (await ask<Page<HubReport>>(boss, { url: '/api/hub/reports' })).body.items;
const settle = (id: string, payload: object) =>
  ask<Problem | null>(boss, { method: 'POST', url: `/api/hub/reports/${id}/outcome`, payload });
const decide = (agent: string, payload: object) =>
  ask<Problem | null>(boss, { method: 'POST', url: `/api/hub/agents/${agent}/listing`, payload });
const requests = async (state: string) =>
  (await ask<Page<ListingRequest>>(boss, { url: `/api/hub/requests?state=${state}` })).body.items;
const setReview = (reviewNewAgents: boolean) =>
  ask(boss, { method: 'PUT', url: '/api/hub/settings', payload: { reviewNewAgents } });

describe('what administrators do', () => {
  it('is theirs alone', async () => {
    for (const [method, url, payload] of [
      ['GET', '/api/hub/reports'],
      ['GET', '/api/hub/requests'],
      ['GET', '/api/hub/settings'],
      ['PUT', '/api/hub/settings', { reviewNewAgents: true }],
      ['PUT', '/api/hub/featured', { agents: [] }],
      ['POST', '/api/hub/categories', { slug: 'music', name: { en: 'Music', zh: '音乐' } }],
    ] as const) {
      const answer = await ask(ada, { method, url, ...(payload !== undefined && { payload }) });
      expect([url, answer.status]).toEqual([url, 403]);
    }
  });
});

describe('a report', () => {
  it('is made once a person, about agents of others, and reaches the administrators', async () => {
    const { id } = await putOnHub(ada, 'Reported');
    expect((await report(ada, id)).status).toBe(403);
    expect((await report(bob, id, { reason: 'ugly' })).status).toBe(400);
    expect((await report(bob, id, { reason: 'misleading', text: 'Says\u202e it is a bank.' })).status).toBe(204);
    expect((await report(bob, id)).status).toBe(409);
    expect((await readHubAgent(bob, id)).body.can.report).toBe(false);
    expect(await reports()).toMatchObject([
      { agent: { id, name: 'Reported' }, reporter: 'Bob', reason: 'misleading', text: 'Says it is a bank.' },
    ]);
    const [open] = await reports();
    expect((await settle(open?.id ?? '', { outcome: 'dismiss' })).status).toBe(204);
    expect((await settle(open?.id ?? '', { outcome: 'dismiss' })).status).toBe(404);
    expect([await reports(), (await namesOnHub(bob)).includes('Reported')]).toEqual([[], true]);
  });

  it('takes the agent off the hub, with all that was said against it, and its owner is told why', async () => {
    const { id, handle } = await putOnHub(ada, 'Taken off');
    await ask(boss, { method: 'PUT', url: '/api/hub/featured', payload: { agents: [id] } });
    for (const person of [bob, boss]) await report(person, id);
    const [open] = await reports();
    await settle(open?.id ?? '', { outcome: 'unlist', reason: 'It promises returns.' });
    expect(await reports()).toEqual([]);
    expect(await namesOnHub(bob)).not.toContain('Taken off');
    expect((await listAgents(bob)).body.items.map(({ name }) => name)).not.toContain('Taken off');
    const refused = { listing: 'refused', refusal: 'It promises returns.' };
    for (const person of [ada, boss]) expect((await readHubAgent(person, handle)).body).toMatchObject(refused);
    expect((await readHubAgent(bob, handle)).body).toMatchObject({ listing: 'refused', refusal: null });
    await publish(ada, id);
    expect(await namesOnHub(bob)).not.toContain('Taken off');
    expect((await requests('refused')).map(({ name }) => name)).toEqual(['Taken off']);
    await decide(id, { outcome: 'approve' });
    expect(await namesOnHub(bob)).toContain('Taken off');
    expect((await ask<z.infer<typeof HubAgentList>>(bob, { url: '/api/hub/featured' })).body.items).toEqual([]);
  });
});

describe('the review of new agents', () => {
  it('is off at first; once on, what is new waits, and what was there stays and is updated in place', async () => {
    expect((await ask(boss, { url: '/api/hub/settings' })).body).toEqual({ reviewNewAgents: false });
    const old = await putOnHub(ada, 'Old');
    await setReview(true);
    await publish(ada, old.id);
    const fresh = await putOnHub(ada, 'Fresh');
    const names = await namesOnHub(bob);
    expect([names.includes('Old'), names.includes('Fresh')]).toEqual([true, false]);
    expect((await readHubAgent(ada, fresh.id)).body.listing).toBe('waiting');
    expect((await requests('waiting')).map(({ name, listing }) => [name, listing])).toEqual([['Fresh', 'waiting']]);
    const feature = { method: 'PUT', url: '/api/hub/featured', payload: { agents: [old.id, fresh.id] } } as const;
    expect(await ask(boss, feature)).toMatchObject({ status: 400, body: { errors: [{ path: 'body.agents.1' }] } });
    await decide(fresh.id, { outcome: 'approve' });
    expect([await namesOnHub(bob, '?sort=new&limit=1'), await requests('waiting')]).toEqual([['Fresh'], []]);
    await publish(ada, fresh.id);
    expect(await namesOnHub(bob)).toContain('Fresh');
    const { id } = await putOnHub(ada, 'Waiting');
    await setReview(false);
    expect(await namesOnHub(bob)).toContain('Waiting');
    await decide(id, { outcome: 'refuse', reason: 'Not here.' });
    expect(await namesOnHub(bob)).not.toContain('Waiting');
    const hidden = await createPublished(ada, { name: 'Members only', visibility: 'members' });
    expect((await decide(hidden.id, { outcome: 'approve' })).status).toBe(409);
  });
});

describe('featured agents', () => {
  it('stand in the order that was set', async () => {
    const ids = [];
    for (const name of ['A', 'B', 'C']) ids.push((await putOnHub(ada, name)).id);
    const feature = (agents: string[]) =>
      ask<z.infer<typeof HubAgentList>>(boss, { method: 'PUT', url: '/api/hub/featured', payload: { agents } });
    const [a = '', b = '', c = ''] = ids;
    expect((await feature([c, a, b])).body.items.map(({ name }) => name)).toEqual(['C', 'A', 'B']);
    await feature([b, c]);
    const seen = await ask<z.infer<typeof HubAgentList>>(bob, { url: '/api/hub/featured' });
    expect(seen.body.items.map(({ name }) => name)).toEqual(['B', 'C']);
    expect((await feature(['no-such-agent'])).status).toBe(404);
  });
});

describe('categories', () => {
  const list = async () => (await ask<{ items: HubCategory[] }>(bob, { url: '/api/hub/categories' })).body.items;
  const change = (method: 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
    ask<HubCategory & Problem>(boss, { method, url: `/api/hub/categories${path}`, ...(payload && { payload }) });

  it('are three at first; others are added, renamed and hidden', async () => {
    expect((await list()).map(({ slug, isBuiltIn }) => [slug, isBuiltIn])).toEqual([
      ['aigc', true],
      ['analysis', true],
      ['hub', true],
    ]);
    const music = { slug: 'music', name: { en: 'Music', zh: '音乐' } };
    expect((await change('POST', '', music)).status).toBe(201);
    expect((await change('POST', '', music)).status).toBe(409);
    expect((await change('POST', '', { ...music, slug: 'aigc' })).status).toBe(409);
    expect((await change('POST', '', { ...music, slug: 'No good' })).status).toBe(400);
    await change('PATCH', '/music', { name: { en: 'Sound', zh: '声音' } });
    await change('PATCH', '/aigc', { hidden: true });
    expect((await change('PATCH', '/none', { hidden: true })).status).toBe(404);
    const shown = await list();
    expect(shown.find(({ slug }) => slug === 'music')?.name).toEqual({ en: 'Sound', zh: '声音' });
    expect(shown.find(({ slug }) => slug === 'aigc')).toMatchObject({ hidden: true, isBuiltIn: true });
  });

  it('do not vanish while agents are in them, nor when they came with the hub', async () => {
    await change('POST', '', { slug: 'games', name: { en: 'Games', zh: '游戏' } });
    const { id } = await putOnHub(ada, 'Chess', { identity: { category: 'games' } });
    const refused = await change('DELETE', '/games');
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('(1)')]);
    expect((await change('DELETE', '/hub')).status).toBe(409);
    await ask(ada, { method: 'DELETE', url: `/api/agents/${id}` });
    expect((await change('DELETE', '/games')).status).toBe(204);
    expect((await list()).map(({ slug }) => slug)).not.toContain('games');
  });
});
