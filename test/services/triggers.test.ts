import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import {
  createTrigger,
  getTrigger,
  listDeliveries,
  listFirings,
  patchTrigger,
  postHook,
  signedHook,
} from '#test/support/hub-triggers.ts';
import { type HubsTogether, startHubsTogether } from '#test/support/hubs-together.ts';
import { type LocalServer, startLocalServer } from '#test/support/local-server.ts';
import { until, untilEnded } from '#test/support/run-engine.ts';

let hubs: HubsTogether;
let receiver: LocalServer;
let agent: string;
let clock: Date;
const received: string[] = [];

beforeAll(async () => {
  clock = new Date('2026-03-20T12:00:30Z');
  receiver = await startLocalServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push((JSON.parse(body) as { data: { run: Run } }).data.run.id);
      response.writeHead(204).end();
    });
  });
  hubs = await startHubsTogether({ now: () => clock, variables: { HUB_EGRESS_ALLOW: receiver.entry } });
  agent = await hubs.createAgent();
});
beforeEach(() => {
  clock = new Date('2026-03-20T12:00:30Z');
  received.splice(0);
});
afterEach(() => hubs.model.assertUsedUp());
afterAll(async () => {
  await hubs.close();
  await receiver.close();
});

const services = () => [hubs.first.services.triggers, hubs.second.services.triggers];
/** Both hubs look after their triggers at the same time, again and again. */
const workTogether = () =>
  Promise.all([...services(), ...services(), ...services()].map((triggers) => triggers.workOnce()));
const callbackUrl = () => `${receiver.url}/ends`;

describe('two hubs on one database', () => {
  test('start one run for a due time, and tell of its end once', async () => {
    const schedule = { cron: '* * * * *', timeZone: 'UTC' };
    const made = await Promise.all(
      [1, 2, 3, 4].map(() => createTrigger(hubs.ada, { agent, schedule, callbackUrl: callbackUrl() })),
    );
    hubs.model.script(...made.map(() => ({ text: ['Done.'] })));
    clock = new Date('2026-03-20T12:01:01Z');
    await workTogether();
    const runs: string[] = [];
    for (const { id } of made) {
      const firings = await listFirings(hubs.ada, id);
      expect(firings).toHaveLength(1);
      runs.push((await untilEnded(hubs.ada, firings[0]?.run ?? '')).id);
    }
    await workTogether();
    expect([...received].sort()).toEqual([...runs].sort());
    for (const { id } of made) {
      expect((await getTrigger(hubs.ada, id)).lastFiring?.status).toBe('completed');
      expect(await listDeliveries(hubs.ada, id)).toEqual([
        expect.objectContaining({ status: 'delivered', attempts: 1 }),
      ]);
      await patchTrigger(hubs.ada, id, { paused: true });
    }
  });

  test('start one run for a webhook that reaches both', async () => {
    const trigger = await createTrigger(hubs.ada, { agent, webhook: {} });
    hubs.model.script({ text: ['Done.'] });
    const hook = signedHook(trigger.secrets.webhook ?? '', {}, { now: clock });
    const answers = await Promise.all(
      [hubs.first, hubs.second, hubs.first, hubs.second].map((hub) => postHook(hub, trigger.id, hook)),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    const [firing, ...others] = await listFirings(hubs.ada, trigger.id);
    expect(others).toEqual([]);
    await untilEnded(hubs.ada, firing?.run ?? '');
  });

  test('do for each other what one took up and did not end', async () => {
    const trigger = await createTrigger(hubs.ada, {
      agent,
      schedule: { cron: '* * * * *', timeZone: 'UTC' },
      callbackUrl: callbackUrl(),
    });
    const { pool } = hubs.first.services.database;
    clock = new Date('2026-03-20T12:01:01Z');
    hubs.model.script({ text: ['Done.'] });
    // As a process leaves it that is ended between claiming a time and starting its run.
    await pool.query('UPDATE triggers SET next_at = $2 WHERE id = $1', [trigger.id, '2026-03-20T12:02:00Z']);
    await pool.query(
      `INSERT INTO trigger_firings (id, trigger_id, key, cause, status, input, due_at, start_at)
       VALUES ('firing-of-the-gone', $1, 'due:2026-03-20T12:01:00.000Z', 'schedule', 'waiting', 'Go', $2, $3)`,
      [trigger.id, '2026-03-20T12:01:00Z', '2026-03-20T12:01:30Z'],
    );
    await hubs.second.services.triggers.workOnce();
    expect((await listFirings(hubs.ada, trigger.id))[0]?.run).toBeNull();
    clock = new Date('2026-03-20T12:01:31Z');
    await hubs.second.services.triggers.workOnce();
    const [firing] = await listFirings(hubs.ada, trigger.id);
    const run = await untilEnded(hubs.ada, firing?.run ?? '');
    // And one that is ended after it took up the callback; the hub that ran it may have written that down already.
    await pool.query(
      `WITH ended AS (UPDATE trigger_firings SET status = 'completed', ended_at = $3 WHERE id = 'firing-of-the-gone')
       INSERT INTO trigger_deliveries (id, trigger_id, run_id, event, attempts, next_at)
       VALUES ('callback-of-the-gone', $1, $2, 'run.completed', 1, $4)
       ON CONFLICT (trigger_id, run_id) DO UPDATE SET attempts = 1, next_at = $4`,
      [trigger.id, run.id, clock, '2026-03-20T12:01:50Z'],
    );
    clock = new Date('2026-03-20T12:01:51Z');
    await hubs.second.services.triggers.workOnce();
    expect(received).toEqual([run.id]);
    await patchTrigger(hubs.ada, trigger.id, { paused: true });
  });

  test('look after their triggers by themselves once they are started', async () => {
    clock = new Date('2026-03-20T12:00:30Z');
    hubs.model.script({ text: ['Done.'] });
    const trigger = await createTrigger(hubs.ada, {
      agent,
      schedule: { cron: '* * * * *', timeZone: 'UTC' },
      callbackUrl: callbackUrl(),
    });
    clock = new Date('2026-03-20T12:01:00Z');
    for (const triggers of services()) triggers.start();
    await until(() => received.length > 0);
    const firings = await listFirings(hubs.ada, trigger.id);
    expect(firings).toHaveLength(1);
    expect(received).toEqual([firings[0]?.run]);
  });
});
