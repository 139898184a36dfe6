import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Agent } from '#server/contract/agent.ts';
import { ask, createAgent, createPublished, listAgents, patchDraft, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let boss: TestPerson;
let owner: TestPerson;
let member: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  boss = await hub.createPerson({ role: 'administrator' });
  owner = await hub.createPerson({ role: 'creator', name: 'Olive' });
  member = await hub.createPerson({ role: 'member' });
});
afterAll(() => hub.close());

describe('creating an agent', () => {
  it('needs a name only and begins as a private draft with its ETag', async () => {
    const { status, headers, body } = await ask(owner, {
      method: 'POST',
      url: '/api/agents',
      payload: { name: 'Café Desk' },
    });
    expect(status).toBe(201);
    expect(headers['etag']).toBe('"1"');
    expect(Agent.parse(body)).toMatchObject({
      handle: 'cafe-desk',
      visibility: 'private',
      publishedVersion: null,
      draftRevision: 1,
      owner: { name: 'Olive' },
      can: { run: true, edit: true, publish: true, delete: true, duplicate: true, export: true, useOwnModels: true },
    });
  });

  it('gives a Chinese name a handle of its own', async () => {
    expect((await createAgent(owner, { name: '代币分析师' })).handle).toMatch(/^agent-[a-z0-9]{4}$/);
  });

  it('suggests the next handle for a name that is there already, but never changes a wished one', async () => {
    await createAgent(owner, { name: 'Twin' });
    expect((await createAgent(owner, { name: 'Twin' })).handle).toBe('twin-2');
    const { status, body } = await ask(owner, {
      method: 'POST',
      url: '/api/agents',
      payload: { name: 'Third', handle: 'twin' },
    });
    expect([status, body.code, body.errors]).toEqual([
      409,
      'conflict',
      [{ path: 'body.identity.handle', message: 'Taken; "twin-3" is free.' }],
    ]);
  });

  it('is for creators and administrators, signed in', async () => {
    expect((await ask(member, { method: 'POST', url: '/api/agents', payload: { name: 'Mine' } })).status).toBe(403);
    const nobody = await ask(hub.app, { method: 'POST', url: '/api/agents', payload: { name: 'Mine' } });
    expect(nobody.status).toBe(401);
  });

  it('names every thing that is wrong with its path', async () => {
    const payload = {
      name: '',
      handle: 'Not A Handle',
      colour: 'red',
      definition: { model: { wishes: ['gpt'] }, tools: [{ id: 'calculator', secret: 1 }] },
    };
    const { status, body } = await ask(owner, { method: 'POST', url: '/api/agents', payload });
    expect(status).toBe(400);
    expect(body.errors?.map((issue) => issue.path)).toEqual(
      expect.arrayContaining([
        'body.name',
        'body.handle',
        'body.colour',
        'body.definition.model.wishes.0',
        'body.definition.tools.0.secret',
      ]),
    );
  });

  it.each([
    [
      'a handle like an identifier',
      { name: 'A', handle: '0190f3a0-7c1e-7abc-8def-0123456789ab' },
      'body.identity.handle',
    ],
    ['a null character', { name: 'A', definition: { instructions: 'a\0b' } }, 'body.definition.instructions'],
    ['half a character pair', { name: 'A', identity: { tagline: '\ud83d' } }, 'body.identity.tagline'],
    ['a file of nobody', { name: 'A', identity: { avatar: { kind: 'file', file: 'x' } } }, 'body.identity.avatar.file'],
  ])('refuses %s', async (_what, payload, path) => {
    const { status, body } = await ask(owner, { method: 'POST', url: '/api/agents', payload });
    expect([status, body.errors?.map((issue) => issue.path)]).toEqual([400, [path]]);
  });
});

describe('seeing an agent', () => {
  it('a draft is seen by its owner and administrators; for others it does not exist', async () => {
    const { id, handle } = await createAgent(owner, { name: 'Hidden', definition: { access: { visibility: 'hub' } } });
    expect((await ask(owner, { url: `/api/agents/${handle}` })).status).toBe(200);
    expect((await ask(boss, { url: `/api/agents/${id}` })).body.can).toMatchObject({
      edit: false,
      run: false,
      delete: true,
    });
    for (const url of ['', '/versions', '/versions/1', '/diff?from=1&to=draft', '/export', '/avatar'].map(
      (end) => `/api/agents/${id}${end}`,
    )) {
      expect([url, (await ask(member, { url })).status]).toEqual([url, 404]);
      expect([url, (await ask(hub.app, { url })).status]).toEqual([url, 401]);
    }
    const changes: [method: 'PATCH' | 'POST' | 'DELETE', end: string, payload?: object][] = [
      ['PATCH', '/draft', { instructions: 'mine' }],
      ['POST', '/publish', {}],
      ['POST', '/restore', { version: 1 }],
      ['POST', '/duplicate', {}],
      ['DELETE', ''],
    ];
    for (const [method, end, payload] of changes) {
      const request = {
        method,
        url: `/api/agents/${id}${end}`,
        headers: { 'if-match': '"1"' },
        ...(payload && { payload }),
      };
      expect([end, (await ask(member, request)).status]).toEqual([end, 404]);
    }
  });

  it('others see the published version, and never the draft', async () => {
    const agent = await createPublished(owner, { name: 'Shown' });
    await patchDraft(owner, agent.id, {
      revision: 1,
      changes: { instructions: 'secret plan', identity: { ...agent.definition.identity, name: 'Next' } },
    });
    const seen = await ask(member, { url: `/api/agents/${agent.handle}` });
    expect(seen.body).toMatchObject({
      name: 'Shown',
      draftRevision: null,
      hasUnpublishedChanges: false,
      can: { edit: false, run: true },
    });
    expect(seen.body.definition.instructions).toBe('');
    expect(seen.headers['etag']).not.toBe('"2"');
    expect((await ask(member, { url: `/api/agents/${agent.id}/diff?from=1&to=draft` })).status).toBe(403);
    expect((await patchDraft(member, agent.id, { revision: 2, changes: {} })).status).toBe(403);
    expect((await patchDraft(boss, agent.id, { revision: 2, changes: {} })).status).toBe(403);
    expect((await publish(member, agent.id)).status).toBe(403);
    expect((await ask(member, { method: 'DELETE', url: `/api/agents/${agent.id}` })).status).toBe(403);
    expect((await ask(owner, { url: `/api/agents/${agent.id}` })).body).toMatchObject({
      name: 'Next',
      hasUnpublishedChanges: true,
    });
  });

  it('one shared by link is found by its address and not in lists', async () => {
    const { id } = await createPublished(owner, { name: 'Linked', visibility: 'link' });
    expect((await ask(member, { url: `/api/agents/${id}` })).status).toBe(200);
    expect((await listAgents(member, '?search=linked')).body.items).toEqual([]);
    expect((await listAgents(owner, '?search=linked')).body.items).toHaveLength(1);
  });

  it.each(['no-such-agent', 'UPPER', 'a%00b', '..%2f..', "x'%20OR%201=1"])('%s is not found', async (reference) => {
    expect((await ask(owner, { url: `/api/agents/${reference}` })).status).toBe(404);
  });
});

describe('deleting an agent', () => {
  it('is for its owner, and for administrators', async () => {
    const own = await createAgent(owner, { name: 'Short-lived' });
    expect((await ask(owner, { method: 'DELETE', url: `/api/agents/${own.id}` })).status).toBe(204);
    expect((await ask(owner, { url: `/api/agents/${own.id}` })).status).toBe(404);
    const judged = await createPublished(owner, { name: 'Judged', visibility: 'private' });
    expect((await ask(boss, { method: 'DELETE', url: `/api/agents/${judged.id}` })).status).toBe(204);
  });
});

describe('with an API key', () => {
  it('reading and changing want their scopes', async () => {
    const agent = await createPublished(owner, { name: 'Keyed' });
    const { key } = await owner.createKey(['agents:read']);
    const byKey = { inject: (options: Parameters<typeof owner.inject>[0]) => hub.injectWithKey(key, options) };
    expect((await ask(byKey, { url: `/api/agents/${agent.id}` })).body.can).toMatchObject({ edit: false, run: false });
    const refused = await patchDraft(byKey, agent.id, { revision: 1, changes: {} });
    expect([refused.status, refused.body.code]).toEqual([403, 'insufficient_scope']);
  });

  it('bound to agents it sees and touches only these', async () => {
    const [one, other] = [
      await createAgent(owner, { name: 'Bound' }),
      await createPublished(owner, { name: 'Unbound' }),
    ];
    const { key } = await owner.createKey(['agents:read', 'agents:write'], [one.id]);
    const byKey = { inject: (options: Parameters<typeof owner.inject>[0]) => hub.injectWithKey(key, options) };
    expect((await listAgents(byKey)).body.items.map((item) => item.id)).toEqual([one.id]);
    expect((await ask(byKey, { url: `/api/agents/${other.id}` })).status).toBe(404);
    expect((await patchDraft(byKey, one.id, { revision: 1, changes: { instructions: 'by key' } })).status).toBe(200);
    expect((await ask(byKey, { method: 'POST', url: '/api/agents', payload: { name: 'New' } })).status).toBe(403);
    expect((await ask(byKey, { method: 'POST', url: `/api/agents/${one.id}/duplicate`, payload: {} })).status).toBe(
      403,
    );
  });
});
