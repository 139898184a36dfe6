import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { runHubCommand } from '#test/support/run-hub-command.ts';

let hub: TestApp;
let administrator: TestPerson;
const run = (...parameters: string[]) => runHubCommand(parameters, { HUB_DATA_DIR: hub.dataFolder });
const makeKey = (email: string, ...more: string[]) =>
  run('key', 'create', '--user', email, '--name', 'CI', '--scopes', 'agents:read,runs:write', ...more);
const listAgents = (key: string) => hub.injectWithKey(key, { method: 'GET', url: '/api/agents' });

beforeAll(async () => {
  hub = await buildTestApp({ openDatabase: createTestDatabase });
  administrator = await hub.createPerson({ role: 'administrator' });
});
afterAll(() => hub.close());

describe('the command line, while the hub runs', () => {
  test('adds a person who can sign in at once', async () => {
    const made = await run(
      ...['user', 'create', '--email', 'Ada@example.org', '--password', 'long enough 1', '--role', 'creator'],
    );
    expect(made).toEqual({ status: 0, printed: ['ada@example.org can sign in now, as creator.'], said: [] });
    const payload = { email: 'ada@example.org', password: 'long enough 1' };
    const signedIn = await hub.app.inject({ method: 'POST', url: '/api/session', payload });
    expect(signedIn.json()).toMatchObject({ person: { name: 'Ada', role: 'creator' } });
  });

  test('prints a link with which a person sets a new password', async () => {
    const { status, printed } = await run('user', 'reset-password', '--email', 'Ada@example.org');
    expect({ status, lines: printed.length }).toEqual({ status: 0, lines: 1 });
    const [address, token] = printed[0]?.split('/new-password/') ?? [];
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const payload = { token, password: 'quite another sentence' };
    const accepted = await hub.app.inject({ method: 'POST', url: '/api/password-resets/accept', payload });
    expect(accepted.json()).toMatchObject({ person: { email: 'ada@example.org' } });
  });

  test('prints a key and nothing else, and the hub takes it', async () => {
    const { status, printed, said } = await makeKey('ada@example.org', '--expires', '2099-01-01');
    expect({ status, said, lines: printed.length }).toEqual({ status: 0, said: [], lines: 1 });
    expect((await listAgents(printed[0] ?? '')).statusCode).toBe(200);
  });

  test('tells the audit what it did', async () => {
    const audit = await administrator.inject({ url: '/api/audit' });
    const doneTo = { name: 'Ada' };
    expect(audit.json()).toMatchObject({
      items: [
        { kind: 'key-create', actor: null, target: doneTo, detail: { scopes: 'agents:read, runs:write' } },
        { kind: 'password-link', actor: null, address: null, target: doneTo },
        { kind: 'person-create', actor: null, target: doneTo, detail: { role: 'creator' } },
      ],
    });
  });

  test('binds a key to agents that its person can use', async () => {
    for (const name of ['First', 'Second']) {
      await administrator.inject({ method: 'POST', url: '/api/agents', payload: { name } });
    }
    const bound = await makeKey(administrator.email, '--agents', 'first');
    const agents = (await listAgents(bound.printed[0] ?? '')).json<{ items: { handle: string }[] }>();
    expect(agents.items.map(({ handle }) => handle)).toEqual(['first']);
    expect(await makeKey('ada@example.org', '--agents', 'first')).toEqual({
      status: 1,
      printed: [],
      said: ['There is no agent "first" that you can use.'],
    });
  });

  test.each([
    [
      'an address that is taken',
      ['user', 'create', '--email', 'ada@example.org', '--password', 'long enough 1', '--role', 'member'],
      /already has a place/,
    ],
    [
      'a short password',
      ['user', 'create', '--email', 'b@example.org', '--password', 'short', '--role', 'member'],
      /^--password: Use at least 10/,
    ],
    [
      'a role that is none',
      ['user', 'create', '--email', 'b@example.org', '--password', 'long enough 1', '--role', 'king'],
      /administrator, creator, member/,
    ],
    ['a missing option', ['user', 'create', '--email', 'b@example.org'], /required option '--password/],
    [
      'a new password for an unknown person',
      ['user', 'reset-password', '--email', 'x@example.org'],
      /no person with the address/,
    ],
    [
      'an unknown person',
      ['key', 'create', '--user', 'x@example.org', '--name', 'x', '--scopes', 'runs:write'],
      /no person with the address/,
    ],
    [
      'an unknown scope',
      ['key', 'create', '--user', 'ada@example.org', '--name', 'x', '--scopes', 'runs:read'],
      /^--scopes: /,
    ],
    [
      'the scope admin for a creator',
      ['key', 'create', '--user', 'ada@example.org', '--name', 'x', '--scopes', 'admin'],
      /administrator/,
    ],
    [
      'a day that is none',
      ['key', 'create', '--user', 'ada@example.org', '--name', 'x', '--scopes', 'runs:write', '--expires', 'soon'],
      /2027-01-01/,
    ],
    [
      'a day that is past',
      [
        'key',
        'create',
        '--user',
        'ada@example.org',
        '--name',
        'x',
        '--scopes',
        'runs:write',
        '--expires',
        '2020-01-01',
      ],
      /still to come/,
    ],
    ['an unknown command', ['usr'], /unknown command 'usr'/],
  ])('refuses %s with a sentence', async (_case, parameters, sentence) => {
    const { status, printed, said } = await run(...parameters);
    expect({ status, printed }).toEqual({ status: 1, printed: [] });
    expect(said[0]).toMatch(sentence);
    expect(said.join('\n')).not.toMatch(/\n\s+at /);
  });
});

describe('the command line, before the first start', () => {
  test('makes the data folder, a person and a key', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-command-'));
    const variables = { HUB_DATA_DIR: join(dataFolder, 'new') };
    const user = ['--email', 'ada@example.org', '--password', 'long enough 1', '--role', 'administrator'];
    expect(await runHubCommand(['user', 'create', ...user], variables)).toMatchObject({ status: 0, said: [] });
    const key = ['--user', 'ada@example.org', '--name', 'first', '--scopes', 'admin'];
    const made = await runHubCommand(['key', 'create', ...key], variables);
    expect(made.printed.join()).toMatch(/^atr_\w{30,}$/);
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test('says which variables are wrong', async () => {
    const variables = { HUB_DATA_DIR: '/nowhere', PORT: 'abc' };
    const { status, said } = await runHubCommand(['backup'], variables);
    expect(status).toBe(1);
    expect(said.join('\n')).toContain('PORT');
  });
});
