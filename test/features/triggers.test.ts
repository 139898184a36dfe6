import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maximumTriggers } from '#server/contract/trigger.ts';
import { ask, createAgent, createPublished, patchDraft, publish } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createTrigger, getTrigger, listFirings, patchTrigger, postTrigger } from '#test/support/hub-triggers.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;
let agent: string;
let clock = new Date('2026-03-20T12:00:30Z');
const everyMinute = { cron: '* * * * *', timeZone: 'UTC' };

beforeAll(async () => {
  hub = await buildTestApp({ now: () => clock });
  ada = await hub.createPerson();
  bob = await hub.createPerson();
  agent = (await createAgent(ada)).handle;
});
afterAll(() => hub.close());

describe('a trigger', () => {
  test('is made, listed, changed and deleted', async () => {
    const made = await createTrigger(ada, { agent, schedule: everyMinute, name: 'News' });
    expect(made).toMatchObject({ name: 'News', agent: { handle: agent }, paused: null, lastFiring: null });
    const listed = await ask<{ items: object[] }>(ada, { url: `/api/triggers?agent=${agent}` });
    expect(listed.body.items).toContainEqual(expect.objectContaining({ id: made.id }));
    const changed = await patchTrigger(ada, made.id, { schedule: { ...everyMinute, cron: '0 9 * * 1-5' } });
    expect(changed.body).toMatchObject({ name: 'News', nextAt: '2026-03-23T09:00:00.000Z' });
    expect((await ask(ada, { method: 'DELETE', url: `/api/triggers/${made.id}` })).status).toBe(204);
    expect((await ask(ada, { url: `/api/triggers/${made.id}` })).status).toBe(404);
  });

  test('names its agent in other languages, as it is published', async () => {
    const { handle } = await createAgent(ada, {
      name: 'Draft desk',
      definition: { translations: { 'zh-CN': { name: '草稿台' }, ja: { tagline: 'No name of its own' } } },
    });
    const { id } = await createTrigger(ada, { agent: handle, schedule: everyMinute });
    const names = async () => (await getTrigger(ada, id)).agent.translations;
    expect(await names()).toEqual({ 'zh-CN': { name: '草稿台' } });
    await publish(ada, handle);
    await patchDraft(ada, handle, { changes: { translations: { 'zh-CN': { name: '新草稿' } } } });
    expect(await names()).toEqual({ 'zh-CN': { name: '草稿台' } });
  });

  test('with several faults is refused with all of them', async () => {
    const { status, body } = await postTrigger(ada, {
      agent,
      name: ' ',
      message: '',
      schedule: { cron: 'soon', timeZone: 'Here', jitterSeconds: -1 },
      callbackUrl: 'nowhere',
    });
    expect(status).toBe(400);
    expect(body.errors?.map(({ path }) => path).sort()).toEqual([
      'body.callbackUrl',
      'body.message',
      'body.name',
      'body.schedule.cron',
      'body.schedule.jitterSeconds',
      'body.schedule.timeZone',
    ]);
  });

  test('that is refused is told so in the reader’s language', async () => {
    const { body } = await ask(ada, {
      method: 'POST',
      url: '/api/triggers',
      headers: { 'accept-language': 'zh-CN' },
      payload: { agent, message: 7, schedule: { cron: 'soon', timeZone: 'UTC', jitterSeconds: -1 }, colour: 'red' },
    });
    expect(body.detail).toBe('请求中有 5 处无效。');
    expect(Object.fromEntries(body.errors?.map(({ path, message }) => [path, message]) ?? [])).toEqual({
      'body.name': '无效输入：期望 string，实际接收 undefined',
      'body.message': '无效输入：期望 string，实际接收 number',
      'body.schedule.cron': '请填写五个字段（分、时、日、月、星期），例如 "0 9 * * 1-5"，或 "@daily" 之类的名称。',
      'body.schedule.jitterSeconds': '数值过小：期望 number >=0',
      'body.colour': '此处没有这个键。',
    });
  });

  test('stays what it is, and is either by schedule or by webhook', async () => {
    const made = await createTrigger(ada, { agent, webhook: {} });
    const changed = await patchTrigger(ada, made.id, { schedule: everyMinute });
    expect(changed.body.errors?.[0]?.path).toBe('body.schedule');
    const both = await postTrigger(ada, { agent, name: 'x', message: 'x', webhook: {}, schedule: everyMinute });
    expect([both.status, both.body.errors?.[0]?.path]).toEqual([400, 'body.schedule']);
  });

  test('needs the values that its agent asks for', async () => {
    const variables = [{ name: 'city', label: 'City', type: 'text', required: true }];
    const asking = await createAgent(ada, { name: 'Weather', definition: { variables } });
    const refused = await postTrigger(ada, { agent: asking.handle, name: 'x', message: 'x', webhook: {} });
    expect(refused.body.errors?.[0]?.path).toBe('body.variables.city');
    expect(
      (await createTrigger(ada, { agent: asking.handle, webhook: {}, variables: { city: 'Kyoto' } })).variables,
    ).toEqual({ city: 'Kyoto' });
  });

  test('of an agent that the person may not run is refused', async () => {
    const answer = await postTrigger(bob, { agent, name: 'x', message: 'x', webhook: {} });
    expect(answer.status).toBe(404);
  });

  test('is paused with the reason when its person may not run the agent any more', async () => {
    const shared = await createPublished(ada, { name: 'Shared desk' });
    const trigger = await createTrigger(bob, { agent: shared.handle, schedule: everyMinute });
    await patchDraft(ada, shared.id, {
      revision: shared.draftRevision ?? 1,
      changes: { access: { visibility: 'private' } },
    });
    await publish(ada, shared.id);
    clock = new Date('2026-03-20T12:01:10Z');
    await hub.services.triggers.workOnce();
    const paused = await getTrigger(bob, trigger.id);
    expect(paused.paused).toEqual({ because: 'access-lost', detail: expect.stringContaining('There is no agent') });
    expect(paused.lastFiring).toMatchObject({ status: 'refused', run: null });
    expect((await patchTrigger(bob, trigger.id, { paused: false })).status).toBe(404);
  });

  test('goes with its agent and with its person', async () => {
    const doomed = await createAgent(ada, { name: 'Doomed' });
    const trigger = await createTrigger(ada, { agent: doomed.handle, webhook: {} });
    await ask(ada, { method: 'DELETE', url: `/api/agents/${doomed.id}` });
    expect((await ask(ada, { url: `/api/triggers/${trigger.id}` })).status).toBe(404);
    const guest = await hub.createPerson();
    const own = await createAgent(guest, { name: 'Guest desk' });
    const theirs = await createTrigger(guest, { agent: own.handle, schedule: everyMinute });
    const { prisma } = hub.services.database;
    await prisma.user.delete({ where: { id: guest.actor.userId } });
    expect(await prisma.trigger.findUnique({ where: { id: theirs.id } })).toBeNull();
  });

  test('is the last of a hundred', async () => {
    const guest = await hub.createPerson();
    const own = (await createAgent(guest, { name: 'Full desk' })).handle;
    for (let count = 0; count < maximumTriggers; count += 1) await createTrigger(guest, { agent: own, webhook: {} });
    const refused = await postTrigger(guest, { agent: own, name: 'x', message: 'x', webhook: {} });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('100 triggers')]);
    const first = await ask<{ items: { id: string }[]; nextCursor: string }>(guest, { url: '/api/triggers?limit=60' });
    const second = await ask<{ items: { id: string }[] }>(guest, {
      url: `/api/triggers?limit=60&cursor=${first.body.nextCursor}`,
    });
    expect(new Set([...first.body.items, ...second.body.items].map(({ id }) => id)).size).toBe(maximumTriggers);
  });

  test('of someone else is not there', async () => {
    const trigger = await createTrigger(ada, { agent, schedule: everyMinute });
    const url = `/api/triggers/${trigger.id}`;
    for (const options of [
      { url },
      { url: `${url}/firings` },
      { url: `${url}/deliveries` },
      { method: 'PATCH' as const, url, payload: { paused: true } },
      { method: 'DELETE' as const, url },
    ]) {
      expect((await ask(bob, options)).status).toBe(404);
    }
    expect(await listFirings(ada, trigger.id)).toEqual([]);
    expect((await getTrigger(ada, trigger.id)).paused).toBeNull();
  });
});

describe('a run', () => {
  test('that a person or a key started says so', async () => {
    const start = { method: 'POST' as const, url: `/api/agents/${agent}/runs`, payload: { input: '2 + 2' } };
    expect((await ada.inject(start)).json()).toMatchObject({ startedBy: { kind: 'page' } });
    const { key } = await ada.createKey(['runs:write']);
    const run = (await hub.injectWithKey(key, start)).json<{ id: string; startedBy: object }>();
    expect(run.startedBy).toEqual({ kind: 'api' });
    expect((await ada.inject({ url: `/api/runs/${run.id}` })).json()).toMatchObject({ startedBy: { kind: 'api' } });
  });
});
