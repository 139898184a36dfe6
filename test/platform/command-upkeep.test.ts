import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionTest } from '#server/contract/model.ts';
import { createAgent } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { createTrigger, postHook, signedHook } from '#test/support/hub-triggers.ts';
import { untilEnded } from '#test/support/run-engine.ts';
import { runHubCommand } from '#test/support/run-hub-command.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

let hub: TestApp;
let ada: TestPerson;
let model: ScriptedModel;
let folder: string;
const run = (parameters: string[], variables: NodeJS.ProcessEnv = {}) =>
  runHubCommand(parameters, { HUB_DATA_DIR: hub.dataFolder, HUB_EGRESS_ALLOW: new URL(model.url).host, ...variables });
const doctor = async (variables: NodeJS.ProcessEnv = {}) => {
  const { status, printed } = await run(['doctor'], variables);
  return { status, text: printed.join('\n') };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-doctor-'));
  model = await createScriptedModel({ models: ['test-model'] });
  hub = await buildTestApp({
    openDatabase: createTestDatabase,
    variables: { HUB_EGRESS_ALLOW: new URL(model.url).host },
  });
  ada = await hub.createPerson();
  const payload = { name: 'Mine', provider: 'openai', baseUrl: `${model.url}/v1`, apiKey: 'sk-sealed' };
  const made = await ada.inject({ method: 'POST', url: '/api/connections', payload });
  expect(made.statusCode, made.body).toBe(201);
});
afterAll(async () => {
  await model.close();
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('secrets rotate, while the hub runs', () => {
  const readSecret = async () => (await hub.services.database.prisma.connection.findFirstOrThrow()).secret;

  test('seals every provider key anew, and the hub goes on opening and sealing them', async () => {
    const before = await readSecret();
    const { status, printed } = await run(['secrets', 'rotate']);
    expect({ status, printed }).toEqual({
      status: 0,
      printed: [expect.stringMatching(/^The new key is (k_\w+); 1 sealed secret is under it\.$/)],
    });
    const file = readFileSync(join(hub.dataFolder, 'secrets.json'), 'utf8');
    const { currentKeyId } = JSON.parse(file) as { currentKeyId: string };
    expect(before).not.toContain(currentKeyId);
    expect(await readSecret()).toContain(`.${currentKeyId}.`);
    const audit = await ada.inject({ url: '/api/audit?kind=secrets-rotate' });
    expect(audit.json()).toMatchObject({ items: [{ actor: null, target: null, detail: { count: 1 } }] });

    const tested = await ada.inject({ method: 'POST', url: '/api/connections/mine/test' });
    expect(tested.json<ConnectionTest>()).toMatchObject({ works: true, models: ['test-model'] });
    expect(model.requests.at(-1)?.headers.authorization).toBe('Bearer sk-sealed');
    await ada.inject({ method: 'PATCH', url: '/api/connections/mine', payload: { apiKey: 'sk-other' } });
    expect(await readSecret()).toContain(`.${currentKeyId}.`);
  });

  test('seals the secrets of triggers and the addresses of RPCs anew, and webhooks are still taken', async () => {
    const agent = (await createAgent(ada)).handle;
    const callbackUrl = 'https://example.org/ends';
    const trigger = await createTrigger(ada, { agent, webhook: {}, callbackUrl });
    const { prisma } = hub.services.database;
    const secret = hub.services.secrets.seal('https://rpc.example/key', 'chain-endpoint:one:url');
    await prisma.chainEndpoint.create({ data: { id: 'one', chainId: 1n, secret } });
    const { printed } = await run(['secrets', 'rotate']);
    expect(printed.at(-1)).toMatch(/; 4 sealed secrets are under it\.$/);
    const { currentKeyId } = JSON.parse(readFileSync(join(hub.dataFolder, 'secrets.json'), 'utf8')) as {
      currentKeyId: string;
    };
    const stored = await prisma.trigger.findUniqueOrThrow({ where: { id: trigger.id } });
    const endpoint = await prisma.chainEndpoint.findUniqueOrThrow({ where: { id: 'one' } });
    for (const sealed of [stored.webhookSecret, stored.callbackSecret, endpoint.secret])
      expect(sealed).toContain(`.${currentKeyId}.`);
    const taken = await postHook(hub, trigger.id, signedHook(trigger.secrets.webhook ?? '', {}));
    expect(taken.status).toBe(202);
    await untilEnded(ada, taken.body.run ?? '');
  });
});

describe('the doctor', () => {
  test('finds nothing wrong with a hub that runs, and leaves people’s own connections to them', async () => {
    const payload = { name: 'A private one', provider: 'openai', personal: true, apiKey: 'sk-private' };
    expect((await ada.inject({ method: 'POST', url: '/api/connections', payload })).statusCode).toBe(201);
    const { status, text } = await doctor();
    expect(text).toContain(`process ${process.pid} runs on it`);
    expect(text).toMatch(/Database: PostgreSQL [\d.]+ \(embedded\) answers and has pgvector/);
    expect(text).toContain('migrations applied');
    expect(text).toMatch(/ok {5}Model connection Mine: .* answers: 1 model/);
    expect(text).not.toContain('A private one');
    expect(text).toMatch(/Nothing is wrong\.$/);
    expect(status).toBe(0);
  });

  test('finds nothing wrong with an empty place, and makes nothing there', async () => {
    const dataFolder = join(folder, 'none');
    const { status, text } = await doctor({ HUB_DATA_DIR: dataFolder });
    expect(status, text).toBe(0);
    expect(() => readFileSync(dataFolder)).toThrow('ENOENT');
  });

  test('sees a provider that does not answer', async () => {
    const { status, text } = await doctor({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_API_KEY: 'x' });
    expect(status).toBe(1);
    expect(text).toMatch(/WRONG {2}Model connection OpenAI \(environment\)/);
    expect(text).toMatch(/1 thing is wrong\.$/);
  });

  test('sees secrets that others can read, and leaves them as they are', async () => {
    const file = join(hub.dataFolder, 'secrets.json');
    chmodSync(file, 0o644);
    const { status, text } = await doctor();
    chmodSync(file, 0o600);
    expect(status).toBe(1);
    expect(text).toContain(`can be read by others (mode 644).\n       Run: chmod 600 ${file}`);
  });

  test('sees a port that is taken', async () => {
    const server = await new Promise<Server>((resolve) => {
      const taken = createServer().listen(0, '127.0.0.1', () => resolve(taken));
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { status, text } = await doctor({ HUB_DATA_DIR: join(folder, 'none'), PORT: String(port) });
    server.close();
    expect(status).toBe(1);
    expect(text).toContain(`127.0.0.1:${port} is taken by another program.`);
  });

  test('sees a database server that cannot be reached', async () => {
    const { status, text } = await doctor({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' });
    expect(status).toBe(1);
    expect(text).toMatch(/WRONG {2}Database: .*ECONNREFUSED/);
  });

  test('sees a data folder that is a file, and variables that are wrong', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect((await doctor({ HUB_DATA_DIR: file })).text).toContain('is no folder');
    const { text } = await doctor({
      HUB_URL: 'nonsense',
      PORT: 'banana',
      DATABASE_URL: 'mysql://nobody@127.0.0.1/none',
    });
    expect(text).toContain('HUB_URL: Write an address');
    expect(text).toContain('PORT: Write a number');
    expect(text).toContain('DATABASE_URL: Write postgresql://');
  });

  test('takes a variable that is empty for one that is not set', async () => {
    const empty = { HUB_URL: '', HOST: '', HUB_LOG: '', HUB_RPC_URLS: '', HUB_WAIT_HOURS: '', OPENAI_BASE_URL: '' };
    expect((await doctor(empty)).text).toContain('Environment: every variable can be read');
  });
});
