import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection, ConnectionTest } from '#server/contract/model.ts';
import { ask, createAgent } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { type LocalServer, startLocalServer } from '#test/support/local-server.ts';
import { startRun } from '#test/support/run-engine.ts';
import { privateHosts } from './refused-addresses.ts';

let inside: LocalServer;
let allowed: LocalServer;
let hub: TestApp;
let admin: TestPerson;
let ada: TestPerson;

const connect = (person: TestPerson, baseUrl: string, personal = true) =>
  ask<Connection & { code: string }>(person, {
    method: 'POST',
    url: '/api/connections',
    payload: { name: 'Mine', provider: 'openai', baseUrl, apiKey: 'sk-secret', personal },
  });

beforeAll(async () => {
  inside = await startLocalServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"data":[{"id":"inner"}]}');
  });
  allowed = await startLocalServer((_request, response) => {
    response.writeHead(307, { location: `${inside.url}/v1/models` }).end();
  });
  hub = await buildTestApp({
    variables: {
      OPENAI_BASE_URL: `${inside.url}/v1`,
      HUB_LOCAL_MODELS: 'on',
      HUB_EGRESS_ALLOW: `${allowed.entry},localhost:3000`,
    },
  });
  admin = await hub.createPerson();
  ada = await hub.createPerson();
});
afterAll(async () => {
  await hub.close();
  await Promise.all([inside.close(), allowed.close()]);
});

describe('a person’s own connection', () => {
  test('is refused where tools may not go, when it is saved and when it is moved', async () => {
    const { body: own } = await connect(ada, `${allowed.url}/v1`);
    const addresses = [
      ...privateHosts.map((host) => `http://${host}/v1`),
      ...[11434, 1234, 8000, 8080].map((port) => `http://127.0.0.1:${port}/v1`),
      // What the environment names is for the hub's own traffic to models.
      `${inside.url}/v1`,
      // The hub itself, also where its tools may go there: its agents would call each other without end.
      'http://localhost:3000/v1',
    ];
    for (const baseUrl of addresses) {
      const made = await connect(ada, baseUrl);
      const payload = { baseUrl, apiKey: 'sk-secret' };
      const moved = await ask(ada, { method: 'PATCH', url: `/api/connections/${own.id}`, payload });
      const codes = [made.status, made.body.code, moved.status, moved.body.code];
      expect([baseUrl, ...codes]).toEqual([
        baseUrl,
        400,
        expect.stringMatching(/egress_refused|validation_failed/),
        400,
        expect.anything(),
      ]);
    }
    expect((await connect(admin, `${inside.url}/v1`, false)).status).toBe(201);
  });

  test.each([
    ['leads inside by now', () => `${inside.url}/v1`],
    ['redirects inside', () => `${allowed.url}/v1`],
  ])('that %s is asked nothing, neither for its models nor in a run', async (_name, toBaseUrl) => {
    const { body: own } = await connect(ada, `${allowed.url}/v1`);
    const { prisma } = hub.services.database;
    await prisma.connection.update({ where: { id: own.id }, data: { baseUrl: toBaseUrl() } });
    await ask(ada, { method: 'PATCH', url: `/api/connections/${own.id}`, payload: { name: 'Read anew' } });
    const before = inside.requests.length;
    const tested = await ask<ConnectionTest>(ada, { method: 'POST', url: `/api/connections/${own.id}/test` });
    expect(tested.body).toMatchObject({ works: false, detail: expect.stringContaining('does not connect to') });
    const inChinese = {
      method: 'POST',
      url: `/api/connections/${own.id}/test`,
      headers: { 'accept-language': 'zh-CN' },
    } as const;
    expect((await ask<ConnectionTest>(ada, inChinese)).body.detail).toContain('中枢不会连接');
    const agent = await createAgent(ada, { name: 'Helper', definition: { model: { wishes: [`${own.id}/inner`] } } });
    const { run } = await startRun(ada, agent.id, { input: 'Go' });
    expect([run.status, run.error?.detail]).toEqual(['failed', expect.stringContaining('does not connect to')]);
    expect(inside.requests.slice(before)).toEqual([]);
  });
});
