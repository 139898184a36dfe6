import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from '#server/contract/page.ts';
import type { Run, RunSummary } from '#server/contract/run.ts';
import { ask, publish } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { createTrigger, listFirings } from '#test/support/hub-triggers.ts';
import { createRunAgent, type Engine, startEngine, startRun, untilEnded } from '#test/support/run-engine.ts';
import { withKey } from '#test/support/run-waits.ts';

let engine: Engine;
let ada: TestPerson;
let agent: string;
let careful: string;
let plain: Run;
let waiting: Run;

const list = async (person: Pick<TestPerson, 'inject'>, query = '') => {
  const { body } = await ask<Page<RunSummary>>(person, { url: `/api/runs${query}` });
  return body.items.map(({ id }) => id);
};

beforeAll(async () => {
  engine = await startEngine();
  ada = engine.ada;
  agent = await createRunAgent(ada);
  careful = await createRunAgent(ada, { tools: [{ id: 'calculator', approval: 'always' }] });
  engine.model.script({ text: 'Hello.', usage: { inputTokens: 3, outputTokens: 2 } });
  plain = (await startRun(ada, agent, { input: 'Hi', metadata: { shop: 'one' } })).run;
  engine.model.script({ toolCalls: [{ name: 'calculator', arguments: { expression: '1' } }] });
  waiting = (await startRun(ada, careful, { input: 'Hi' })).run;
});
afterAll(() => engine.close());

describe('the list of runs', () => {
  test('has a person’s runs, newest first, with what each was and cost', async () => {
    const { body } = await ask<Page<RunSummary>>(ada, { url: '/api/runs' });
    expect(body.items).toMatchObject([
      { id: waiting.id, status: 'waiting', agent: { handle: careful }, endedAt: null },
      {
        id: plain.id,
        status: 'completed',
        agent: { handle: agent },
        conversationId: plain.conversationId,
        usage: { inputTokens: 3, outputTokens: 2 },
        metadata: { shop: 'one' },
        startedBy: { kind: 'page' },
        endedAt: plain.endedAt,
      },
    ]);
    expect(body.nextCursor).toBeNull();
  });

  test('comes page by page, each run once', async () => {
    const first = await ask<Page<RunSummary>>(ada, { url: '/api/runs?limit=1' });
    const rest = await list(ada, `?limit=1&cursor=${first.body.nextCursor ?? ''}`);
    expect([...first.body.items.map(({ id }) => id), ...rest]).toEqual([waiting.id, plain.id]);
    expect((await ada.inject({ url: '/api/runs?cursor=nonsense' })).statusCode).toBe(400);
  });

  test('is narrowed by agent, conversation and status', async () => {
    expect(await list(ada, `?agent=${agent}`)).toEqual([plain.id]);
    expect(await list(ada, `?conversation=${waiting.conversationId ?? ''}`)).toEqual([waiting.id]);
    expect(await list(ada, '?status=waiting')).toEqual([waiting.id]);
    expect(await list(ada, `?agent=${agent}&status=waiting`)).toEqual([]);
    expect((await ada.inject({ url: '/api/runs?status=sleeping' })).statusCode).toBe(400);
  });

  test('is narrowed by the trigger that started them', async () => {
    const trigger = await createTrigger(ada, { agent, webhook: {} });
    engine.model.script({ text: 'Fired.' });
    await ask(ada, { method: 'POST', url: `/api/triggers/${trigger.id}/firings`, payload: {} });
    const [firing] = await listFirings(ada, trigger.id);
    await untilEnded(ada, firing?.run ?? '');
    expect(await list(ada, `?trigger=${trigger.id}`)).toEqual([firing?.run]);
  });

  test('has nothing of others, also not for the agent’s owner or a key of another agent', async () => {
    const bo = await engine.hub.createPerson();
    expect(await list(bo)).toEqual([]);
    expect(await list(bo, `?conversation=${plain.conversationId ?? ''}`)).toEqual([]);
    const shared = await createRunAgent(ada, { access: { visibility: 'hub' } }, 'Shared');
    await publish(ada, shared);
    engine.model.script({ text: 'Hello Bo.' });
    const { run } = await startRun(bo, shared, { input: 'Hi' });
    expect(await list(bo)).toEqual([run.id]);
    expect(await list(ada)).not.toContain(run.id);
    const bound = withKey(engine, (await ada.createKey(['runs:write'], [careful])).key);
    expect(await list(bound)).toEqual([waiting.id]);
  });
});
