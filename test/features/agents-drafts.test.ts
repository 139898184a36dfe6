import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentTool } from '#server/contract/agent-definition.ts';
import type { Agent, AgentDiff, AgentVersion, AgentVersionSummary } from '#server/contract/agent.ts';
import type { Page } from '#server/contract/page.ts';
import { ask, createAgent, createPublished, patchDraft, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let owner: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  owner = await hub.createPerson({ role: 'creator', name: 'Olive' });
  other = await hub.createPerson({ role: 'creator' });
});
afterAll(() => hub.close());

describe('changing a draft', () => {
  it('replaces the keys that are sent and leaves the others as they are', async () => {
    const agent = await createAgent(owner, {
      name: 'Keeper',
      definition: {
        instructions: 'Be kind.',
        tools: [{ id: 'calculator' }],
        opening: { message: 'Hello', starters: ['One'] },
      },
    });
    const { status, headers, body } = await patchDraft(owner, agent.id, {
      revision: 1,
      changes: { instructions: 'Be brief.' },
    });
    expect([status, headers['etag'], body.draftRevision]).toEqual([200, '"2"', 2]);
    expect(body.definition).toEqual({ ...agent.definition, instructions: 'Be brief.' });
  });

  it('gives, where that is wished, a handle after the new name, unless it was chosen or published', async () => {
    const rename = async (agent: string, name: string) => {
      const { body: before } = await ask(owner, { url: `/api/agents/${agent}` });
      const changes = { identity: { ...before.definition.identity, name }, handleFollowsName: true };
      const { status, body } = await patchDraft(owner, agent, { revision: '*', changes });
      return [status, body.definition.identity.handle];
    };
    await createAgent(owner, { name: 'Returns table' });
    const { id, handle } = await createAgent(owner, { name: 'Answer my customers about returns' });
    expect(handle).toBe('answer-my-customers-about-returns');
    expect(await rename(id, 'Returns table')).toEqual([200, 'returns-table-2']);
    expect(await rename(id, '退货台')).toEqual([200, 'returns-table-2']);
    const chinese = await createAgent(owner, { name: '退货' });
    expect(await rename(chinese.id, 'Parcels')).toEqual([200, 'parcels']);
    await publish(owner, chinese.id);
    expect(await rename(chinese.id, 'Letters')).toEqual([200, 'parcels']);
    const chosen = await createAgent(owner, { name: 'Chosen', handle: 'my-own' });
    expect(await rename(chosen.id, 'Other')).toEqual([200, 'my-own']);
  });

  it('wants If-Match, and refuses a stale or foreign one', async () => {
    const { id } = await createAgent(owner);
    const without = await patchDraft(owner, id, { changes: { instructions: 'x' } });
    expect([without.status, without.body.code]).toEqual([428, 'precondition_required']);
    for (const revision of [2, '"someone-else"', 'W/"1"']) {
      const stale = await patchDraft(owner, id, { revision, changes: { instructions: 'x' } });
      expect([stale.status, stale.body.code]).toEqual([412, 'precondition_failed']);
    }
    expect((await ask(owner, { url: `/api/agents/${id}` })).body.draftRevision).toBe(1);
  });

  it('loses nothing when many write at once: one wins each round, the others are told', async () => {
    const { id } = await createAgent(owner, { name: 'Contended' });
    for (let round = 1; round <= 3; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          patchDraft(owner, id, { revision: round, changes: { instructions: `round ${round} writer ${writer}` } }),
        ),
      );
      const winners = answers.filter((answer) => answer.status === 200);
      expect(winners).toHaveLength(1);
      expect(answers.filter((answer) => answer.status === 412)).toHaveLength(7);
      const { body } = await ask(owner, { url: `/api/agents/${id}` });
      expect(body.definition.instructions).toBe(winners[0]?.body.definition.instructions);
    }
  });

  it('names every problem with its path and stores nothing', async () => {
    const { id } = await createAgent(owner);
    const changes = { model: { temperature: 9, wishes: ['x'] }, tools: [{ id: '!' }], schemaVersion: 2, whatever: 1 };
    const { status, body } = await patchDraft(owner, id, { revision: 1, changes });
    expect(status).toBe(400);
    expect(body.errors?.map((issue) => issue.path).sort()).toEqual([
      'body.model.temperature',
      'body.model.wishes.0',
      'body.schemaVersion',
      'body.tools.0.id',
      'body.whatever',
    ]);
    expect((await ask(owner, { url: `/api/agents/${id}` })).body.draftRevision).toBe(1);
  });

  it('takes another handle at once while nothing is published, and at publishing afterwards', async () => {
    const agent = await createAgent(owner, { name: 'Old Name' });
    const withHandle = (handle: string) => ({ identity: { ...agent.definition.identity, handle } });
    await patchDraft(owner, agent.id, { revision: 1, changes: withHandle('first-name') });
    expect((await ask(owner, { url: '/api/agents/first-name' })).body.id).toBe(agent.id);
    await publish(owner, agent.id);
    const changed = await patchDraft(owner, agent.id, { revision: 2, changes: withHandle('second-name') });
    expect(changed.body.handle).toBe('first-name');
    expect((await ask(owner, { url: '/api/agents/second-name' })).status).toBe(404);
    expect((await publish(owner, agent.id)).body.handle).toBe('second-name');
    expect((await ask(owner, { url: '/api/agents/first-name' })).status).toBe(404);
  });

  it('refuses a handle that is taken, with one that is free', async () => {
    await createPublished(other, { name: 'Taken Place' });
    const agent = await createAgent(owner, { name: 'Wants It' });
    const identity = { ...agent.definition.identity, handle: 'taken-place' };
    const { status, body } = await patchDraft(owner, agent.id, { revision: 1, changes: { identity } });
    expect([status, body.code, body.detail]).toEqual([
      409,
      'conflict',
      expect.stringContaining('"taken-place-2" is free'),
    ]);
  });
});

describe('versions', () => {
  it('are numbered, noted, signed, immutable and paged, newest first', async () => {
    const { id } = await createPublished(owner, { name: 'Versioned' });
    for (let revision = 1; revision <= 4; revision += 1) {
      await patchDraft(owner, id, { revision, changes: { instructions: `text ${revision}` } });
      const { body } = await publish(owner, id, `note ${revision}`);
      expect(body).toMatchObject({ publishedVersion: revision + 1, hasUnpublishedChanges: false });
    }
    const url = `/api/agents/${id}/versions`;
    const first = await ask<Page<AgentVersionSummary>>(owner, { url: `${url}?limit=3` });
    const second = await ask<Page<AgentVersionSummary>>(owner, {
      url: `${url}?limit=3&cursor=${first.body.nextCursor}`,
    });
    expect([...first.body.items, ...second.body.items].map((item) => item.version)).toEqual([5, 4, 3, 2, 1]);
    expect(second.body.nextCursor).toBeNull();
    expect(first.body.items[0]).toMatchObject({ note: 'note 4', publishedBy: { name: 'Olive' } });
    const { body } = await ask<AgentVersion>(other, { url: `${url}/2` });
    expect([body.version, body.definition.instructions]).toEqual([2, 'text 1']);
    for (const unknown of ['6', '99999999999'])
      expect((await ask(owner, { url: `${url}/${unknown}` })).status).toBe(404);
    for (const wrong of ['0', 'x', '1.5']) expect((await ask(owner, { url: `${url}/${wrong}` })).status).toBe(400);
  });

  it('are compared with each other and with the draft, and brought back', async () => {
    const agent = await createPublished(owner, { name: 'Restored' });
    const before = (await ask(owner, { url: `/api/agents/${agent.id}` })).body.definition;
    await patchDraft(owner, agent.id, { revision: 1, changes: { instructions: 'new', tools: [{ id: 'time' }] } });
    await publish(owner, agent.id);
    await patchDraft(owner, agent.id, { revision: 2, changes: { instructions: 'newer' } });
    const diff = (query: string) => ask<AgentDiff>(owner, { url: `/api/agents/${agent.id}/diff?${query}` });
    expect((await diff('from=1&to=2')).body).toEqual({
      from: 1,
      to: 2,
      changes: [
        { path: 'instructions', kind: 'changed', before: '', after: 'new' },
        { path: 'tools.time', kind: 'added', after: AgentTool.parse({ id: 'time' }) },
      ],
    });
    expect((await diff('from=2&to=draft')).body.changes).toMatchObject([{ path: 'instructions', after: 'newer' }]);
    expect((await diff('from=1&to=9')).status).toBe(404);
    expect((await diff('from=1')).status).toBe(400);
    const restore = { method: 'POST', url: `/api/agents/${agent.id}/restore` } as const;
    const stale = await ask(owner, { ...restore, payload: { version: 1 }, headers: { 'if-match': '"2"' } });
    expect(stale.status).toBe(412);
    const restored = await ask(owner, { ...restore, payload: { version: 1 } });
    expect([restored.status, restored.headers['etag'], restored.body.definition]).toEqual([200, '"4"', before]);
    expect((await diff('from=1&to=draft')).body.changes).toEqual([]);
    expect((await ask(owner, { ...restore, payload: { version: 7 } })).status).toBe(404);
    expect((await ask(other, { ...restore, payload: { version: 1 } })).status).toBe(403);
  });

  it('come one after the other when two publish at once', async () => {
    const { id } = await createAgent(owner, { name: 'Twice' });
    const answers = await Promise.all([publish(owner, id), publish(owner, id), publish(owner, id)]);
    const done = answers.filter((answer) => answer.status === 200).length;
    expect(
      answers
        .map((answer) => [answer.status, answer.body.detail])
        .filter(([status]) => status !== 200 && status !== 412),
    ).toEqual([]);
    const { body } = await ask<Page<AgentVersionSummary>>(owner, { url: `/api/agents/${id}/versions` });
    expect(body.items.map((item) => item.version)).toEqual(Array.from({ length: done }, (_, index) => done - index));
  });

  it('are not made of a draft that cannot run, which says why', async () => {
    const { id } = await createAgent(owner, {
      name: 'Broken',
      definition: {
        tools: [{ id: 'no-such-tool' }, { id: 'time' }, { id: 'time' }],
        variables: [
          { name: 'a', label: 'A', type: 'choice' },
          { name: 'a', label: 'B', type: 'text' },
        ],
        output: { kind: 'json', schema: { properties: { city: { $ref: '#/nowhere' } } } },
        guards: [{ kind: 'json-schema', schema: { type: 'text' } }],
      },
    });
    const paths = [
      'guards.0.schema.type',
      'output.schema.properties.city.$ref',
      'tools.0.id',
      'tools.2.id',
      'variables.0.options',
      'variables.1.name',
    ];
    const { status, body } = await publish(owner, id);
    expect([status, body.errors?.map((issue) => issue.path).sort()]).toEqual([
      400,
      paths.map((path) => `draft.${path}`),
    ]);

    const headers = { 'accept-language': 'zh-CN' };
    const told = await ask(owner, { method: 'POST', url: `/api/agents/${id}/publish`, headers, payload: {} });
    expect(told.body.detail).toMatch(/定义无效/);
    expect(told.body.errors?.filter(({ message }) => !/\p{Script=Han}/u.test(message))).toEqual([]);

    const tell = ({ body }: { body: Agent }) => body.draftProblems?.map((issue) => issue.path).sort();
    expect(tell(await ask<Agent>(owner, { url: `/api/agents/${id}` }))).toEqual(paths);
    const mended = await patchDraft(owner, id, { revision: 1, changes: { tools: [], variables: [], guards: [] } });
    expect([mended.status, tell(mended)]).toEqual([200, ['output.schema.properties.city.$ref']]);
  });
});

describe('copies', () => {
  it('hold what one sees, belong to the one who made them, and are private', async () => {
    const agent = await createPublished(owner, { name: 'Original', licence: 'remix-allowed' });
    await patchDraft(owner, agent.id, { revision: 1, changes: { instructions: 'unpublished' } });
    const { status, body } = await ask(other, { method: 'POST', url: '/api/agents/original/duplicate', payload: {} });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Original copy',
      handle: 'original-2',
      visibility: 'private',
      publishedVersion: null,
      origin: { handle: 'original', version: 1 },
      can: { edit: true },
    });
    expect(body.definition.instructions).toBe('');
    const own = await ask(owner, {
      method: 'POST',
      url: '/api/agents/original/duplicate',
      payload: { name: 'Mine', handle: 'mine' },
    });
    expect([own.body.handle, own.body.definition.instructions]).toEqual(['mine', 'unpublished']);
  });

  it('are begun in the reader’s language, one’s own in all of them', async () => {
    const translations = { 'zh-CN': { name: '底稿', opening: { starters: ['开始'] } }, fr: { tagline: 'Bonjour' } };
    const { id } = await createPublished(owner, { name: 'Master', licence: 'remix-allowed' });
    await patchDraft(owner, id, { revision: 1, changes: { translations } });
    await publish(owner, id);
    const copy = async (person: TestPerson, language: string) => {
      const headers = { 'accept-language': language };
      const url = `/api/agents/${id}/duplicate`;
      return (await ask(person, { method: 'POST', url, headers, payload: {} })).body;
    };
    const chinese = await copy(other, 'fr, zh-CN;q=0.8, en;q=0.5');
    expect([chinese.name, chinese.definition.opening.starters]).toEqual(['底稿 副本', ['开始']]);
    expect(chinese.definition.translations).toEqual({});
    expect((await copy(other, 'en')).name).toBe('Master copy');
    const own = (await copy(owner, 'zh-CN')).definition;
    expect([own.identity.name, own.translations['zh-CN']?.name]).toEqual(['Master copy', '底稿 副本']);
    expect(own.translations['fr']).toMatchObject({ name: '', tagline: 'Bonjour' });
  });
});
