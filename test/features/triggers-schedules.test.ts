import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import { ask, createAgent } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createTrigger, getTrigger, listFirings, patchTrigger, postTrigger } from '#test/support/hub-triggers.ts';
import { untilEnded } from '#test/support/run-engine.ts';

let hub: TestApp;
let ada: TestPerson;
let agent: string;
let clock = new Date('2026-03-20T12:00:30Z');

beforeAll(async () => {
  hub = await buildTestApp({ now: () => clock });
  ada = await hub.createPerson();
  agent = (await createAgent(ada)).handle;
});
beforeEach(() => {
  clock = new Date('2026-03-20T12:00:30Z');
});
afterAll(() => hub.close());

const daily = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
const everyMinute = { cron: '* * * * *', timeZone: 'UTC' };
const schedule = (given: object, more: object = {}) => createTrigger(ada, { agent, schedule: given, ...more });

/** Lets the hub look after its triggers at a time. */
async function workAt(at: string | Date) {
  clock = new Date(at);
  await hub.services.triggers.workOnce();
}
const listTimes = async (cron: string, timeZone: string) =>
  (await ask<{ times: string[] }>(ada, { url: `/api/schedule-times?${new URLSearchParams({ cron, timeZone })}` })).body
    .times;

describe('a schedule', () => {
  test('keeps its wall clock over both changes of the clock', async () => {
    clock = new Date('2026-03-27T12:00:00Z');
    expect((await listTimes('0 9 * * *', 'Europe/Berlin')).slice(0, 3)).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
    // 02:30 does not exist on the 29th: it is due when the clock has jumped to 03:00.
    expect((await listTimes(daily.cron, daily.timeZone)).slice(0, 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    // 02:30 comes twice on October 25th.
    clock = new Date('2026-10-24T12:00:00Z');
    expect((await listTimes(daily.cron, daily.timeZone)).slice(0, 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect((await listTimes('@hourly', 'Europe/Berlin')).length).toBe(5);
  });

  test('starts a run as its owner at its time, and shows what started it', async () => {
    const trigger = await schedule(everyMinute);
    expect(trigger.nextAt).toBe('2026-03-20T12:01:00.000Z');
    await workAt('2026-03-20T12:00:59Z');
    expect(await listFirings(ada, trigger.id)).toEqual([]);
    await workAt('2026-03-20T12:01:01Z');
    const [firing] = await listFirings(ada, trigger.id);
    expect(firing).toMatchObject({ cause: 'schedule', dueAt: '2026-03-20T12:01:00.000Z' });
    const run = await untilEnded(ada, firing?.run ?? '');
    expect(run.startedBy).toEqual({ kind: 'schedule', trigger: { id: trigger.id, name: 'Test trigger' } });
    await workAt('2026-03-20T12:01:20Z');
    const after = await getTrigger(ada, trigger.id);
    expect(after.lastFiring).toMatchObject({ status: 'completed', run: run.id });
    expect(after.nextAt).toBe('2026-03-20T12:02:00.000Z');
    const conversations = await ask<{ items: object[] }>(ada, { url: '/api/conversations?source=trigger' });
    expect(conversations.body.items).toContainEqual(expect.objectContaining({ id: run.conversationId }));
    const messages = await ask<{ items: { run: Run | null }[] }>(ada, {
      url: `/api/conversations/${run.conversationId}/messages`,
    });
    expect(messages.body.items[0]?.run?.startedBy.kind).toBe('schedule');
    await patchTrigger(ada, trigger.id, { paused: true });
  });

  test('starts one run for a due time, however often and late it is looked at', async () => {
    const trigger = await schedule(everyMinute);
    clock = new Date('2026-03-20T12:01:05Z');
    await Promise.all([1, 2, 3, 4].map(() => hub.services.triggers.workOnce()));
    expect(await listFirings(ada, trigger.id)).toHaveLength(1);
    await patchTrigger(ada, trigger.id, { paused: true });
  });

  test('begins later by a jitter that is the same each time it is worked out', async () => {
    const trigger = await schedule({ ...everyMinute, jitterSeconds: 50 });
    await workAt('2026-03-20T12:01:00Z');
    const [waiting] = await listFirings(ada, trigger.id);
    expect(waiting).toMatchObject({ status: 'waiting', run: null });
    await workAt('2026-03-20T12:01:51Z');
    expect((await listFirings(ada, trigger.id))[0]?.run).not.toBeNull();
    await patchTrigger(ada, trigger.id, { paused: true });
  });

  test('passes over the times that the hub was off, and says so', async () => {
    const trigger = await schedule(everyMinute);
    await workAt('2026-03-20T13:00:30Z');
    expect(await listFirings(ada, trigger.id)).toEqual([
      expect.objectContaining({
        status: 'skipped',
        run: null,
        dueAt: '2026-03-20T13:00:00.000Z',
        detail: '60 times passed while the hub was not running.',
      }),
    ]);
    expect((await getTrigger(ada, trigger.id)).nextAt).toBe('2026-03-20T13:01:00.000Z');
    await patchTrigger(ada, trigger.id, { paused: true });
  });

  test('makes up for them by one run where it is set so', async () => {
    const trigger = await schedule({ ...everyMinute, missed: 'run-once' });
    await workAt('2026-03-25T13:00:30Z');
    const firings = await listFirings(ada, trigger.id);
    expect(firings).toHaveLength(1);
    expect(firings[0]).toMatchObject({ dueAt: '2026-03-25T13:00:00.000Z', run: expect.any(String) });
    await patchTrigger(ada, trigger.id, { paused: true });
  });

  test('does nothing while it is paused, and goes on from now when it is resumed', async () => {
    const trigger = await schedule(everyMinute);
    const paused = await patchTrigger(ada, trigger.id, { paused: true });
    expect(paused.body).toMatchObject({ paused: { because: 'person' }, nextAt: null });
    await workAt('2026-03-20T12:10:30Z');
    expect(await listFirings(ada, trigger.id)).toEqual([]);
    const resumed = await patchTrigger(ada, trigger.id, { paused: false });
    expect(resumed.body).toMatchObject({ paused: null, nextAt: '2026-03-20T12:11:00.000Z' });
    await patchTrigger(ada, trigger.id, { paused: true });
  });

  test('goes on in one conversation where it is set so, also when that was deleted', async () => {
    const trigger = await schedule(everyMinute, { conversation: 'shared' });
    const seen: (string | null)[] = [];
    for (const at of ['2026-03-20T12:01:01Z', '2026-03-20T12:02:01Z']) {
      await workAt(at);
      const [firing] = await listFirings(ada, trigger.id);
      seen.push((await untilEnded(ada, firing?.run ?? '')).conversationId);
    }
    expect(seen[1]).toBe(seen[0]);
    await ask(ada, { method: 'DELETE', url: `/api/conversations/${seen[0]}` });
    await workAt('2026-03-20T12:03:01Z');
    const [firing] = await listFirings(ada, trigger.id);
    const run = await untilEnded(ada, firing?.run ?? '');
    expect(run.status).toBe('completed');
    expect(run.conversationId).not.toBe(seen[0]);
    await patchTrigger(ada, trigger.id, { paused: true });
  });

  test.each([
    ['* * * * *', 43_200],
    ['*/15 8-9 * * mon-fri', 171],
    ['0 9 1,15 * *', 2],
    ['0 9 * * 1#2', 1],
    ['@hourly', 720],
    ['0 0 29 2 *', null],
  ])('"%s" is said to come so often a month', async (cron, runsAMonth) => {
    const url = `/api/schedule-times?${new URLSearchParams({ cron, timeZone: 'Europe/Berlin' })}`;
    expect((await ask(ada, { url })).body).toMatchObject({ runsAMonth });
  });

  test.each([
    ['* * * * * *', 'UTC', 'query.cron'],
    ['61 * * * *', 'UTC', 'query.cron'],
    ['0 0 30 2 *', 'UTC', 'query.cron'],
    ['@reboot', 'UTC', 'query.cron'],
    ['0 9 * * *', 'Middle/Earth', 'query.timeZone'],
  ])('"%s" in %s is refused with its place', async (cron, timeZone, path) => {
    const answer = await ask(ada, { url: `/api/schedule-times?${new URLSearchParams({ cron, timeZone })}` });
    expect([answer.status, answer.body.errors?.map((issue) => issue.path)]).toEqual([400, [path]]);
    const made = await postTrigger(ada, { agent, name: 'x', message: 'x', schedule: { cron, timeZone } });
    expect(made.body.errors?.[0]?.path).toBe(path.replace('query', 'body.schedule'));
  });
});
