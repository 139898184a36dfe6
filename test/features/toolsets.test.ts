import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ToolSummary } from '#server/contract/tool.ts';
import type { Toolset } from '#server/contract/toolset.ts';
import { createInstallShippedAgents } from '#server/features/agents/install-shipped-agents.ts';
import { createShippedAgentRepository } from '#server/features/agents/shipped-agent-repository.ts';
import { createShippedPackages } from '#server/features/agents/shipped-packages.ts';
import { ask, createAgent, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { callTool, createToolset, getToolset, patchToolset, postToolset } from '#test/support/hub-toolsets.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  readEvents,
  send,
  startEngine,
  startRun,
  untilEnded,
} from '#test/support/run-engine.ts';
import { decide } from '#test/support/run-waits.ts';
import { type Received, sampleCredentials, type SampleApi, startSampleApi } from '#test/support/sample-api.ts';

let api: SampleApi;
let engine: Engine;
let ada: TestPerson;
let bob: TestPerson;

const keyHeader = { kind: 'api-key', in: 'header', name: 'x-sample-key', value: sampleCredentials.key };
const offered = () =>
  (engine.model.requests.at(-1)?.body['tools'] ?? []) as {
    function: { name: string; description: string; parameters: { properties: object } };
  }[];
const toldToModel = () =>
  (engine.model.requests.at(-1)?.body['messages'] as { role: string; content: string }[])
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => content);
const importApi = (more: object = {}, person = ada) =>
  createToolset(person, { kind: 'openapi', url: api.descriptionUrl, ...more });

beforeAll(async () => {
  api = await startSampleApi();
  engine = await startEngine({ variables: { HUB_EGRESS_ALLOW: new URL(api.url).host } });
  ada = engine.ada;
  bob = await engine.hub.createPerson();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(async () => {
  await engine.close();
  await api.close();
});

describe('an OpenAPI description', () => {
  test('becomes a toolset with a tool for every operation', async () => {
    const toolset = await importApi({ name: 'Sample desk' });
    expect(toolset).toMatchObject({ slug: 'sample-desk', kind: 'openapi', serverUrl: api.serverUrl, toolCount: 60 });
    const get = toolset.tools.find(({ name }) => name === 'get_item');
    expect(get).toMatchObject({ id: 'sample-desk/get_item', effect: 'read', operation: 'GET /items/{id}' });
    expect(toolset.tools.find(({ name }) => name === 'create_item')?.effect).toBe('write');
    // So many at once are chosen by a person.
    expect(toolset.enabledCount).toBe(0);
    const listed = await ask<{ items: Toolset[] }>(ada, { url: '/api/toolsets' });
    expect(listed.body.items[0]).toMatchObject({ id: toolset.id, toolCount: 60, enabledCount: 0 });
  });

  test('can be pasted as YAML, under another server and a second time', async () => {
    const text = await (await fetch(`${api.url}/openapi.yaml`)).text();
    const input = { kind: 'openapi', text, serverUrl: api.serverUrl, name: 'Twice' };
    const [first, second] = [await createToolset(ada, input), await createToolset(ada, input)];
    expect([first.slug, second.slug, first.toolCount]).toEqual(['twice', 'twice-2', 60]);
    const again = await ask<Toolset & { code: string }>(ada, {
      method: 'POST',
      url: `/api/toolsets/${first.id}/load`,
      payload: {},
    });
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
  });

  test.each([
    [{ kind: 'openapi' }, 'body.text'],
    [{ kind: 'openapi', text: '{"openapi": "3.1.0"' }, 'body.text'],
    [{ kind: 'openapi', url: 'http://169.254.169.254/openapi.json' }, 'body.url'],
    [{ kind: 'openapi', text: '{"openapi":"3.1.0","info":{"title":"x","version":"1"},"paths":{}}' }, 'body.serverUrl'],
    [
      {
        kind: 'openapi',
        text: '{"openapi":"3.1.0","info":{"title":"x","version":"1"},"servers":[{"url":"http://10.0.0.1"}],"paths":{}}',
      },
      'body.serverUrl',
    ],
  ])('that is not right is refused with where: %j', async (payload, path) => {
    const { status, body } = await postToolset(ada, payload);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body.errors?.map((issue) => issue.path).join() ?? body.detail).toContain(path);
  });
});

describe('a tool of a toolset', () => {
  test('is called in a run with its owner’s credential, and its answer is marked as data', async () => {
    const { slug } = await importApi({ name: 'Signed', credential: keyHeader });
    await enable(slug, ['sign-in-key-header', 'get_item']);
    const agent = await createRunAgent(ada, { tools: [{ id: `${slug}/sign-in-key-header` }] });
    engine.model.script({ toolCalls: [{ id: 'c1', name: 'sign-in-key-header', arguments: {} }] }, { text: 'Done.' });
    const { run } = await startRun(ada, agent, { input: 'Go' });
    expect(run).toMatchObject({ status: 'completed', output: 'Done.' });
    const step = run.steps.find(({ kind }) => kind === 'tool');
    expect(step).toMatchObject({ tool: `${slug}/sign-in-key-header`, isError: false });
    expect(toldToModel()[0]).toContain('untrusted data');
    // The service says back what it got; nobody learns the key from it.
    expect(JSON.stringify([run, toldToModel()])).not.toContain(sampleCredentials.key);
    expect(JSON.stringify(step)).toContain('••••••');
  });

  test('that writes waits for a person, unless its owner turned that off', async () => {
    const { slug } = await importApi({ name: 'Writing' });
    await enable(slug, ['remove_item']);
    const tools = (approval: string) => ({ tools: [{ id: `${slug}/remove_item`, approval }] });
    const call = { toolCalls: [{ id: 'c1', name: 'remove_item', arguments: { id: '7' } }] };
    engine.model.script(call, { text: 'Gone.' });
    const free = await startRun(ada, await createRunAgent(ada, tools('never')), { input: 'Go' });
    expect(free.run.steps).toContainEqual(expect.objectContaining({ tool: `${slug}/remove_item`, isError: false }));
    engine.model.script(call, { text: 'Not gone.' });
    const agent = await createRunAgent(ada, tools('on-write'));
    const response = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true } });
    const run = response.headers.get('x-run-id') ?? '';
    const seen = await readEvents(response, (far) => eventsOf(far, 'approval-request').length > 0);
    const [request] = eventsOf(seen, 'approval-request');
    expect(request?.input).toEqual({ id: '7' });
    const url = `/api/runs/${run}/approvals/${request?.approval}`;
    await ada.inject({ method: 'POST', url, payload: { decision: 'refuse' } });
    const refused = expect.objectContaining({ tool: `${slug}/remove_item`, isError: true }) as object;
    expect((await untilEnded(ada, run)).steps).toContainEqual(refused);
  });

  test('has another name, fixed and hidden parameters, where its creator wants that', async () => {
    const { slug } = await importApi({ name: 'Renamed' });
    await enable(slug, ['list_items']);
    const settings = {
      id: `${slug}/list_items`,
      name: 'browse_stock',
      description: 'Looks into the stock.',
      fixedParameters: { next: 'b' },
      hiddenParameters: ['where'],
    };
    const agent = await createRunAgent(ada, { tools: [settings] });
    engine.model.script({ toolCalls: [{ id: 'c1', name: 'browse_stock', arguments: {} }] }, { text: 'Page b.' });
    const { run } = await startRun(ada, agent, { input: 'Go' });
    expect(offered()).toMatchObject([{ function: { name: 'browse_stock', description: 'Looks into the stock.' } }]);
    expect(Object.keys(offered()[0]?.function.parameters.properties ?? {})).not.toContain('next');
    expect(Object.keys(offered()[0]?.function.parameters.properties ?? {})).not.toContain('where');
    expect(JSON.stringify(run.steps)).toContain('next=b');
  });

  test('that is gone stops the run with what to do, and keeps an agent from being published', async () => {
    const toolset = await importApi({ name: 'Passing' });
    await enable(toolset.slug, ['get_item']);
    const agent = await createAgent(ada, { name: 'Passing', definition: { tools: [{ id: 'passing/get_item' }] } });
    expect((await publish(ada, agent.id)).status).toBe(200);
    expect((await ask(ada, { method: 'DELETE', url: `/api/toolsets/${toolset.id}` })).status).toBe(204);
    const { status, run } = await startRun(ada, agent.id, { input: 'Go' });
    expect([status, run.code]).toEqual([409, 'tool_unavailable']);
    expect(run.detail).toContain('toolset');
    expect((await publish(ada, agent.id)).body.errors).toMatchObject([{ path: 'draft.tools.0.id' }]);
  });

  test('that a shipped agent names is that of whoever runs it, or they are told what to connect', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atrium-agents-'));
    mkdirSync(join(folder, 'desk-reader'));
    const manifest = 'schemaVersion: 1\nname: Desk reader\nhandle: desk-reader\navatar: {seed: a, color: "#000000"}\n';
    const access = 'category: hub\naccess: {visibility: hub, licence: MIT}\nmodel: {wishes: [openai/test-model]}\n';
    const named = 'tools: [{id: reader/sign-in-key-header, approval: always}]\n';
    writeFileSync(join(folder, 'desk-reader', 'agent.yaml'), `${manifest}${access}${named}`);
    writeFileSync(join(folder, 'desk-reader', 'prompt.md'), 'Read.');
    const { database } = engine.hub.services;
    await createInstallShippedAgents({
      repository: createShippedAgentRepository({ database }),
      packages: createShippedPackages({ folder }),
      onChange: () => undefined,
    })();
    rmSync(folder, { recursive: true });
    const creator = await engine.hub.createPerson({ role: 'creator' });
    const start = () => startRun(creator, 'desk-reader', { input: 'Go' });
    const without = await start();
    expect([without.status, without.run.code, without.run.detail]).toEqual([
      409,
      'tool_unavailable',
      expect.stringContaining('connect one as "reader"'),
    ]);
    const toolset = await importApi({ name: 'Reader', credential: keyHeader }, creator);
    await patchToolset(creator, toolset.id, { enabled: ['sign-in-key-header'] });
    engine.model.script({ toolCalls: [{ id: 'c1', name: 'sign-in-key-header', arguments: {} }] }, { text: 'Read.' });
    const { run } = await start();
    expect(run.status).toBe('waiting');
    await decide(creator, run.id, run.waitsFor[0]?.id ?? '', { decision: 'approve', input: {} });
    expect(await untilEnded(creator, run.id)).toMatchObject({ status: 'completed', output: 'Read.' });
    expect(toldToModel()[0]).toContain('sign-in');
    // Another's agent that calls it could read with what is the person's.
    const tools = [{ id: 'agent/desk-reader' }];
    const caller = await createRunAgent(ada, { tools, access: { visibility: 'hub' } }, 'Reads yours');
    await publish(ada, caller);
    engine.model.script(
      { toolCalls: [{ id: 'c2', name: 'desk-reader', arguments: { task: 'Read.' } }] },
      { text: 'Nothing.' },
    );
    const received = api.received.length;
    await startRun(creator, caller, { input: 'Go' });
    expect(toldToModel().at(-1)).toContain('only where you ask it yourself');
    expect(api.received).toHaveLength(received);
  });

  test('that another agent has and that is gone is told to whoever calls it or would hand over to it', async () => {
    const { slug } = await importApi({ name: 'Gone' });
    await enable(slug, ['get_item']);
    const helper = await createRunAgent(ada, { tools: [{ id: `${slug}/get_item` }] }, 'Gone helper');
    await enable(slug, []);
    for (const [use, name] of Object.entries({ call: helper, 'hand-over': `hand_over_to_${helper}` })) {
      const desk = await createRunAgent(ada, { tools: [{ id: `agent/${helper}`, use }] }, `Desk ${use}`);
      engine.model.script({ toolCalls: [{ id: use, name, arguments: { task: 'Get it.' } }] }, { text: 'It cannot.' });
      const { run } = await startRun(ada, desk, { input: 'Go' });
      expect(run).toMatchObject({ status: 'completed', output: 'It cannot.', answeredBy: { agent: desk } });
      expect(toldToModel().at(-1)).toContain(`no tool \\"${slug}/get_item\\". Its toolset is gone`);
    }
  });

  test('whose result is too big is read on part by part', async () => {
    const { slug } = await importApi({ name: 'Long' });
    await enable(slug, ['create_item']);
    const agent = await createRunAgent(ada, { tools: [{ id: `${slug}/create_item`, approval: 'never' }] });
    const name = `${'a'.repeat(40_000)}needle`;
    engine.model.script(
      { toolCalls: [{ id: 'c1', name: 'create_item', arguments: { name } }] },
      { toolCalls: [{ id: 'c2', name: 'read_result', arguments: { tool: 'create_item', offset: 39_000 } }] },
      { text: 'Found.' },
    );
    const { run } = await startRun(ada, agent, { input: 'Go' });
    expect((engine.model.requests.at(-3)?.body['tools'] as object[]).length).toBe(1);
    expect(offered().map((tool) => tool.function.name)).toEqual(['create_item', 'read_result']);
    expect(toldToModel()[0]).not.toContain('needle');
    expect(toldToModel()[1]).toContain('needle');
    const [, step] = run.steps.filter(({ kind }) => kind === 'tool');
    expect(step).toMatchObject({ tool: 'read-result', isError: false, output: { offset: 39_000 } });
  });

  test('is found by searching, when there are more than twenty', async () => {
    const toolset = await importApi({ name: 'Many' });
    const names = toolset.tools.map(({ name }) => name);
    await patchToolset(ada, toolset.id, { enabled: names });
    const agent = await createRunAgent(ada, { tools: names.map((name) => ({ id: `many/${name}` })) });
    engine.model.script(
      { toolCalls: [{ id: 'c1', name: 'search_tools', arguments: { query: 'create an item' } }] },
      { toolCalls: [{ id: 'c2', name: 'get_item', arguments: { id: '7' } }] },
      { text: 'Here.' },
    );
    const { run } = await startRun(ada, agent, { input: 'Go' });
    const toldAtFirst = (engine.model.requests.at(-3)?.body['tools'] as object[]).length;
    expect(toldAtFirst).toBe(9);
    expect(offered().map((tool) => tool.function.name)).toContain('create_item');
    expect(offered().length).toBeLessThanOrEqual(21);
    expect(run.steps).toContainEqual(expect.objectContaining({ tool: 'many/get_item', isError: false }));
  });
});

describe('a tool that was found by searching', () => {
  test('is offered again after the turn waited for a person', async () => {
    const toolset = await importApi({ name: 'Waiting' });
    const names = toolset.tools.map(({ name }) => name);
    await patchToolset(ada, toolset.id, { enabled: names });
    const tools = [{ id: 'calculator', approval: 'always' }, ...names.map((name) => ({ id: `waiting/${name}` }))];
    const agent = await createRunAgent(ada, { tools });
    engine.model.script(
      { toolCalls: [{ id: 'c1', name: 'search_tools', arguments: { query: 'create an item' } }] },
      { toolCalls: [{ id: 'c2', name: 'calculator', arguments: { expression: '1 + 1' } }] },
      { text: 'Here.' },
    );
    const { run } = await startRun(ada, agent, { input: 'Go' });
    expect(run.status).toBe('waiting');
    const before = offered();
    expect(before.map((tool) => tool.function.name)).toContain('create_item');
    await decide(ada, run.id, run.waitsFor[0]?.id ?? '', { decision: 'approve' });
    await untilEnded(ada, run.id);
    expect(offered()).toEqual(before);
  });
});

describe('a tool called by hand', () => {
  test('tells the request without its secret, the answer and the time', async () => {
    const { slug } = await importApi({
      name: 'Bench',
      credential: { kind: 'api-key', in: 'query', name: 'sample_key', value: sampleCredentials.key },
    });
    await enable(slug, ['sign-in-key-query', 'answer-status']);
    const { status, body } = await callTool(ada, `${slug}/sign-in-key-query`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ isError: false, request: { method: 'GET' } });
    expect(decodeURIComponent(body.request?.url ?? '')).toBe(`${api.serverUrl}/secure/key-query?sample_key=••••••`);
    expect(JSON.stringify(body)).not.toContain(sampleCredentials.key);
    const failed = await callTool(ada, `${slug}/answer-status`, { status: 500 });
    expect(failed.body).toMatchObject({ isError: true, output: { code: 'unavailable' } });
    const wrong = await callTool(ada, `${slug}/answer-status`, { status: 'many' });
    expect(wrong.body).toMatchObject({ isError: true, output: { code: 'validation_failed' } });
  });

  test('can be one of the hub, and is not found when it is nobody’s or somebody else’s', async () => {
    const sum = await callTool(ada, 'calculator', { expression: '21 * 2' });
    expect(sum.body).toMatchObject({ isError: false, output: { result: '42' }, request: null });
    const { slug } = await importApi({ name: 'Own' });
    await enable(slug, ['get_item']);
    expect((await callTool(ada, `${slug}/get_item`, { id: '7' })).status).toBe(200);
    expect((await callTool(bob, `${slug}/get_item`, { id: '7' })).status).toBe(404);
    expect((await callTool(ada, 'no-such-tool')).status).toBe(404);
    const agent = await callTool(ada, 'agent/translator', { task: 'Hi' });
    expect([agent.status, agent.body.detail]).toEqual([404, expect.stringContaining('/api/agents/translator/runs')]);
  });
});

describe('a credential', () => {
  test.each([
    ['bearer', { kind: 'bearer', token: sampleCredentials.token }],
    ['basic', { kind: 'basic', username: sampleCredentials.user, password: sampleCredentials.password }],
    ['key-cookie', { kind: 'api-key', in: 'cookie', name: 'sample_key', value: sampleCredentials.key }],
  ])('is used and never shown again: %s', async (scheme, credential) => {
    const toolset = await importApi({ name: `By ${scheme}`, credential });
    await enable(toolset.slug, [`sign-in-${scheme}`]);
    expect((await callTool(ada, `${toolset.slug}/sign-in-${scheme}`)).body.isError).toBe(false);
    const shown = JSON.stringify((await getToolset(ada, toolset.id)).body);
    for (const secret of Object.values(sampleCredentials).filter((text) => text !== sampleCredentials.user)) {
      expect(shown).not.toContain(secret);
    }
  });

  test('is nobody’s on another origin', async () => {
    const text = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Elsewhere', version: '1' },
      servers: [{ url: 'https://api.example.org' }],
      paths: { '/echo': { get: { operationId: 'echo', servers: [{ url: api.serverUrl }], responses: {} } } },
    });
    const { slug } = await createToolset(ada, { kind: 'openapi', text, name: 'Elsewhere', credential: keyHeader });
    const { body } = await callTool(ada, `${slug}/echo`);
    const received = (body.output as { body: Received }).body;
    expect(received.headers).not.toHaveProperty('x-sample-key');
  });
});

describe('a toolset', () => {
  test('is its owner’s alone', async () => {
    const { id } = await importApi({ name: 'Private' });
    expect((await getToolset(bob, id)).status).toBe(404);
    expect((await patchToolset(bob, id, { name: 'Taken' })).status).toBe(404);
    expect((await ask(bob, { method: 'DELETE', url: `/api/toolsets/${id}` })).status).toBe(404);
    expect((await ask(bob, { method: 'POST', url: `/api/toolsets/${id}/load`, payload: {} })).status).toBe(404);
    const { items } = (await ask<{ items: ToolSummary[] }>(bob, { url: '/api/tools' })).body;
    expect(items.filter(({ toolset }) => toolset !== null)).toEqual([]);
  });

  test('serves whoever may run its owner’s agent', async () => {
    const { slug } = await importApi({ name: 'Shared', credential: keyHeader });
    await enable(slug, ['sign-in-key-header']);
    const tools = [{ id: `${slug}/sign-in-key-header` }];
    const agent = await createRunAgent(ada, { tools, access: { visibility: 'hub' } }, 'Shared desk');
    await publish(ada, agent);
    engine.model.script({ toolCalls: [{ id: 'c1', name: 'sign-in-key-header', arguments: {} }] }, { text: 'Done.' });
    const { run } = await startRun(bob, agent, { input: 'Go' });
    expect(run.steps).toContainEqual(expect.objectContaining({ tool: tools[0]?.id, isError: false }));
  });

  test('is out of reach for a member, and for a key that is bound to an agent', async () => {
    const member = await engine.hub.createPerson({ role: 'member' });
    expect((await postToolset(member, { kind: 'openapi', url: api.descriptionUrl })).status).toBe(403);
    const { id } = await importApi({ name: 'Keyed' });
    const agent = await createAgent(ada, { name: 'Bound desk' });
    const bound = await ada.createKey(['agents:read', 'agents:write'], [agent.handle]);
    const found = await engine.hub.injectWithKey(bound.key, { url: `/api/toolsets/${id}` });
    expect(found.statusCode).toBe(404);
  });
});

async function enable(slug: string, enabled: string[]) {
  const { items } = (await ask<{ items: Toolset[] }>(ada, { url: '/api/toolsets?limit=100' })).body;
  const toolset = items.find((item) => item.slug === slug);
  const { status, body } = await patchToolset(ada, toolset?.id ?? '', { enabled });
  if (status !== 200) throw new Error(JSON.stringify(body));
}
