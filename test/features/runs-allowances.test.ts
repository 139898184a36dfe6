import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiKey } from '#server/contract/api-key.ts';
import type { PersonBudget } from '#server/contract/budget.ts';
import type { Problem } from '#server/contract/problem.ts';
import { patchDraft, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  readEvents,
  send,
  startEngine,
  startRun,
  textOf,
  until,
} from '#test/support/run-engine.ts';

let engine: Engine;
let bob: TestPerson;
let now = new Date('2026-03-10T12:00:00Z');

const uses = (tokens: number) => ({ inputTokens: tokens - 10, outputTokens: 10 });
const answer = (tokens: number) => ({ text: 'Done.', usage: uses(tokens) });
const calculate = (tokens: number) => ({
  text: 'Wait. ',
  toolCalls: [{ name: 'calculator', arguments: { expression: '20 + 22' } }],
  usage: uses(tokens),
});
const go = (person: Pick<TestPerson, 'inject'>, agent: string, more: object = {}) =>
  startRun(person, agent, { input: 'Go', ...more });
const withKey = (key: string): Pick<TestPerson, 'inject'> => ({
  inject: (options) => engine.hub.injectWithKey(key, options),
});
const put = (url: string, payload: object) => engine.ada.inject({ method: 'PUT', url, payload });
const setPrice = (inputUsd: number | null) =>
  put('/api/models/prices', { model: 'test-model', inputUsd, outputUsd: inputUsd, cachedInputUsd: null });

/** An agent that everybody on the hub may use. */
async function createSharedAgent(budget: object, name: string) {
  const access = { visibility: 'hub' };
  const agent = await createRunAgent(engine.ada, { budget, access, tools: [{ id: 'calculator' }] }, name);
  await publish(engine.ada, agent);
  return agent;
}

beforeAll(async () => {
  engine = await startEngine({ now: () => now });
  bob = await engine.hub.createPerson();
});
beforeEach(() => setPrice(10));
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('the month of an agent', () => {
  test('is spent by all people together, at every door before the first byte, and starts anew', async () => {
    const agent = await createSharedAgent({ maximumTokensPerMonth: 150 }, 'Monthly');
    engine.model.script(answer(200));
    expect((await go(engine.ada, agent)).status).toBe(200);

    const refused = await go(bob, agent, { stream: true });
    expect(refused.status).toBe(402);
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'budget_exceeded', status: 402 });
    for (const fact of ['150 tokens', '200 are used', '2026-03', 'owner can raise', '2026-04-01']) {
      expect(JSON.parse(refused.body).detail).toContain(fact);
    }
    const body = { model: agent, stream: true, messages: [{ role: 'user', content: 'Go' }] };
    const atOpenAi = await send(engine, '/v1/chat/completions', { body });
    expect([atOpenAi.status, await atOpenAi.json()]).toMatchObject([402, { error: { code: 'budget_exceeded' } }]);
    const conversations = await bob.inject({ url: '/api/conversations' });
    expect(conversations.json().items).toEqual([]);

    const march = now;
    now = new Date('2026-04-01T00:00:00Z');
    engine.model.script(answer(20));
    const inApril = await go(bob, agent);
    now = march;
    expect(inApril.status).toBe(200);
  });

  test('is counted in US dollars where the price is known, and only there', async () => {
    const agent = await createSharedAgent({ maximumUsdPerMonth: 0.001 }, 'Dollars');
    await setPrice(null);
    engine.model.script(answer(5000), answer(100));
    expect((await go(bob, agent)).status).toBe(200);
    await setPrice(10);
    expect((await go(bob, agent)).status).toBe(200);
    expect((await go(bob, agent)).run).toMatchObject({
      code: 'budget_exceeded',
      detail: expect.stringContaining('$0.001'),
    });
  });

  test('is that of the published version, also for who asks for an earlier one', async () => {
    const agent = await createSharedAgent({}, 'Two versions');
    await patchDraft(engine.ada, agent, {
      revision: 1,
      changes: { budget: { ...noLimits, maximumTokensPerMonth: 100 } },
    });
    await publish(engine.ada, agent);
    engine.model.script(answer(100));
    expect((await go(bob, agent, { version: 1 })).status).toBe(200);
    expect((await go(bob, agent, { version: 1 })).status).toBe(402);
  });
});

describe('a conversation', () => {
  test('ends at its limit before the tool that was asked for, keeps what was said, and another one begins', async () => {
    const agent = await createSharedAgent({ maximumTokensPerConversation: 150 }, 'Talker');
    engine.model.script(calculate(100), calculate(100));
    const stopped = parseEvents((await go(bob, agent, { stream: true })).body);
    expect(eventsOf(stopped, 'error')[0]?.problem).toMatchObject({ code: 'budget_exceeded', status: 402 });
    expect(eventsOf(stopped, 'run-end')[0]).toMatchObject({ status: 'failed', usage: { inputTokens: 180 } });
    expect([eventsOf(stopped, 'tool-call').length, textOf(stopped)]).toEqual([1, 'Wait. Wait. ']);
    const conversationId = eventsOf(stopped, 'run-start')[0]?.conversationId;
    const messages = await bob.inject({ url: `/api/conversations/${conversationId}/messages` });
    expect(messages.json().items[0].content).toBe('Wait. Wait. ');

    const again = await go(bob, agent, { conversationId });
    expect([again.status, again.run.detail]).toEqual([402, expect.stringContaining('Begin a new conversation')]);
    engine.model.script(answer(20));
    expect((await go(bob, agent)).status).toBe(200);
  });
});

describe('runs side by side', () => {
  test('stop at the same limit: one that waited for a person spends nothing after the other spent the rest', async () => {
    const tools = [{ id: 'calculator', approval: 'always' }];
    const budget = { maximumTokensPerMonth: 250 };
    const agent = await createRunAgent(engine.ada, { budget, tools }, 'Side by side');
    engine.model.script(calculate(100));
    const first = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true } });
    const events = readEvents(first);
    const run = first.headers.get('x-run-id') ?? '';
    await until(async () => (await engine.ada.inject({ url: `/api/runs/${run}` })).json().status === 'waiting');
    engine.model.script(answer(200));
    expect((await go(engine.ada, agent)).status).toBe(200);
    expect((await go(engine.ada, agent)).status).toBe(402);

    const stream = await engine.hub.services.runs.open(engine.ada.actor, run);
    let approval = '';
    for await (const batch of stream.read({})) {
      for (const { event } of batch) if (event.type === 'approval-request') approval = event.approval;
      if (approval !== '') break;
    }
    const url = `/api/runs/${run}/approvals/${approval}`;
    expect((await engine.ada.inject({ method: 'POST', url, payload: { decision: 'approve' } })).statusCode).toBe(204);
    const seen = await events;
    expect(eventsOf(seen, 'error')[0]?.problem).toMatchObject({
      code: 'budget_exceeded',
      detail: expect.stringContaining('300'),
    });
    expect(eventsOf(seen, 'tool-result')).toEqual([]);
  });
});

describe('a key', () => {
  test('has a budget of its own, which its person sees and raises', async () => {
    const agent = await createSharedAgent({}, 'Keyed');
    const key = await bob.createKey(['runs:write']);
    const change = (budget: object) => bob.inject({ method: 'PATCH', url: `/api/keys/${key.id}`, payload: { budget } });
    expect((await change({ maximumTokens: 100 })).json<ApiKey>().budget).toEqual({
      maximumTokens: 100,
      maximumUsd: null,
    });
    engine.model.script(answer(120), answer(20));
    expect((await go(withKey(key.key), agent)).status).toBe(200);
    const refused = await go(withKey(key.key), agent);
    expect([refused.status, refused.run.detail]).toEqual([402, expect.stringContaining('this API key')]);
    expect((await go(bob, agent)).status).toBe(200);
    const listed = (await bob.inject({ url: '/api/keys' })).json<{ items: ApiKey[] }>().items[0];
    expect(listed).toMatchObject({ spentThisMonth: { tokens: 120, costUsd: 0.0012 } });
    await change({ maximumTokens: 1000 });
    engine.model.script(answer(20));
    expect((await go(withKey(key.key), agent)).status).toBe(200);
  });
});

describe('a person', () => {
  test('has the budget of everybody until they get their own, and sees it', async () => {
    const agent = await createSharedAgent({}, 'For people');
    const carol = await engine.hub.createPerson({ role: 'member' });
    expect((await put('/api/budgets/everybody', { maximumTokens: 100 })).statusCode).toBe(200);
    engine.model.script(answer(100), answer(20));
    expect((await go(carol, agent)).status).toBe(200);
    expect((await go(carol, agent)).run).toMatchObject({
      code: 'budget_exceeded',
      detail: expect.stringContaining('Your budget'),
    });

    const own = { maximumTokens: 500, maximumUsd: null };
    await put(`/api/budgets/people/${carol.actor.userId}`, { budget: own });
    expect((await go(carol, agent)).status).toBe(200);
    expect((await carol.inject({ url: '/api/budgets/mine' })).json<PersonBudget>()).toEqual({
      person: carol.actor.userId,
      own,
      budget: own,
      spent: { tokens: 120, costUsd: 0.0012 },
      renewsAt: '2026-04-01T00:00:00.000Z',
    });
    await put(`/api/budgets/people/${carol.actor.userId}`, { budget: null });
    expect((await go(carol, agent)).status).toBe(402);
    await put('/api/budgets/everybody', {});
  });

  test('does not get a budget back with an agent that they delete', async () => {
    const dan = await engine.hub.createPerson();
    const url = `/api/budgets/people/${dan.actor.userId}`;
    await put(url, { budget: { maximumTokens: 100 } });
    const agent = await createRunAgent(dan, {}, 'Short lived');
    engine.model.script(answer(100));
    expect((await go(dan, agent)).status).toBe(200);
    await dan.inject({ method: 'DELETE', url: `/api/agents/${agent}` });
    expect((await dan.inject({ url: '/api/budgets/mine' })).json().spent).toEqual({ tokens: 100, costUsd: 0.001 });
    const usage = await dan.inject({
      url: '/api/usage?groupBy=agent&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z',
    });
    expect(usage.json().rows).toMatchObject([{ label: 'Deleted agents', runs: 1, costUsd: 0.001 }]);
  });

  test('does not set budgets unless they administer the hub', async () => {
    const mine = `/api/budgets/people/${bob.actor.userId}`;
    const answers = await Promise.all([
      bob.inject({ url: mine }),
      bob.inject({ method: 'PUT', url: mine, payload: { budget: null } }),
      bob.inject({ url: '/api/budgets/everybody' }),
      bob.inject({ method: 'PUT', url: '/api/budgets/everybody', payload: {} }),
    ]);
    expect(answers.map((refused) => refused.json<Problem>().code)).toEqual(Array(4).fill('forbidden'));
    const nobody = await put('/api/budgets/people/nobody', { budget: null });
    const wrong = await put('/api/budgets/everybody', { maximumTokens: 0, maximumUsd: -1 });
    expect([nobody.statusCode, wrong.json<Problem>().errors?.map(({ path }) => path)]).toEqual([
      404,
      ['body.maximumTokens', 'body.maximumUsd'],
    ]);
  });
});

test.each([
  ['as much as the last one took', { maximumTokensPerMonth: 1900 }, [answer(1000)], 'Go', 200],
  ['as its own request takes, where it is the first', { maximumTokensPerMonth: 1000 }, [], 'Go on. '.repeat(1000), 402],
  ['what its own request costs', { maximumUsdPerMonth: 0.01 }, [], 'Go on. '.repeat(1000), 402],
])(
  'a call under way holds %s: a run beside it is refused, and let in when enough is left',
  async (what, budget, earlier, input, later) => {
    const agent = await createSharedAgent(budget, `Racing: ${what}`);
    for (const one of earlier) {
      engine.model.script(one);
      await go(engine.ada, agent);
    }
    engine.model.script({ text: ['Slowly '], ending: 'open' });
    const racing = await send(engine, `/api/agents/${agent}/runs`, { body: { input, stream: true } });
    const run = racing.headers.get('x-run-id') ?? '';
    const seen = readEvents(racing);
    await until(
      async () => (await engine.ada.inject({ url: `/api/runs/${run}` })).json<{ output: string }>().output !== '',
    );
    const refused = await go(bob, agent);
    expect([refused.status, refused.run.detail]).toEqual([
      402,
      expect.stringMatching(/ (?:1000|0|\$0) are used; calls under way may take the rest/),
    ]);
    await engine.ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
    await seen;
    if (later === 200) engine.model.script(answer(40));
    expect((await go(bob, agent)).status).toBe(later);
  },
);

test('a run without a limit asks the database for no sum', async () => {
  const agent = await createSharedAgent({}, 'Unlimited');
  const { pool } = engine.hub.services.database;
  const asked: string[] = [];
  const watched = pool.query;
  pool.query = ((...given: unknown[]) => {
    asked.push(String(given[0]));
    return Reflect.apply(watched, pool, given) as unknown;
  }) as typeof pool.query;
  engine.model.script(answer(20), answer(20));
  await go(bob, agent);
  await go(bob, agent);
  pool.query = watched;
  expect(asked.filter((statement) => statement.includes('AS used'))).toEqual([]);
  expect(asked.filter((statement) => statement.includes('monthly_budget')).length).toBeLessThanOrEqual(1);
});

const noLimits = {
  maximumTokensPerRun: null,
  maximumUsdPerRun: null,
  maximumSecondsPerRun: 300,
  maximumTokensPerConversation: null,
  maximumUsdPerConversation: null,
  maximumUsdPerMonth: null,
};
