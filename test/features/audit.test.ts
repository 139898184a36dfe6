import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#server/contract/audit.ts';
import type { Chain } from '#server/contract/chain.ts';
import type { Page } from '#server/contract/page.ts';
import { readDocumentedRoutes } from '#test/security/documented-routes.ts';
import { ask, createPublished } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { putOnHub, use } from '#test/support/hub-shelf.ts';

let hub: TestApp;
let rpc: ScriptedRpc;
let boss: TestPerson;
let ada: TestPerson;
let guest: TestPerson;
let agent: { id: string; handle: string };

type Deed = { url: string; payload?: object; kept: Partial<AuditEntry> };

const list = async (query = '') => (await ask<Page<AuditEntry>>(boss, { url: `/api/audit${query}` })).body;

/** A request to each route that only administrators may call and that changes something, and what is kept of it. */
async function listDeeds(): Promise<Record<string, () => Promise<Deed> | Deed>> {
  const onAda = { id: ada.actor.userId, name: 'Ada' };
  const onAgent = { id: agent.id, name: 'Shown' };
  const named = (name: string) => ({ id: null, name });
  const connection = {
    name: 'Box',
    provider: 'openai',
    baseUrl: 'https://box.example.org/v1/secret',
    apiKey: 'sk-box',
  };
  const idIn = async (url: string) => {
    const { items } = (await ask<{ items: { id: string }[] }>(boss, { url })).body;
    return items[0]?.id ?? '';
  };
  return {
    'POST /api/invitations': () => ({
      url: '/api/invitations',
      payload: { email: 'eve@example.org', role: 'creator' },
      kept: { kind: 'invitation-create', target: named('eve@example.org'), detail: { role: 'creator' } },
    }),
    'DELETE /api/invitations/{invitation}': async () => ({
      url: `/api/invitations/${await idIn('/api/invitations')}`,
      kept: { kind: 'invitation-delete', target: named('eve@example.org') },
    }),
    'PATCH /api/people/{person}': () => ({
      url: `/api/people/${ada.actor.userId}`,
      payload: { role: 'creator' },
      kept: { kind: 'person-role', target: onAda, detail: { role: 'creator' } },
    }),
    'POST /api/people/{person}/password-reset': () => ({
      url: `/api/people/${ada.actor.userId}/password-reset`,
      kept: { kind: 'password-link', target: onAda, detail: {} },
    }),
    'POST /api/people/{person}/removal': () => ({
      url: `/api/people/${guest.actor.userId}/removal`,
      payload: { sharedAgents: { outcome: 'hand-over', to: boss.actor.userId } },
      kept: {
        kind: 'person-remove',
        target: { id: guest.actor.userId, name: 'Guest' },
        detail: { sharedAgents: 'hand-over', to: 'Boss' },
      },
    }),
    'PUT /api/budgets/everybody': () => ({
      url: '/api/budgets/everybody',
      payload: { maximumUsd: 5 },
      kept: { kind: 'everybody-budget', target: null, detail: { maximumUsd: 5, maximumTokens: null } },
    }),
    'PUT /api/budgets/people/{person}': () => ({
      url: `/api/budgets/people/${ada.actor.userId}`,
      payload: { budget: { maximumTokens: 900 } },
      kept: { kind: 'person-budget', target: onAda, detail: { maximumUsd: null, maximumTokens: 900 } },
    }),
    'PUT /api/models/default': () => ({
      url: '/api/models/default',
      payload: { reference: null },
      kept: { kind: 'default-model', detail: { model: null } },
    }),
    'PUT /api/models/prices': () => ({
      url: '/api/models/prices',
      payload: { model: 'box-*', inputUsd: 1, outputUsd: 2, cachedInputUsd: null },
      kept: { kind: 'price-set', target: named('box-*') },
    }),
    'DELETE /api/models/prices/{model}': () => ({
      url: `/api/models/prices/${encodeURIComponent('box-*')}`,
      kept: { kind: 'price-remove', target: named('box-*') },
    }),
    'POST /api/connections': () => ({
      url: '/api/connections',
      payload: connection,
      kept: {
        kind: 'connection-create',
        target: named('Box'),
        detail: { provider: 'openai', host: 'box.example.org' },
      },
    }),
    'PATCH /api/connections/{connection}': () => ({
      url: '/api/connections/box',
      payload: { apiKey: 'sk-other' },
      kept: {
        kind: 'connection-update',
        target: named('Box'),
        detail: { provider: 'openai', host: 'box.example.org', newKey: true },
      },
    }),
    'DELETE /api/connections/{connection}': () => ({
      url: '/api/connections/box',
      kept: { kind: 'connection-delete', target: named('Box') },
    }),
    'POST /api/chains': () => ({
      url: '/api/chains',
      payload: {
        id: 31_337,
        slug: 'playnet',
        name: 'Playnet',
        explorerUrl: 'https://explorer.example.org',
        nativeCurrency: { name: 'Play', symbol: 'PLAY' },
        url: `${rpc.url}/v1/secret`,
      },
      kept: {
        kind: 'chain-create',
        target: named('Playnet'),
        detail: { chainId: 31_337, host: new URL(rpc.url).host },
      },
    }),
    'PATCH /api/chains/{chain}': () => ({
      url: '/api/chains/31337',
      payload: { name: 'Play money' },
      kept: { kind: 'chain-update', target: named('Play money'), detail: { chainId: 31_337 } },
    }),
    'POST /api/chains/{chain}/endpoints': () => ({
      url: '/api/chains/31337/endpoints',
      payload: { url: `${rpc.url}/v1/secret` },
      kept: { kind: 'chain-endpoint-create', target: named('Play money') },
    }),
    'POST /api/indexes': () => ({
      url: '/api/indexes',
      payload: { chain: 'playnet', toBlock: 0 },
      kept: { kind: 'index-create', target: named('Play money'), detail: { fromBlock: 0, toBlock: 0 } },
    }),
    'PATCH /api/indexes/{index}': async () => ({
      url: `/api/indexes/${await idIn('/api/indexes')}`,
      payload: { state: 'paused' },
      kept: { kind: 'index-update', target: named('Play money'), detail: { state: 'paused' } },
    }),
    'DELETE /api/indexes/{index}': async () => ({
      url: `/api/indexes/${await idIn('/api/indexes')}`,
      kept: { kind: 'index-delete', target: named('Play money') },
    }),
    'DELETE /api/chains/{chain}/endpoints/{endpoint}': async () => {
      const { items } = (await ask<{ items: Chain[] }>(boss, { url: '/api/chains' })).body;
      const endpoint = items.find(({ slug }) => slug === 'playnet')?.endpoints[0]?.id;
      return {
        url: `/api/chains/31337/endpoints/${endpoint}`,
        kept: { kind: 'chain-endpoint-delete', target: named('Play money') },
      };
    },
    'DELETE /api/chains/{chain}': () => ({
      url: '/api/chains/31337',
      kept: { kind: 'chain-delete', target: named('Play money'), detail: { chainId: 31_337 } },
    }),
    'POST /api/chains/devnet/start': () => ({
      url: '/api/chains/devnet/start',
      kept: { kind: 'devnet-start', target: named('Devnet'), detail: { chainId: 20_260_101 } },
    }),
    'POST /api/chains/devnet/stop': () => ({
      url: '/api/chains/devnet/stop',
      kept: { kind: 'devnet-stop', target: named('Devnet'), detail: { chainId: 20_260_101 } },
    }),
    'POST /api/chains/devnet/reset': () => ({
      url: '/api/chains/devnet/reset',
      kept: { kind: 'devnet-reset', target: named('Devnet'), detail: { chainId: 20_260_101 } },
    }),
    'POST /api/hub/agents/{agent}/listing': () => ({
      url: `/api/hub/agents/${agent.handle}/listing`,
      payload: { outcome: 'approve', reason: 'Private words' },
      kept: { kind: 'listing-decision', target: onAgent, detail: { outcome: 'approve' } },
    }),
    'PUT /api/hub/featured': () => ({
      url: '/api/hub/featured',
      payload: { agents: [agent.id] },
      kept: { kind: 'featured', target: null, detail: { agents: agent.handle } },
    }),
    'PUT /api/hub/settings': () => ({
      url: '/api/hub/settings',
      payload: { reviewNewAgents: true },
      kept: { kind: 'hub-settings', detail: { reviewNewAgents: true } },
    }),
    'PUT /api/speech/models': () => ({
      url: '/api/speech/models',
      payload: { speech: null, transcription: null, voice: 'alloy' },
      kept: { kind: 'speech-models', detail: { speech: null, transcription: null, voice: 'alloy' } },
    }),
    'PUT /api/sharing-settings': () => ({
      url: '/api/sharing-settings',
      payload: { isAllowed: true },
      kept: { kind: 'sharing-settings', detail: { isAllowed: true } },
    }),
    'POST /api/hub/categories': () => ({
      url: '/api/hub/categories',
      payload: { slug: 'music', name: { en: 'Music', zh: '音乐' } },
      kept: { kind: 'category-create', target: named('music') },
    }),
    'PATCH /api/hub/categories/{category}': () => ({
      url: '/api/hub/categories/music',
      payload: { hidden: true },
      kept: { kind: 'category-update', target: named('music'), detail: { hidden: true } },
    }),
    'DELETE /api/hub/categories/{category}': () => ({
      url: '/api/hub/categories/music',
      kept: { kind: 'category-delete', target: named('music') },
    }),
    'DELETE /api/hub/reviews/{review}': async () => {
      await use(boss, agent.id);
      await ask(boss, {
        method: 'PUT',
        url: `/api/hub/agents/${agent.id}/review`,
        payload: { stars: 1, text: 'Words' },
      });
      const review = await idIn(`/api/hub/agents/${agent.id}/reviews`);
      return { url: `/api/hub/reviews/${review}`, kept: { kind: 'review-delete', target: onAgent } };
    },
    'POST /api/hub/reports/{report}/outcome': async () => {
      await ask(boss, { method: 'POST', url: `/api/hub/agents/${agent.id}/reports`, payload: { reason: 'spam' } });
      return {
        url: `/api/hub/reports/${await idIn('/api/hub/reports')}/outcome`,
        payload: { outcome: 'dismiss', reason: 'Private words' },
        kept: { kind: 'report-outcome', target: onAgent, detail: { outcome: 'dismiss' } },
      };
    },
  };
}

beforeAll(async () => {
  rpc = await startScriptedRpc({ chainId: 31_337 });
  hub = await buildTestApp({ variables: { HUB_EGRESS_ALLOW: new URL(rpc.url).host, HUB_ANVIL: '/nowhere' } });
  boss = await hub.createPerson({ name: 'Boss' });
  ada = await hub.createPerson({ name: 'Ada' });
  guest = await hub.createPerson({ name: 'Guest' });
  agent = await putOnHub(ada, 'Shown');
});
afterAll(async () => {
  await hub.close();
  await rpc.close();
});

describe('the audit', () => {
  it('keeps what every route does that only administrators may call', async () => {
    const deeds = await listDeeds();
    const changing = readDocumentedRoutes((await hub.app.inject('/api/openapi.json')).json())
      .filter(({ scope, method }) => scope === 'admin' && method !== 'GET')
      .map(({ name }) => name)
      // It needs a chain that runs; the devnet's own test has it.
      .filter((name) => name !== 'POST /api/chains/devnet/payments');
    // What people do with connections of their own is theirs; with the hub's, it is kept.
    const ofBoth = Object.keys(deeds).filter((name) => name.includes('/api/connections'));
    expect([...changing, ...ofBoth].sort()).toEqual(Object.keys(deeds).sort());

    for (const [name, prepare] of Object.entries(deeds)) {
      const { url, payload, kept } = await prepare();
      const before = (await list('?limit=1')).items[0]?.id;
      const method = name.split(' ', 1)[0] as 'POST';
      const { status } = await ask(boss, { method, url, ...(payload !== undefined && { payload }) });
      const [entry] = (await list('?limit=1')).items;
      expect([name, status < 300, entry?.id !== before]).toEqual([name, true, true]);
      expect([name, entry]).toMatchObject([
        name,
        { ...kept, actor: { id: boss.actor.userId, name: 'Boss' }, byKey: false, address: '127.0.0.1' },
      ]);
    }
    const { body } = await boss.inject({ url: '/api/audit?limit=100' });
    for (const secret of ['sk-', '/v1/secret', 'Private words', 'Words']) expect(body).not.toContain(secret);
  });

  it('keeps that an administrator deleted somebody’s agent, and not that its owner did', async () => {
    const [others, own] = [
      await createPublished(ada, { name: 'Of Ada' }),
      await createPublished(ada, { name: 'Her own' }),
    ];
    await ask(ada, { method: 'DELETE', url: `/api/agents/${own.id}` });
    await ask(boss, { method: 'DELETE', url: `/api/agents/${others.id}` });
    const { items } = await list('?kind=agent-delete');
    expect(items).toMatchObject([{ target: { name: 'Of Ada' }, actor: { name: 'Boss' } }]);
  });

  it('tells what stood there before, of the members that were changed alone', async () => {
    const { items } = (
      await ask<{ items: { slug: string; name: { en: string; zh: string }; hidden: boolean }[] }>(boss, {
        url: '/api/hub/categories',
      })
    ).body;
    const [category] = items;
    if (category === undefined) throw new Error('the hub has no category');
    const { slug, name, hidden } = category;
    const change = (payload: object) => ask(boss, { method: 'PATCH', url: `/api/hub/categories/${slug}`, payload });
    expect((await change({ name: { ...name, en: 'Renamed' } })).status).toBe(200);
    expect((await list('?kind=category-update&limit=1')).items).toMatchObject([
      { detail: { nameEn: 'Renamed', nameZh: name.zh, hidden }, before: { nameEn: name.en } },
    ]);
    const [entry] = (await list('?kind=category-update&limit=1')).items;
    expect(entry?.before).toEqual({ nameEn: name.en });
    await ask(boss, { method: 'PUT', url: '/api/budgets/everybody', payload: { maximumUsd: 5 } });
    await ask(boss, { method: 'PUT', url: '/api/budgets/everybody', payload: { maximumUsd: 7.5 } });
    expect((await list('?kind=everybody-budget&limit=1')).items[0]?.before).toEqual({ maximumUsd: 5 });
  });

  it('keeps nothing of what was refused', async () => {
    const before = (await list('?limit=1')).items;
    const refused = await ask(boss, { method: 'PATCH', url: '/api/people/nobody', payload: { role: 'member' } });
    expect([refused.status, (await list('?limit=1')).items]).toEqual([404, before]);
  });

  it('says when a key did it, and is read by person, kind, time and page', async () => {
    const key = (await boss.createKey(['admin'])).key;
    const payload = { reviewNewAgents: false };
    await hub.injectWithKey(key, { method: 'PUT', url: '/api/hub/settings', payload });
    const [entry] = (await list('?kind=hub-settings')).items;
    expect(entry).toMatchObject({ byKey: true, detail: payload });

    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.nextCursor ?? ''}`);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
    expect((await list(`?person=${ada.actor.userId}`)).items).toEqual([]);
    const at = entry?.at ?? '';
    expect((await list(`?to=${at}`)).items.every((item) => item.at < at)).toBe(true);
    expect((await list(`?from=${at}`)).items.every((item) => item.at >= at)).toBe(true);
  });

  it('is for administrators, and is only added to', async () => {
    expect((await ask(ada, { url: '/api/audit' })).status).toBe(403);
    const { pool } = hub.services.database;
    await expect(pool.query(`UPDATE audit SET actor_name = 'Eve'`)).rejects.toThrow('only added to');
    await expect(pool.query('DELETE FROM audit')).rejects.toThrow('only added to');
  });
});
