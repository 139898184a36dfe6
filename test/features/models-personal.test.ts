import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '#server/contract/agent.ts';
import type { AuditEntry } from '#server/contract/audit.ts';
import type { Connection, ConnectionTest, ModelList } from '#server/contract/model.ts';
import type { EvalRun } from '#server/contract/eval.ts';
import type { Page } from '#server/contract/page.ts';
import { createModelRepository } from '#server/features/models/model-repository.ts';
import { ask, createAgent, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { startRun, until, untilEnded } from '#test/support/run-engine.ts';
import { decide } from '#test/support/run-waits.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

const key = 'sk-of-one-person-123456';
const folder = mkdtempSync(join(tmpdir(), 'atrium-agents-'));
let provider: ScriptedModel;
let hub: TestApp;
let admin: TestPerson;
let ada: TestPerson;
let bob: TestPerson;
let own: Connection;

const connect = (person: TestPerson, more: object = {}) =>
  ask<Connection>(person, {
    method: 'POST',
    url: '/api/connections',
    payload: {
      name: 'My models',
      provider: 'openai',
      baseUrl: `${provider.url}/v1`,
      apiKey: key,
      personal: true,
      ...more,
    },
  });
const listConnections = async (person: TestPerson) =>
  (await ask<{ items: Connection[] }>(person, { url: '/api/connections' })).body.items;
const listModels = async (person: TestPerson) => (await ask<ModelList>(person, { url: '/api/models' })).body;
const createAnswering = async (person: TestPerson, wishes: string[], access: object = {}) => {
  const { id } = await createAgent(person, { name: 'Helper', definition: { model: { wishes }, access } });
  return id;
};
/** The key that the last question to a model came with. */
const keyOfLast = () => provider.requests.at(-1)?.headers['authorization'];

beforeAll(async () => {
  mkdirSync(join(folder, 'desk/evals'), { recursive: true });
  writeFileSync(
    join(folder, 'desk/agent.yaml'),
    'schemaVersion: 1\nname: Desk\nhandle: desk\navatar: avatar.svg\ncategory: hub\naccess: {visibility: hub, licence: MIT}\n',
  );
  writeFileSync(join(folder, 'desk/prompt.md'), 'Be kind.');
  writeFileSync(join(folder, 'desk/avatar.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  provider = await createScriptedModel({ models: ['gpt-5-mini'] });
  hub = await buildTestApp({
    agentsFolder: folder,
    variables: { HUB_EGRESS_ALLOW: new URL(provider.url).host },
  });
  await hub.services.agents.installShippedAgents();
  admin = await hub.createPerson();
  ada = await hub.createPerson({ name: 'Ada' });
  bob = await hub.createPerson({ role: 'member' });
  own = (await connect(ada)).body;
});
afterEach(() => provider.assertUsedUp());
afterAll(async () => {
  await hub.close();
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a connection of one’s own', () => {
  test('is made, tested, changed and listed by its person alone, and its key is never shown', async () => {
    expect(own).toMatchObject({ name: 'My models', personal: true, hasKey: true, origin: 'stored' });
    const url = `/api/connections/${own.id}`;
    const tested = await ask<ConnectionTest>(ada, { method: 'POST', url: `${url}/test` });
    expect(tested.body).toMatchObject({ works: true, models: ['gpt-5-mini'] });
    const renamed = await ask<Connection>(ada, { method: 'PATCH', url, payload: { name: 'Mine' } });
    expect(renamed.body).toMatchObject({ id: own.id, name: 'Mine', personal: true });
    expect(await listConnections(ada)).toEqual([renamed.body]);
    for (const other of [admin, bob]) {
      expect(await listConnections(other)).toEqual([]);
      for (const [method, payload] of [
        ['PATCH', { name: 'Taken' }],
        ['DELETE', {}],
      ] as const) {
        expect((await ask(other, { method, url, payload })).status).toBe(404);
      }
      expect((await ask(other, { method: 'POST', url: `${url}/test` })).status).toBe(404);
    }
    expect(JSON.stringify([own, tested.body, await listConnections(ada), await listModels(ada)])).not.toContain(key);
    expect((await ask<Page<AuditEntry>>(admin, { url: '/api/audit' })).body.items).toEqual([]);
  });

  test('offers its models to its person, marked as theirs, and to nobody else', async () => {
    const { items, defaultModel } = await listModels(ada);
    const reference = `${own.id}/gpt-5-mini`;
    expect(items.map((model) => [model.reference, model.personal])).toEqual([
      [reference, true],
      ['offline/planner', false],
    ]);
    expect(defaultModel).toBe(reference);
    expect((await listModels(bob)).items.map((model) => model.reference)).toEqual(['offline/planner']);
    expect((await listModels(admin)).defaultModel).toBe('offline/planner');
    const chosen = await ask(admin, { method: 'PUT', url: '/api/models/default', payload: { reference } });
    expect(chosen.status).toBe(400);
  });

  test('is not for keys that are bound to agents, and there are at most twenty', async () => {
    const agent = await createAnswering(ada, []);
    const { key: bound } = await ada.createKey(['agents:read', 'agents:write', 'runs:write'], [agent]);
    const asBound = { inject: (options: object) => hub.injectWithKey(bound, options) };
    const payload = { name: 'More', provider: 'openai', personal: true };
    expect((await ask(asBound, { method: 'POST', url: '/api/connections', payload })).status).toBe(403);
    expect((await ask<{ items: [] }>(asBound, { url: '/api/connections' })).body.items).toEqual([]);
    expect((await ask(asBound, { method: 'DELETE', url: `/api/connections/${own.id}` })).status).toBe(404);
    expect((await ask<ModelList>(asBound, { url: '/api/models' })).body.defaultModel).toBe('offline/planner');
    expect((await startRun(asBound, agent, { input: 'Go', model: `${own.id}/gpt-5-mini` })).status).toBe(400);
    const sent = provider.requests.length;
    const drawing = { tool: 'generate-image', input: { prompt: 'A cat' } };
    const drawn = await ask(asBound, { method: 'POST', url: '/api/tools/call', payload: drawing });
    expect([drawn.status, provider.requests.length]).toEqual([403, sent]);
    const cleo = await hub.createPerson();
    for (let count = 0; count < 20; count += 1) expect((await connect(cleo)).status).toBe(201);
    expect(await connect(cleo)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('20') } });
  });
});

describe('runs', () => {
  test('of an agent use its owner’s connection, whoever runs it', async () => {
    const agent = await createAnswering(ada, [`${own.id}/gpt-5-mini`], { visibility: 'hub' });
    await publish(ada, agent);
    for (const person of [ada, bob]) {
      provider.script({ text: 'Here.' });
      const { run } = await startRun(person, agent, { input: 'Go' });
      expect([run.output, run.model, keyOfLast()]).toEqual(['Here.', `${own.id}/gpt-5-mini`, `Bearer ${key}`]);
    }
  });

  test('without a wish use the owner’s first, where the hub has connected nothing', async () => {
    provider.script({ text: 'Here.' });
    const { run } = await startRun(ada, await createAnswering(ada, []), { input: 'Go' });
    expect([run.model, keyOfLast()]).toEqual([`${own.id}/gpt-5-mini`, `Bearer ${key}`]);
  });

  test('of another person’s agent cannot name it: its identifier opens nothing', async () => {
    const eve = await hub.createPerson();
    const agent = await createAnswering(eve, [`${own.id}/gpt-5-mini`], { visibility: 'hub' });
    await publish(eve, agent);
    for (const person of [eve, ada]) {
      const { status, run } = await startRun(person, agent, { input: 'Go' });
      expect([status, run.code]).toEqual([502, 'model_unavailable']);
      expect(run.detail).toContain('Its owner or an administrator connects one');
    }
  });

  test('take a model that the actor chose from the hub’s and their own, which another’s agent does not', async () => {
    const agent = await createAnswering(ada, ['offline/planner'], { visibility: 'hub' });
    await publish(ada, agent);
    const refused = await startRun(bob, agent, { input: 'Go', model: `${own.id}/gpt-5-mini` });
    expect([refused.status, refused.run.code]).toEqual([400, 'validation_failed']);
    const bobs = (await connect(bob, { name: 'Bob’s', apiKey: 'sk-bob' })).body;
    const model = `${bobs.id}/gpt-5-mini`;
    // It could call what is the owner's, and claim what it likes of the agent's budget.
    const ofAnother = await startRun(bob, agent, { input: 'Go', model });
    expect([ofAnother.status, ofAnother.run.code]).toEqual([403, 'forbidden']);
    const mayUseOwn = async (person: TestPerson, reference: string) =>
      (await ask<Agent>(person, { url: `/api/agents/${reference}` })).body.can.useOwnModels;
    expect(await Promise.all([mayUseOwn(bob, agent), mayUseOwn(ada, agent), mayUseOwn(bob, 'desk')])).toEqual([
      false,
      true,
      true,
    ]);
    provider.script({ text: 'Here.' });
    const { run } = await startRun(ada, agent, { input: 'Go', model: `${own.id}/gpt-5-mini` });
    expect([run.output, keyOfLast()]).toEqual(['Here.', `Bearer ${key}`]);
    await ask(bob, { method: 'DELETE', url: `/api/connections/${bobs.id}` });
  });

  test('that wait for a person go on with the connection that they began with', async () => {
    const { id: agent } = await createAgent(ada, {
      name: 'Asker',
      definition: {
        model: { wishes: ['offline/planner'] },
        tools: [{ id: 'calculator', approval: 'always' }],
      },
    });
    await publish(ada, agent);
    provider.script({ toolCalls: [{ name: 'calculator', arguments: { expression: '20 + 22' } }] }, { text: '42' });
    const begun = await startRun(ada, agent, { input: 'Go', model: `${own.id}/gpt-5-mini` });
    expect(begun.run.status).toBe('waiting');
    const [wait] = begun.run.waitsFor;
    expect((await decide(ada, begun.run.id, wait?.id ?? '', { decision: 'approve' })).statusCode).toBe(204);
    const ended = await untilEnded(ada, begun.run.id);
    expect([ended.status, ended.output, keyOfLast()]).toEqual(['completed', '42', `Bearer ${key}`]);
  });

  test('cost what a call can take, whatever their server claims', async () => {
    const agent = await createAnswering(ada, [`${own.id}/gpt-4o`]);
    provider.script({ text: 'Here.', usage: { inputTokens: -3, cachedTokens: 2e9, outputTokens: 4.5e9 } });
    const { run } = await startRun(ada, agent, { input: 'Go', version: 'draft' });
    expect(run.status).toBe('completed');
    expect(run.usage).toMatchObject({ cachedInputTokens: 0, outputTokens: 10_000_000 });
    // Nobody is asked without a word, so the hub counts these itself.
    expect(run.usage.inputTokens).toBeGreaterThan(0);
    expect(run.costUsd).toBeGreaterThan(0);
  });

  test('of an agent that calls another one use each owner’s own', async () => {
    const eve = await hub.createPerson();
    const eves = (await connect(eve, { apiKey: 'sk-eve' })).body;
    const called = await createAnswering(ada, [`${own.id}/gpt-5-mini`], { visibility: 'hub' });
    const { body: published } = await publish(ada, called);
    const { id: caller } = await createAgent(eve, {
      name: 'Caller',
      definition: {
        model: { wishes: [`${eves.id}/gpt-5-mini`] },
        tools: [{ id: `agent/${published.handle}`, name: 'ask_it' }],
      },
    });
    const call = { toolCalls: [{ name: 'ask_it', arguments: { task: 'Say it' } }] };
    provider.script(call, { text: 'Said.' }, { text: 'Done.' });
    const from = provider.requests.length;
    const { run } = await startRun(eve, caller, { input: 'Go' });
    expect(run.output).toBe('Done.');
    const keys = provider.requests.slice(from).map(({ headers }) => headers['authorization']);
    expect(keys).toEqual(['Bearer sk-eve', `Bearer ${key}`, 'Bearer sk-eve']);
  });

  test('of tests compare models of the actor’s own, and nobody else’s', async () => {
    const eve = await hub.createPerson();
    const compare = async (person: TestPerson) => {
      const agent = await createAnswering(person, ['offline/planner']);
      const said = { name: 'Says it', input: 'Go', needs: [], expect: [{ kind: 'contains', anyOf: ['Here'] }] };
      await ask(person, { method: 'POST', url: `/api/agents/${agent}/tests`, payload: said });
      const columns = [{ kind: 'model', model: `${own.id}/gpt-5-mini` }];
      const url = `/api/agents/${agent}/test-runs`;
      const started = await ask(person, { method: 'POST', url, payload: { columns } });
      return { ...started, url };
    };
    expect(await compare(eve)).toMatchObject({ status: 400, body: { errors: [{ path: 'body.columns.0.model' }] } });
    provider.script({ text: 'Here.' });
    const { status, body, url } = await compare(ada);
    expect(status).toBeLessThan(300);
    const ended = await until(async () => {
      const { body: found } = await ask<EvalRun>(ada, { url: `${url}/${body.id}` });
      return found.status === 'running' ? null : found;
    });
    expect([ended.results.map((result) => result.status), keyOfLast()]).toEqual([['passed'], `Bearer ${key}`]);
  });

  test('of an agent that came with the hub use the actor’s, until the hub has one', async () => {
    expect((await startRun(bob, 'desk', { input: '2 + 2' })).run.model).toBe('offline/planner');
    provider.script({ text: 'Here.' });
    const { run } = await startRun(ada, 'desk', { input: 'Go' });
    expect([run.model, keyOfLast()]).toEqual([`${own.id}/gpt-5-mini`, `Bearer ${key}`]);
    const hubs = (await connect(admin, { name: 'Everybody', apiKey: 'sk-hub', personal: false })).body;
    expect(hubs).toMatchObject({ id: 'everybody', personal: false });
    provider.script({ text: 'Here.' });
    await startRun(ada, 'desk', { input: 'Go' });
    expect(keyOfLast()).toBe('Bearer sk-hub');
    await ask(admin, { method: 'DELETE', url: '/api/connections/everybody' });
  });

  test('draw with the owner’s connection, where the hub has none', async () => {
    const agent = await createAnswering(ada, [`${own.id}/gpt-5-mini`], {});
    await ask(ada, {
      method: 'PATCH',
      url: `/api/agents/${agent}/draft`,
      headers: { 'if-match': '"1"' },
      payload: { tools: [{ id: 'generate-image' }] },
    });
    provider.script({ toolCalls: [{ name: 'generate-image', arguments: { prompt: 'A cat' } }] }, { text: 'Look.' });
    const from = provider.requests.length;
    const { run } = await startRun(ada, agent, { input: 'Draw' });
    expect(run.output).toBe('Look.');
    const drawn = provider.requests.slice(from).find(({ path }) => path === '/v1/images/generations');
    expect(drawn?.headers['authorization']).toBe(`Bearer ${key}`);
  });
});

test('a name tells nobody what others have connected, and takes no name from the hub', async () => {
  const ids = [(await connect(bob)).body.id, (await connect(bob, { name: 'OpenAI' })).body.id];
  expect(ids).toEqual([
    expect.stringMatching(/^my-models-[0-9a-f]{8}$/),
    expect.stringMatching(/^openai-[0-9a-f]{8}$/),
  ]);
});

test('the rotation of secrets finds the keys of people, too', async () => {
  const { database, secrets } = hub.services;
  secrets.rotate();
  const { listSealed } = createModelRepository({ database });
  for (const { replace, envelope } of await listSealed()) expect(await replace(secrets.rewrap(envelope))).toBe(true);
  expect((await listSealed()).map(({ place }) => place)).toContain(own.id);
  const tested = await ask<ConnectionTest>(ada, { method: 'POST', url: `/api/connections/${own.id}/test` });
  expect(tested.body.works).toBe(true);
});

test('the connections of a person who is deleted go with them', async () => {
  expect((await connect(bob)).status).toBe(201);
  const { prisma } = hub.services.database;
  await prisma.user.delete({ where: { id: bob.actor.userId } });
  expect(await prisma.connection.count({ where: { ownerId: bob.actor.userId } })).toBe(0);
  expect(await prisma.connection.count({ where: { id: own.id } })).toBe(1);
});
