import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chain } from '#server/contract/chain.ts';
import type { ContractAudit } from '#server/contract/contract-audit.ts';
import type { AuditEntry } from '#server/contract/audit.ts';
import type { Devnet, DevnetPayment, DevnetSource } from '#server/contract/devnet.ts';
import type { Problem } from '#server/contract/problem.ts';
import { ask } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { openChainFaults } from '#test/support/chain-faults.ts';
import { callTool } from '#test/support/hub-toolsets.ts';
import { type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { layDevnet } from '#test/support/seeded-devnet.ts';
import { alice } from '#test/support/scripted-tokens.ts';

let hub: TestApp;
let boss: TestPerson;
let playnet: ScriptedRpc;
let ethereum: ScriptedRpc;
let faults: Awaited<ReturnType<typeof openChainFaults>>;

beforeAll(async () => {
  const balances = { [alice.toLowerCase()]: 5n };
  [playnet, ethereum, faults] = await Promise.all([
    startScriptedRpc({ chainId: 31_337, balances }),
    startScriptedRpc({ chainId: 1, balances }),
    openChainFaults(),
  ]);
  const allowed = [...[playnet, ethereum].map(({ url }) => new URL(url).host), ...faults.hosts];
  hub = await buildTestApp({ variables: { HUB_EGRESS_ALLOW: allowed.join(',') } });
  boss = await hub.createPerson({ name: 'Boss' });
});
afterAll(async () => {
  await Promise.all([hub.close(), playnet.close(), ethereum.close(), faults.close()]);
});

const newChain = (changes: object = {}) => ({
  id: 31_337,
  slug: 'playnet',
  name: 'Playnet',
  explorerUrl: 'https://explorer.example.org/',
  nativeCurrency: { name: 'Play', symbol: 'PLAY' },
  url: `${playnet.url}/key-5ecret`,
  ...changes,
});
const list = async (query = '') => (await ask<{ items: Chain[] }>(boss, { url: `/api/chains${query}` })).body.items;
const find = async (slug: string, query = '') => (await list(query)).find((chain) => chain.slug === slug);
const post = <Body>(url: string, payload: object) => ask<Body>(boss, { method: 'POST', url, payload });
const readBalance = async (chain: string) => (await callTool(boss, 'token-balance', { chain, address: alice })).body;

describe('the chains of a hub', () => {
  test('are eight from the beginning, each with public endpoints, and one that the hub runs', async () => {
    const chains = await list();
    expect(chains.at(-1)).toMatchObject({ slug: 'devnet', isTestnet: true, endpoints: [{ origin: 'hub' }] });
    const others = chains.slice(0, -1);
    expect(others.every(({ isTestnet }) => !isTestnet)).toBe(true);
    expect(others.map(({ slug, origin }) => `${slug} ${origin}`)).toEqual(
      ['ethereum', 'base', 'arbitrum', 'optimism', 'polygon', 'bsc', 'avalanche', 'gnosis'].map(
        (one) => `${one} known`,
      ),
    );
    for (const { endpoints } of others) {
      expect(endpoints.length).toBeGreaterThan(1);
      for (const endpoint of endpoints)
        expect(endpoint).toMatchObject({ origin: 'public', state: 'unchecked', calls: [] });
    }
  });

  test.each([
    [
      'answers for another chain',
      () => newChain({ id: 31_338 }),
      'validation_failed',
      /answers for chain 31337, not 31338/,
    ],
    ['may not be reached', () => newChain({ url: 'http://127.0.0.1:9' }), 'egress_refused', /HUB_EGRESS_ALLOW/],
    ['is of a chain that is there', () => newChain({ id: 1 }), 'conflict', /already reads Ethereum/],
    ['has the name of another', () => newChain({ slug: 'base' }), 'conflict', /Another chain is called .*base/],
    ['is no address', () => newChain({ url: 'ws://rpc.example' }), 'validation_failed', /url/],
  ])('do not take one whose endpoint %s', async (_, payload, code, message) => {
    const { body } = await post<Problem>('/api/chains', payload());
    expect(body).toMatchObject({ code });
    expect(JSON.stringify(body)).toMatch(message);
    expect(await find('playnet')).toBeUndefined();
  });

  test('say what is wrong with an endpoint that is no RPC', async () => {
    playnet.setMode('shows a page');
    const { status, body } = await post<Problem>('/api/chains', newChain());
    playnet.setMode('answers');
    expect([status, body.detail]).toEqual([400, expect.stringContaining('answers with a page instead of JSON')]);
    expect(body.errors).toMatchObject([{ path: 'body.url' }]);
  });

  test('take another one, which agents read from then on, and keep its address to themselves', async () => {
    const { status, body } = await post<Chain>('/api/chains', newChain());
    expect([status, body]).toMatchObject([
      201,
      {
        id: 31_337,
        origin: 'stored',
        hasMulticall: false,
        explorerUrl: 'https://explorer.example.org',
        nativeCurrency: { symbol: 'PLAY', decimals: 18 },
        endpoints: [{ host: new URL(playnet.url).host, origin: 'stored', state: 'well', blockNumber: '21000000' }],
      },
    ]);
    expect(await readBalance('playnet')).toMatchObject({
      output: {
        balance: '0.000000000000000005 PLAY',
        warnings: [expect.stringContaining('The newest block that the RPCs of Playnet have is ')],
        explorerUrl: `https://explorer.example.org/address/${alice}`,
      },
    });
    expect((await callTool(boss, 'read-block', { chain: 'playnet', block: 20_999_999 })).body).toMatchObject({
      isError: false,
      output: { block: { chainId: 31_337, number: '20999999' }, warnings: [] },
      sources: [{ title: 'Playnet: block 20999999' }],
    });
    expect((await callTool(boss, 'token-facts', { chain: 'playnet', token: 'USDC' })).body).toMatchObject({
      isError: true,
      output: { error: expect.stringContaining("Give the token's contract address.") },
    });
    const tools = await boss.inject({ url: '/api/tools' });
    expect(tools.body).toContain('"gnosis","devnet","playnet"');
    const stored = JSON.stringify(await hub.services.database.prisma.chainEndpoint.findMany(), (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    for (const text of [stored, JSON.stringify(body), JSON.stringify(await list())])
      expect(text).not.toContain('5ecret');
  });

  test('count what each endpoint was asked, for administrators and in the metrics', async () => {
    const calls = (await find('playnet'))?.endpoints[0]?.calls ?? [];
    expect(calls).toContainEqual({ method: 'eth_getBalance', calls: 1, failed: 0 });
    const metrics = (await hub.app.inject({ url: '/metrics' })).body;
    const { host } = new URL(playnet.url);
    expect(metrics).toContain(
      `atrium_rpc_calls_total{chain="playnet",endpoint="${host}",method="eth_getBalance",outcome="answered"} 1`,
    );
    expect(metrics).toMatch(/atrium_chain_reads_total\{chain="playnet",from="rpc"\} \d/);
    expect(metrics).not.toContain('5ecret');
  });

  test('take further endpoints of one that the hub knows, before its public ones', async () => {
    const wrong = await post<Problem>('/api/chains/1/endpoints', { url: playnet.url });
    expect(wrong.body).toMatchObject({
      code: 'validation_failed',
      detail: expect.stringContaining('answers for chain 31337, not 1'),
    });
    const { status, body } = await post<Chain>('/api/chains/1/endpoints', { url: ethereum.url });
    expect([status, body.endpoints.map(({ origin }) => origin)]).toEqual([
      201,
      ['stored', 'public', 'public', 'public'],
    ]);
    const url = `/api/chains/1/endpoints/${body.endpoints[0]?.id}`;
    expect((await ask(boss, { method: 'DELETE', url })).status).toBe(204);
    expect((await find('ethereum'))?.endpoints).toHaveLength(3);
  });

  test('are changed and removed where they were added, and only there', async () => {
    const change = (url: string, payload: object) => ask<Chain & Problem>(boss, { method: 'PATCH', url, payload });
    expect((await change('/api/chains/31337', { name: 'Play money' })).body).toMatchObject({ name: 'Play money' });
    expect((await change('/api/chains/31337', { name: 'Gnosis' })).body).toMatchObject({ code: 'conflict' });
    expect((await change('/api/chains/1', { name: 'Mine' })).body).toMatchObject({ code: 'conflict' });
    expect((await change('/api/chains/5', { name: 'Mine' })).status).toBe(404);
    const remove = async (url: string) => (await ask<Problem | null>(boss, { method: 'DELETE', url })).status;
    const only = (await find('playnet'))?.endpoints[0]?.id ?? '';
    expect(await remove(`/api/chains/31337/endpoints/${only}`)).toBe(409);
    expect(await remove('/api/chains/1/endpoints/public-1')).toBe(409);
    expect(await remove('/api/chains/1/endpoints/nothing')).toBe(404);
    expect(await remove('/api/chains/1')).toBe(409);
    expect(await remove('/api/chains/31337')).toBe(204);
    expect(await find('playnet')).toBeUndefined();
    expect(JSON.stringify(await readBalance('playnet'))).toContain('validation_failed');
  });
});

test('a tool says what each fault of an RPC and of a token is, and answers when it is over', async () => {
  const listed = faults.list({
    send: async <Answer>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, { body }: { body?: object } = {}) =>
      (await ask<Answer>(boss, { method, url, ...(body && { payload: body }) })).body,
    callTool: async (tool, input) => JSON.stringify((await callTool(boss, tool, input)).body.output),
  });
  expect(listed).toHaveLength(10);
  for (const { name, prepare, cause, clear, again, answered } of listed) {
    await prepare?.();
    const said = cause(true);
    if (name === 'an RPC that hangs') {
      const asked = [hub.app.inject({ url: '/health/ready' }), boss.inject({ url: '/api/session' })];
      const others = Promise.all(asked).then((answers) => answers.map(({ statusCode }) => statusCode));
      expect(await Promise.race([others, said]), 'others are answered first').toEqual([200, 200]);
    }
    expect(await said, name).toMatch(clear);
    expect(await again(), name).toMatch(answered);
  }
}, 60_000);

describe('the devnet of a hub', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await layDevnet(hub.dataFolder);
  }, 600_000);
  const readDevnet = async () => (await ask<Devnet>(boss, { url: '/api/chains/devnet' })).body;
  const change = (act: string) => post<Devnet>(`/api/chains/devnet/${act}`, {});

  test('stands still until an agent reads it, which is told that it is no real money', async () => {
    const { accounts, contracts, ...still } = await readDevnet();
    expect(still).toMatchObject({ chainId: 20_260_101, state: 'stopped', url: null, seeded: { blockNumber: 369 } });
    expect([accounts.length, contracts.length]).toEqual([40, 19]);
    const ada = accounts.find(({ label }) => label === 'Ada')?.address;
    const read = await callTool(boss, 'token-balance', { chain: 'devnet', address: ada, token: 'dusd' });
    expect(read.body).toMatchObject({
      output: {
        balance: expect.stringMatching(/^[\d.]+ DUSD$/),
        warnings: [],
        block: { chain: 'Devnet (no real money)', number: '369', hash: still.seeded?.blockHash },
      },
    });
    expect(await readDevnet()).toMatchObject({
      state: 'running',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(await find('devnet', '?check=20260101')).toMatchObject({ endpoints: [{ host: 'devnet', state: 'well' }] });
  });

  test('is stopped and reset by administrators alone, and each time it is kept who did it', async () => {
    const creator = await hub.createPerson({ name: 'Creator' });
    for (const act of ['start', 'stop', 'reset'])
      expect((await ask(creator, { method: 'POST', url: `/api/chains/devnet/${act}`, payload: {} })).status).toBe(403);
    expect((await change('stop')).body).toMatchObject({ state: 'stopped', url: null });
    expect(['starting', 'running']).toContain((await change('reset')).body.state);
    await expect.poll(async () => (await readDevnet()).state).toBe('running');
    const { body } = await ask<{ items: AuditEntry[] }>(boss, { url: '/api/audit' });
    expect(body.items.map(({ kind }) => kind).slice(0, 2)).toEqual(['devnet-reset', 'devnet-stop']);
  });

  test('makes a payment that an administrator asks for, with blocks on top of it', async () => {
    const [from, to] = (await readDevnet()).accounts.map(({ address }) => address);
    const payment = { from, to, amount: '1.5' };
    const made = await post<DevnetPayment>('/api/chains/devnet/payments', payment);
    expect(made).toMatchObject({ status: 201, body: { transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/) } });
    const seen = await callTool(boss, 'explain-transaction', { chain: 'devnet', hash: made.body.transaction });
    expect(JSON.stringify(seen.body)).toContain('1500000000000000000');
    expect(seen.body).toMatchObject({ output: { block: { number: String(made.body.blockNumber) } } });
    const { body } = await ask<{ items: AuditEntry[] }>(boss, { url: '/api/audit?limit=1' });
    expect(body.items).toMatchObject([{ kind: 'devnet-pay', detail: payment }]);
    expect((await change('reset')).status).toBeLessThan(300);
    await expect.poll(async () => (await readDevnet()).state).toBe('running');
  });

  test('shows what its contracts were made from', async () => {
    const { contracts } = await readDevnet();
    const pair = contracts.find(({ label }) => label === 'Garden pair')?.address ?? '';
    const { body } = await ask<DevnetSource>(boss, { url: `/api/chains/devnet/contracts/${pair.toLowerCase()}` });
    expect(body).toMatchObject({ contract: 'ExchangePair', file: 'exchange-pair.sol' });
    expect(Object.keys(body.sources).sort()).toEqual(['exchange-pair.sol', 'token.sol']);
    expect(body.abi).toContainEqual(expect.objectContaining({ type: 'event', name: 'Swap' }));
    const reserves = { chain: 'devnet', contract: pair, function: 'getReserves', block: 369 };
    expect((await callTool(boss, 'read-contract', reserves)).body).toMatchObject({
      isError: false,
      output: { contract: pair },
    });
    const nothing = await ask<Problem>(boss, { url: `/api/chains/devnet/contracts/${alice}` });
    expect(nothing).toMatchObject({ status: 404, body: { detail: expect.stringContaining(alice) } });
  });

  test('has no other endpoint and is not removed', async () => {
    const refused = await post<Problem>('/api/chains/20260101/endpoints', { url: playnet.url });
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('run by the hub') } });
    expect((await boss.inject({ method: 'DELETE', url: '/api/chains/20260101' })).statusCode).toBe(409);
  });

  test('has its contracts audited by their addresses, with their own sources', async () => {
    const { body: devnet } = await ask<Devnet>(boss, { url: '/api/chains/devnet' });
    const vault = devnet.contracts.find(({ label }) => label === 'Weak vault')?.address ?? '';
    const made = await post<ContractAudit>('/api/audits', { chain: 'devnet', address: vault });
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        title: 'WeakVault',
        report: {
          origin: { chain: 'devnet', address: vault, implementation: null, from: 'devnet' },
          missingImports: [],
          compilation: { status: 'done' },
        },
      },
    ]);
    expect(made.body.files.length).toBeGreaterThan(1);
    expect(made.body.report.findings.map(({ detector }) => detector)).toContain('reentrancy');
    const report = await boss.inject({ url: `/api/audits/${made.body.id}/report.md` });
    expect(report.body).toContain(`Verified source by devnet`);
    const called = await callTool(boss, 'audit-deployed-contract', { chain: 'devnet', contract: vault });
    expect(called.body).toMatchObject({ isError: false, output: { total: made.body.report.findings.length } });
    const nobody = await post<Problem>('/api/audits', { chain: 'devnet', address: alice });
    expect([nobody.status, nobody.body.errors]).toMatchObject([400, [{ path: 'address' }]]);
    for (const payload of [
      {},
      { chain: 'devnet' },
      { chain: 'devnet', address: vault, files: [{ path: 'a', content: '' }] },
    ])
      expect((await post<Problem>('/api/audits', payload)).body.errors).toMatchObject([
        { message: 'Give files, or a chain and an address.' },
      ]);
  });
});
