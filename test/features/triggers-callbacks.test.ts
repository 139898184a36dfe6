import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import type { Delivery, NewCallbackSecret } from '#server/contract/trigger.ts';
import { otherForms, privateHosts } from '#test/security/refused-addresses.ts';
import { ask } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import {
  createTrigger,
  getTrigger,
  listDeliveries,
  patchTrigger,
  postTrigger,
  sign,
} from '#test/support/hub-triggers.ts';
import { type LocalServer, startLocalServer } from '#test/support/local-server.ts';
import { createRunAgent, type Engine, startEngine, startRun, untilEnded } from '#test/support/run-engine.ts';
import { decide, withKey } from '#test/support/run-waits.ts';

type Callback = { headers: Record<string, string>; body: string };

let engine: Engine;
let receiver: LocalServer;
let ada: TestPerson;
let agent: string;
let clock: Date;
let answers: { status: number; location?: string }[] = [];
const received: Callback[] = [];

beforeAll(async () => {
  clock = new Date();
  receiver = await startLocalServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(parts).toString(),
      });
      const { status, location } = answers.shift() ?? { status: 204 };
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
  });
  engine = await startEngine({ now: () => clock, variables: { HUB_EGRESS_ALLOW: receiver.entry } });
  ada = engine.ada;
  agent = await createRunAgent(ada);
});
beforeEach(() => {
  clock = new Date();
  answers = [];
  received.splice(0);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(async () => {
  await engine.close();
  await receiver.close();
});

const work = () => engine.hub.services.triggers.workOnce();

/** A trigger with an address for callbacks, whose first run has ended. */
async function runOnce(more: object = {}) {
  const schedule = { cron: '@yearly', timeZone: 'UTC' };
  const trigger = await createTrigger(ada, { agent, schedule, callbackUrl: `${receiver.url}/ends`, ...more });
  return { trigger, run: await fire(trigger.id) };
}
async function fire(trigger: string): Promise<Run> {
  const url = `/api/triggers/${trigger}/firings`;
  const fired = await ask<{ run: string }>(ada, { method: 'POST', url, payload: {} });
  return untilEnded(ada, fired.body.run);
}
const answerOnce = () => engine.model.script({ text: ['All is well.'] });

describe('a callback', () => {
  test('tells of a run that completed, signed as Standard Webhooks says', async () => {
    answerOnce();
    const { trigger, run } = await runOnce();
    await work();
    const [callback, ...others] = received;
    expect(others).toEqual([]);
    const { headers = {}, body = '' } = callback ?? {};
    const id = headers['webhook-id'] ?? '';
    const timestamp = headers['webhook-timestamp'] ?? '';
    expect(headers['webhook-signature']).toBe(sign(trigger.secrets.callback ?? '', { id, timestamp, body }));
    expect(JSON.parse(body)).toMatchObject({
      type: 'run.completed',
      data: { trigger: { id: trigger.id }, run: { id: run.id, output: 'All is well.', status: 'completed' } },
    });
    expect(await listDeliveries(ada, trigger.id)).toEqual([
      expect.objectContaining({ id, status: 'delivered', attempts: 1, lastStatus: 204, run: run.id }),
    ]);
    await work();
    expect(received).toHaveLength(1);
  });

  test('tells of a run that failed', async () => {
    engine.model.script({ status: 400, body: { error: { message: 'no' } } });
    const { trigger, run } = await runOnce();
    expect(run.status).toBe('failed');
    await work();
    expect(JSON.parse(received[0]?.body ?? '{}')).toMatchObject({ type: 'run.failed', data: { run: { id: run.id } } });
    expect((await getTrigger(ada, trigger.id)).lastFiring).toMatchObject({
      status: 'failed',
      detail: run.error?.detail,
    });
  });

  test('that is not taken is sent again under the same identifier, with growing pauses, and given up in the end', async () => {
    answerOnce();
    answers = Array(8).fill({ status: 500 }) as typeof answers;
    const { trigger } = await runOnce();
    const begun = clock.getTime();
    const pauses: number[] = [];
    await work();
    for (let attempt = 1; attempt < 8; attempt += 1) {
      const [waiting] = await listDeliveries(ada, trigger.id);
      expect(waiting).toMatchObject({ status: 'waiting', attempts: attempt, lastStatus: 500 });
      const nextAt = new Date(waiting?.nextAt ?? '');
      pauses.push(nextAt.getTime() - clock.getTime());
      clock = new Date(nextAt.getTime() - 1);
      await work();
      expect(received).toHaveLength(attempt);
      clock = nextAt;
      await work();
    }
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
    expect(clock.getTime() - begun).toBeGreaterThan(5 * 3_600_000);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await listDeliveries(ada, trigger.id, '?status=dead')).toEqual([
      expect.objectContaining({ attempts: 8, lastError: 'It answered 500.', nextAt: null }),
    ]);
    expect((await getTrigger(ada, trigger.id)).deadDeliveries).toBe(1);
  });

  test('that was given up can be sent again', async () => {
    answerOnce();
    answers = [{ status: 410 }];
    const { trigger } = await runOnce();
    await work();
    const [dead] = await listDeliveries(ada, trigger.id, '?status=dead');
    expect(dead).toMatchObject({ attempts: 1, lastStatus: 410 });
    const url = `/api/triggers/${trigger.id}/deliveries/${dead?.id}/send`;
    expect((await ask(ada, { method: 'POST', url })).status).toBe(202);
    await work();
    expect(await listDeliveries(ada, trigger.id)).toEqual([
      expect.objectContaining({ id: dead?.id, status: 'delivered', lastError: null }),
    ]);
    expect((await ask(ada, { method: 'POST', url: url.replace(dead?.id ?? '', 'other') })).status).toBe(404);
  });

  test('is sent once when several look after it at the same time', async () => {
    answerOnce();
    const { run } = await runOnce();
    await Promise.all([1, 2, 3, 4].map(work));
    expect(received.map(({ body }) => (JSON.parse(body) as { data: { run: Run } }).data.run.id)).toEqual([run.id]);
  });

  test('is not sent on where its address leads elsewhere', async () => {
    answerOnce();
    answers = [{ status: 307, location: `${receiver.url}/other` }, { status: 204 }];
    const { trigger } = await runOnce();
    await work();
    const [waiting] = await listDeliveries(ada, trigger.id);
    expect(waiting).toMatchObject({ status: 'waiting', lastError: expect.stringContaining('redirects') });
  });
});

describe('an address for callbacks', () => {
  test('is refused when it is stored, wherever it must not lead', async () => {
    const taken: string[] = [];
    const trigger = await createTrigger(ada, { agent, webhook: {} });
    for (const url of [...privateHosts.map((host) => `http://${host}/`), ...otherForms, 'https://a:b@example.org/']) {
      const made = await postTrigger(ada, { agent, name: 'x', message: 'x', webhook: {}, callbackUrl: url });
      const changed = await patchTrigger(ada, trigger.id, { callbackUrl: url });
      if (made.status !== 400 || changed.status !== 400) taken.push(url);
    }
    expect(taken).toEqual([]);
  });

  test('is refused again when it is called', async () => {
    answerOnce();
    const { trigger } = await runOnce();
    await work();
    const [delivery] = await listDeliveries(ada, trigger.id);
    const { prisma } = engine.hub.services.database;
    received.splice(0);
    const reached: string[] = [];
    for (const host of privateHosts) {
      await prisma.trigger.update({ where: { id: trigger.id }, data: { callbackUrl: `http://${host}/` } });
      const url = `/api/triggers/${trigger.id}/deliveries/${delivery?.id}/send`;
      await ask(ada, { method: 'POST', url });
      await work();
      const [tried] = await listDeliveries(ada, trigger.id);
      if (tried?.lastError?.includes('does not connect to') !== true) reached.push(`${host}: ${tried?.lastError}`);
    }
    expect(reached).toEqual([]);
    expect(received).toEqual([]);
  });
});

describe('a callback of a run that no trigger started', () => {
  const callback = () => `${receiver.url}/ends`;
  const list = async (person: Pick<TestPerson, 'inject'>, query = '') =>
    (await ask<Page<Delivery>>(person, { url: `/api/callbacks${query}` })).body.items;
  /** On a slow machine what an earlier test left waiting may be due by now. */
  const receivedOf = ({ id }: Pick<Run, 'id'>) => received.filter(({ body }) => body.includes(id));
  const makeSecret = async (person: TestPerson) =>
    (await ask<NewCallbackSecret>(person, { method: 'POST', url: '/api/callback-secret' })).body.secret;

  test('wants a secret, and tells of the end signed with the newest', async () => {
    const bo = await engine.hub.createPerson();
    const theirs = await createRunAgent(bo);
    const refused = await startRun(bo, theirs, { input: 'Go', callback: callback() });
    expect([refused.status, refused.run.detail]).toEqual([409, expect.stringContaining('no secret')]);
    expect((await ask(bo, { url: '/api/callback-secret' })).body).toEqual({ createdAt: null });
    await makeSecret(bo);
    const secret = await makeSecret(bo);
    answerOnce();
    const { run } = await startRun(bo, theirs, { input: 'Go', callback: callback(), metadata: { order: '7' } });
    await work();
    const ofRun = () => receivedOf(run);
    const { headers = {}, body = '' } = ofRun()[0] ?? {};
    const id = headers['webhook-id'] ?? '';
    const timestamp = headers['webhook-timestamp'] ?? '';
    expect(headers['webhook-signature']).toBe(sign(secret, { id, timestamp, body }));
    expect(JSON.parse(body)).toEqual({
      type: 'run.completed',
      timestamp: expect.any(String),
      data: { run: expect.objectContaining({ id: run.id, output: 'All is well.', metadata: { order: '7' } }) },
    });
    await work();
    expect(ofRun()).toHaveLength(1);
    expect(await list(bo)).toEqual([expect.objectContaining({ id, run: run.id, status: 'delivered' })]);
  });

  test('waits for an end that comes after an approval, is tried again, given up, and sent again', async () => {
    await makeSecret(ada);
    const careful = await createRunAgent(ada, { tools: [{ id: 'calculator', approval: 'always' }] });
    engine.model.script({ toolCalls: [{ name: 'calculator', arguments: { expression: '1' } }] }, { text: 'One.' });
    const { run } = await startRun(ada, careful, { input: 'Go', callback: callback() });
    await work();
    expect([receivedOf(run), await list(ada)]).toEqual([[], []]);
    await decide(ada, run.id, run.waitsFor[0]?.id ?? '', { decision: 'approve' });
    await untilEnded(ada, run.id);
    answers = [{ status: 500 }, { status: 410 }];
    await work();
    const [waiting] = await list(ada);
    expect(waiting).toMatchObject({ status: 'waiting', attempts: 1, lastStatus: 500 });
    clock = new Date(waiting?.nextAt ?? '');
    await work();
    // The hub's own round may have taken it a moment before.
    await expect.poll(() => list(ada, '?status=dead')).toMatchObject([{ run: run.id, attempts: 2, lastStatus: 410 }]);
    const [dead] = await list(ada, '?status=dead');
    const again = { method: 'POST' as const, url: `/api/callbacks/${dead?.id}/send` };
    const bo = await engine.hub.createPerson();
    const bound = await ada.createKey(['runs:write'], [agent]);
    expect((await ask(bo, again)).status).toBe(404);
    expect((await ask(withKey(engine, bound.key), again)).status).toBe(404);
    expect((await ask(ada, again)).status).toBe(202);
    await work();
    expect(await list(ada)).toEqual([expect.objectContaining({ id: dead?.id, status: 'delivered' })]);
    expect([await list(bo), await list(withKey(engine, bound.key))]).toEqual([[], []]);
  });

  test('is asked for once by a request that comes twice', async () => {
    await makeSecret(ada);
    answerOnce();
    const key = { 'idempotency-key': 'callback-once' };
    const first = await startRun(ada, agent, { input: 'Go', callback: callback() }, key);
    const second = await startRun(ada, agent, { input: 'Go', callback: callback() }, key);
    expect(second.run.id).toBe(first.run.id);
    await work();
    expect(received).toHaveLength(1);
  });

  test('goes nowhere that it must not, when it is asked for and when it is called', async () => {
    await makeSecret(ada);
    const taken: string[] = [];
    for (const url of [...privateHosts.map((host) => `http://${host}/`), ...otherForms, 'https://a:b@example.org/']) {
      if ((await startRun(ada, agent, { input: 'Go', callback: url })).status !== 400) taken.push(url);
    }
    expect(taken).toEqual([]);
    answerOnce();
    const { run } = await startRun(ada, agent, { input: 'Go', callback: callback() });
    const { pool } = engine.hub.services.database;
    await pool.query(`UPDATE trigger_deliveries SET url = 'http://169.254.169.254/' WHERE run_id = $1`, [run.id]);
    await work();
    expect((await list(ada))[0]).toMatchObject({ lastError: expect.stringContaining('does not connect to') });
    expect(received).toEqual([]);
  });

  test('is signed by nobody but a person who is signed in: a key makes no secret', async () => {
    const key = withKey(engine, (await ada.createKey(['runs:write', 'triggers:write'])).key);
    expect((await ask(key, { method: 'POST', url: '/api/callback-secret' })).status).toBe(403);
  });
});
