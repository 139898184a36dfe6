import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiKey } from '#server/contract/api-key.ts';
import type { PersonBudget } from '#server/contract/budget.ts';
import type { Connection } from '#server/contract/model.ts';
import type { Run } from '#server/contract/run.ts';
import type { UsageReport } from '#server/contract/usage-report.ts';
import { ask, createAgent, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { startRun } from '#test/support/run-engine.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

let provider: ScriptedModel;
let hub: TestApp;
let admin: TestPerson;
let now = new Date('2026-03-10T12:00:00Z');

const connect = (person: TestPerson, more: object = {}) =>
  ask<Connection>(person, {
    method: 'POST',
    url: '/api/connections',
    payload: { name: 'Mine', provider: 'openai', baseUrl: `${provider.url}/v1`, apiKey: 'sk', personal: true, ...more },
  });

beforeAll(async () => {
  provider = await createScriptedModel({ models: ['gpt-5-mini'] });
  hub = await buildTestApp({ now: () => now, variables: { HUB_EGRESS_ALLOW: new URL(provider.url).host } });
  admin = await hub.createPerson();
});
afterEach(() => provider.assertUsedUp());
afterAll(async () => {
  await hub.close();
  await provider.close();
});

describe('what goes over a connection of one’s own', () => {
  const spentBy = async (person: Pick<TestPerson, 'inject'>) =>
    (await ask<PersonBudget>(person, { url: '/api/budgets/mine' })).body.spent.tokens;
  const limit = ({ actor }: TestPerson, maximumTokens: number) =>
    ask(admin, { method: 'PUT', url: `/api/budgets/people/${actor.userId}`, payload: { budget: { maximumTokens } } });
  const reportOf = async (person: TestPerson, query: string) =>
    (await ask<UsageReport>(person, { url: `/api/usage?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z&${query}` }))
      .body;
  const usage = { inputTokens: 90, outputTokens: 10 };
  let owner: TestPerson;
  let runner: TestPerson;
  let theirs: string;
  const share = async (more: object) => {
    const { id } = await createAgent(owner, {
      name: 'Shared',
      definition: { model: { wishes: [theirs] }, access: { visibility: 'hub' }, ...more },
    });
    await publish(owner, id);
    return id;
  };

  beforeEach(async () => {
    owner = await hub.createPerson();
    runner = await hub.createPerson();
    theirs = `${(await connect(owner)).body.id}/gpt-5-mini`;
  });

  test('is its person’s to pay, whatever their server claims, and spends no runner’s budget', async () => {
    const agent = await share({});
    await limit(runner, 1000);
    const { key: secret, id } = await runner.createKey(['runs:write']);
    await ask(runner, { method: 'PATCH', url: `/api/keys/${id}`, payload: { budget: { maximumTokens: 1000 } } });
    const byKey = { inject: (options: object) => hub.injectWithKey(secret, options) };
    for (const person of [byKey, runner]) {
      provider.script({ text: 'Here.', usage: { inputTokens: 90, outputTokens: 4.5e9 } });
      expect((await startRun(person, agent, { input: 'Go' })).run).toMatchObject({ output: 'Here.' });
    }
    expect([await spentBy(runner), await spentBy(owner)]).toEqual([0, 20_000_180]);
    const [listed] = (await ask<{ items: ApiKey[] }>(runner, { url: '/api/keys' })).body.items;
    expect(listed).toMatchObject({ spentThisMonth: { tokens: 0 }, totalTokens: 0 });
    const none = { inputTokens: 0, outputTokens: 0 };
    const all = { inputTokens: 180, outputTokens: 20_000_000 };
    expect((await reportOf(runner, 'groupBy=key')).rows).toMatchObject([
      { group: id, runs: 1, usage: none },
      { group: 'page', runs: 1, usage: none },
    ]);
    expect((await reportOf(owner, 'groupBy=source')).rows).toMatchObject([{ group: 'others', runs: 2, usage: all }]);
    expect((await reportOf(owner, 'groupBy=model')).rows).toMatchObject([{ group: theirs, runs: 2, usage: all }]);
    expect((await reportOf(owner, 'person=my-agents')).total).toMatchObject({ runs: 2, usage: all });
    await limit(owner, 1000);
    const refused = await startRun(runner, agent, { input: 'Go' });
    expect([refused.status, refused.run.detail]).toEqual([402, expect.stringContaining('the person over whose')]);
    expect(refused.run.detail).not.toMatch(/\d/);
  });

  test('is told apart from what the same run took of the hub, also when its agent is gone', async () => {
    await connect(admin, { name: 'Everybody', personal: false });
    const wishes = [theirs, 'everybody/gpt-5-mini'];
    const agent = await share({ model: { wishes }, tools: [{ id: 'calculator' }] });
    const rateLimited = { status: 429, headers: { 'retry-after': '30' } };
    const sum = { toolCalls: [{ name: 'calculator', arguments: { expression: '1 + 2' } }], usage };
    provider.script(sum, rateLimited, { text: '3', usage: { inputTokens: 30, outputTokens: 3 } });
    const { run } = await startRun(runner, agent, { input: 'Go' });
    expect(run).toMatchObject({ output: '3', usage: { inputTokens: 120, outputTokens: 13 } });
    for (const url of [null, `/api/conversations/${run.conversationId}`, `/api/agents/${agent}`]) {
      const person = url?.includes('agents') === true ? owner : runner;
      if (url !== null) expect((await ask(person, { method: 'DELETE', url })).status).toBe(204);
      expect([await spentBy(runner), await spentBy(owner)]).toEqual([33, 100]);
      for (const groupBy of ['day', 'agent', 'model', 'source', 'key']) {
        const [ofRunner, ofOwner] = [
          await reportOf(runner, `groupBy=${groupBy}`),
          await reportOf(owner, `groupBy=${groupBy}`),
        ];
        expect([ofRunner.total.usage.inputTokens, ofOwner.total.usage.inputTokens]).toEqual([30, 90]);
        expect([ofRunner.total.runs, ofOwner.total.runs]).toEqual([1, 1]);
      }
    }
    const people = await reportOf(admin, 'person=all&groupBy=person');
    expect(people.rows).toContainEqual(expect.objectContaining({ group: owner.actor.userId, runs: 0 }));
    await ask(admin, { method: 'DELETE', url: '/api/connections/everybody' });
  });

  test('is held against its person’s month while it is under way, and the runner’s is left alone', async () => {
    const helper = await share({ tools: [{ id: 'calculator' }] });
    const { body } = await ask<{ handle: string }>(owner, { url: `/api/agents/${helper}` });
    const { id: desk } = await createAgent(runner, {
      name: 'Desk',
      definition: {
        model: { wishes: [`${(await connect(runner)).body.id}/gpt-5-mini`] },
        tools: [{ id: `agent/${body.handle}`, name: 'ask_it' }],
      },
    });
    await limit(owner, 150);
    const sum = { toolCalls: [{ name: 'calculator', arguments: { expression: '1 + 2' } }], usage };
    provider.script({ toolCalls: [{ name: 'ask_it', arguments: { task: 'Add' } }], usage }, sum, sum);
    const { run } = await startRun(runner, desk, { input: 'Go' });
    expect([run.status, run.error?.detail ?? '']).toEqual(['failed', expect.stringContaining('the person over whose')]);
    expect([await spentBy(runner), await spentBy(owner)]).toEqual([100, 200]);
  });

  test('is asked of its person before the first call, also where an agent of theirs is called', async () => {
    const helper = await share({});
    const { body } = await ask<{ handle: string }>(owner, { url: `/api/agents/${helper}` });
    const { id: desk } = await createAgent(runner, {
      name: 'Desk',
      definition: {
        model: { wishes: [`${(await connect(runner)).body.id}/gpt-5-mini`] },
        tools: [{ id: `agent/${body.handle}`, name: 'ask_it' }],
      },
    });
    provider.script({ text: 'Here.', usage });
    await startRun(owner, helper, { input: 'Go' });
    await limit(owner, 100);
    const callIt = { toolCalls: [{ name: 'ask_it', arguments: { task: 'Add' } }], usage };
    provider.script(callIt, { text: 'They cannot be asked.', usage });
    const { run } = await startRun(runner, desk, { input: 'Go' });
    const output = { code: 'budget_exceeded', error: expect.stringContaining('the person over whose') };
    expect(run.steps).toContainEqual(expect.objectContaining({ kind: 'tool', isError: true, output }));
    expect([run.output, await spentBy(runner), await spentBy(owner)]).toEqual(['They cannot be asked.', 200, 100]);
  });

  test('needs nothing of a runner’s own month, until the run falls to what the hub has connected', async () => {
    await connect(admin, { name: 'Everybody', personal: false });
    const everybodys = 'everybody/gpt-5-mini';
    const { id: own } = await createAgent(runner, { name: 'Own', definition: { model: { wishes: [everybodys] } } });
    const tools = [{ id: 'calculator', approval: 'always' }];
    const agent = await share({ model: { wishes: [theirs, everybodys] }, tools });
    await limit(runner, 100);
    provider.script({ text: 'Mine.', usage }, { text: 'Theirs.', usage });
    expect((await startRun(runner, own, { input: 'Go' })).status).toBe(200);
    expect((await startRun(runner, own, { input: 'Go' })).status).toBe(402);
    expect((await startRun(runner, agent, { input: 'Go' })).run).toMatchObject({ output: 'Theirs.' });
    provider.script({ toolCalls: [{ name: 'calculator', arguments: { expression: '1 + 2' } }], usage });
    const { run: waiting } = await startRun(runner, agent, { input: 'Go' });
    const url = `/api/runs/${waiting.id}`;
    provider.script({ text: '3', usage });
    const payload = { decision: 'approve' };
    await ask(runner, { method: 'POST', url: `${url}/approvals/${waiting.waitsFor[0]?.id}`, payload });
    await expect.poll(async () => (await ask<Run>(runner, { url })).body.output).toBe('3');
    provider.script({ status: 429, headers: { 'retry-after': '30' } });
    const { run } = await startRun(runner, agent, { input: 'Go' });
    expect([run.status, run.error?.detail ?? '']).toEqual(['failed', expect.stringContaining('Your budget')]);
    expect([await spentBy(runner), await spentBy(owner)]).toEqual([100, 300]);
    await ask(admin, { method: 'DELETE', url: '/api/connections/everybody' });
  });

  test('is its person’s to pay, too, where the hub asks by itself', async () => {
    const agent = await share({ memory: { kind: 'person', summarise: true } });
    provider.script({ text: 'Yes.', usage });
    await startRun(runner, agent, { input: 'I keep bees on the roof of my house.' });
    now = new Date(now.getTime() + 60 * 60_000);
    provider.script({ text: '{"facts":[]}', usage });
    await hub.services.memories.readQuiet();
    expect([await spentBy(runner), await spentBy(owner)]).toEqual([0, 200]);
  });
});
