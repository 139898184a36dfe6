import { createPublicClient, getAddress, http, parseAbiItem } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChainIndex } from '#server/contract/chain-index.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { Problem } from '#server/contract/problem.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import {
  editions,
  feed,
  pool,
  sender,
  startMarketChain,
  toFeedAnswer,
  token,
  tokenA,
  tokenB,
} from '#test/support/market-chain.ts';
import { type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { layDevnet } from '#test/support/seeded-devnet.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';

/** Addresses are stored in lower case and shown with their checksums. */
const shown = (text: string) => (text.length === 42 ? getAddress(text) : text);

let hub: TestApp;
let boss: TestPerson;
let rpc: ScriptedRpc;
let liar: ScriptedRpc;
let bob: TestPerson;

beforeAll(async () => {
  rpc = await startMarketChain();
  liar = await startScriptedRpc({ chainId: 31_338, head: 20n, finalised: 1n });
  const allowed = [rpc, liar].map(({ url }) => new URL(url).host).join(',');
  hub = await buildTestApp({
    variables: { HUB_EGRESS_ALLOW: allowed, HUB_RPC_URLS: JSON.stringify({ ethereum: liar.url }) },
  });
  await layDevnet(hub.dataFolder);
  boss = await hub.createPerson();
  bob = await hub.createPerson();
}, 600_000);
afterAll(async () => {
  await hub.close();
  await Promise.all([rpc.close(), liar.close()]);
});

async function waitFor(id: string, isReady: (index: ChainIndex) => boolean): Promise<ChainIndex> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const index = (await bob.inject({ url: `/api/indexes/${id}` })).json<ChainIndex>();
    if (isReady(index)) return index;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The index did not come so far.');
}

/** Goes on at once, and not after a block's time. */
async function wake(id: string) {
  for (const state of ['paused', 'running'])
    await boss.inject({ method: 'PATCH', url: `/api/indexes/${id}`, payload: { state } });
}

async function run(person: TestPerson, sql: string): Promise<Execution & { values: unknown[][] }> {
  const started = await person.inject({ method: 'POST', url: '/api/executions', payload: { sql, waitSeconds: 30 } });
  let execution = started.json<Execution>();
  while (execution.state === 'running')
    execution = (await person.inject({ url: `/api/executions/${execution.id}?waitSeconds=30` })).json<Execution>();
  // What went wrong is seen where rows are expected.
  if (execution.state !== 'completed') return { ...execution, values: [[execution.state, execution.fault]] };
  const read = await person.inject({ url: `/api/executions/${execution.id}/rows` });
  return { ...execution, values: read.json<{ rows: unknown[][] }>().rows };
}

const listIndexes = async (person: TestPerson) =>
  (await person.inject({ url: '/api/indexes' })).json<{ items: ChainIndex[] }>().items;

describe('the devnet', () => {
  test('is indexed by itself when a query first asks for it', { timeout: 120_000 }, async () => {
    expect(await listIndexes(bob)).toEqual([]);
    const listed = await bob.inject({ url: '/api/tables' });
    const names = listed.json<{ items: { name: string }[] }>().items.map(({ name }) => name);
    expect(names).toContain('devnet.erc20_transfers');
    const { values, reads } = await run(bob, 'SELECT count(*), max(number) FROM devnet.blocks');
    const [index] = await listIndexes(bob);
    expect(index).toMatchObject({ chain: 'Devnet', state: 'running', fault: null, can: { edit: false } });
    expect(values).toEqual([[index?.blocksDone, index?.lastBlock]]);
    expect(reads).toMatchObject([{ table: 'devnet.blocks', range: `blocks 0–${index?.lastBlock}` }]);
  });

  test('is read once a fault of its index has passed', async () => {
    const fault = JSON.stringify({ en: 'It did not answer.', zh: '没有应答。' });
    await hub.services.database.pool.query('UPDATE chain_indexes SET fault = $1', [fault]);
    expect((await run(bob, 'SELECT count(*) > 0 FROM devnet.blocks')).values).toEqual([[true]]);
    expect((await listIndexes(bob))[0]?.fault).toBeNull();
  });

  test('holds what viem reads of it', { timeout: 60_000 }, async () => {
    const { url } = await hub.services.devnet.get();
    const client = createPublicClient({ transport: http(url ?? '') });
    const all = { fromBlock: 0n, toBlock: 'latest', strict: true } as const;
    const [last, logs, transfers, tiles] = await Promise.all([
      client.getBlock({ includeTransactions: false }),
      client.getLogs({ fromBlock: 0n, toBlock: 'latest' }),
      client.getLogs({ ...all, event: parseAbiItem('event Transfer(address indexed, address indexed, uint256)') }),
      client.getLogs({
        ...all,
        event: parseAbiItem('event Transfer(address indexed, address indexed, uint256 indexed)'),
      }),
    ]);
    const { values } = await run(
      bob,
      `SELECT (SELECT count(*) FROM devnet.logs), (SELECT count(*) FROM devnet.erc721_transfers),
        (SELECT hash FROM devnet.blocks ORDER BY number DESC LIMIT 1), (SELECT count(*) FROM devnet.transactions WHERE NOT success)`,
    );
    expect(values).toEqual([[logs.length, tiles.length, last.hash, 9]]);
    const sums = await run(
      bob,
      'SELECT contract_address, count(*), sum(value) FROM devnet.erc20_transfers WHERE value < 10::HUGEINT ** 36 GROUP BY 1 ORDER BY 1',
    );
    const small = transfers.filter(({ args }) => args[2] < 10n ** 36n);
    const expected = [...new Set(small.map(({ address }) => address.toLowerCase()))].sort().map((address) => {
      const group = small.filter((one) => one.address.toLowerCase() === address);
      return [getAddress(address), group.length, group.reduce((sum, { args }) => sum + args[2], 0n).toString()];
    });
    expect(sums.values).toEqual(expected);
    expect(sums.fault).toBeNull();

    const [busiest = ''] = small.map(({ args }) => args[0]);
    const sent = small.filter(({ args }) => args[0] === busiest).length;
    await uploadDataset(bob.inject, 'friends.csv', `who,friend\n${busiest},yes\n`);
    const from = 'FROM devnet.erc20_transfers WHERE value < 10::HUGEINT ** 36 AND';
    for (const found of [
      await run(bob, `SELECT count(*) ${from} "from" = '${busiest}'`),
      await run(bob, `SELECT count(*) ${from} "from" = '${busiest.toLowerCase()}'`),
      await run(bob, `SELECT count(*) ${from} "from" IN (SELECT who FROM friends)`),
      await run(bob, `SELECT count(*) ${from} "from" = '${busiest}' AND EXISTS (SELECT 1 FROM friends)`),
    ])
      expect(found.values).toEqual([[sent]]);
  });
});

describe('an index', { timeout: 60_000 }, () => {
  let index: ChainIndex;
  const create = (person: TestPerson, payload: object) =>
    person.inject({ method: 'POST', url: '/api/indexes', payload });

  test('is made by administrators, of a chain that is there, once', async () => {
    const chain = {
      id: 31_337,
      slug: 'playnet',
      name: 'Playnet',
      explorerUrl: 'https://explorer.example.org',
      nativeCurrency: { name: 'Play', symbol: 'PLAY' },
      url: rpc.url,
    };
    await boss.inject({ method: 'POST', url: '/api/chains', payload: chain });
    const contracts = [
      { name: 'coin', address: token, abi: 'event Transfer(address indexed from, address indexed to, uint256 amount)' },
      // Of the same signature, but nothing is indexed: it does not fit what is logged.
      {
        name: 'unfit',
        address: editions,
        abi: 'event TransferSingle(address operator, address from, address to, uint256 id, uint256 value)',
      },
    ];
    const wanted = { chain: 'playnet', fromBlock: 990, contracts, parts: ['transactions', 'logs', 'traces'] };
    expect((await create(bob, wanted)).statusCode).toBe(403);
    expect((await create(boss, { chain: 'nowhere' })).json<Problem>().errors?.[0]?.path).toBe('chain');
    expect((await create(boss, { ...wanted, toBlock: 3 })).statusCode).toBe(400);
    expect((await create(boss, { ...wanted, fromBlock: 2_000 })).json<Problem>().errors?.[0]?.path).toBe(
      'body.fromBlock',
    );
    expect((await create(boss, { ...wanted, contracts: [...contracts, ...contracts] })).statusCode).toBe(400);
    const made = await create(boss, wanted);
    expect(made.statusCode).toBe(201);
    index = made.json<ChainIndex>();
    expect((await create(boss, wanted)).statusCode).toBe(409);
    const key = await bob.createKey(['agents:read']);
    expect((await hub.injectWithKey(key.key, { url: '/api/indexes' })).statusCode).toBe(403);
  });

  test('follows the head, and has a contract’s own events', async () => {
    index = await waitFor(index.id, ({ lastBlock }) => lastBlock === 1_012);
    expect(index).toMatchObject({
      blocksDone: 23,
      blocksLeft: 0,
      logs: 32,
      transactions: 23,
      missingParts: [],
      fault: null,
      finalBlock: 1_000,
    });
    const { values } = await run(
      bob,
      'SELECT count(*), sum(amount), max(amount_text) FROM playnet.coin_transfer JOIN playnet.blocks ON number = block_number WHERE is_final',
    );
    expect(values).toEqual([[11, '10945', null]]);
  });

  test('decodes editions, swaps, prices and calls as they were encoded', async () => {
    const editionRows = await run(
      bob,
      'SELECT batch_index, operator, "from", "to", token_id, value, value_text FROM playnet.erc1155_transfers ORDER BY evt_index, batch_index',
    );
    const people = [shown(sender), shown(tokenA), shown(tokenB)];
    expect(editionRows.values).toEqual([
      [0, ...people, String(2n ** 255n), '7', null],
      [0, ...people, '5', '1', null],
      [1, ...people, '6', null, String(2n ** 200n)],
    ]);
    const unfit = `SELECT (SELECT count(*) FROM playnet.unfit_transfersingle), count(*) FROM playnet.logs WHERE contract_address = '${editions}'`;
    expect((await run(bob, unfit)).values).toEqual([[0, 2]]);
    expect(index.unfit).toEqual([{ table: 'unfit_transfersingle', logs: 1 }]);
    const swaps = await run(bob, 'SELECT * EXCLUDE (block_time, block_number, tx_hash, evt_index) FROM playnet.swaps');
    expect(swaps.values).toEqual([
      [pool, 'uniswap-v3', sender, tokenB, tokenB, '2500000000', tokenA, '1000000000000000000'].map(shown),
    ]);
    const hours = await run(
      bob,
      "SELECT source, base, open, high, low, close, updates FROM playnet.prices_hourly WHERE source = 'feed' ORDER BY hour",
    );
    const price = (whole: string) => `${whole}${'0'.repeat(10)}`;
    const carried = [
      '-0.000000010000000000',
      '-0.000000010000000000',
      '-0.000000010000000000',
      '-0.000000010000000000',
    ];
    expect(hours.values).toEqual([
      ['feed', 'ETH / USD', price('2500.12345678'), price('2500.12345678'), '-0.000000010000000000', carried[0], 2],
      ['feed', 'ETH / USD', ...carried, 0],
      ['feed', 'ETH / USD', ...Array.from({ length: 4 }, () => price('2600.00000000')), 1],
    ]);
    const others = await run(
      bob,
      `SELECT (SELECT base || ' ' || quote || ' ' || round(price, 6) FROM playnet.prices WHERE source = 'pool-v3'), (SELECT count(*) FROM playnet.traces
        WHERE "to" = '${token}' AND value = 5), (SELECT count(*) FROM playnet.tokens WHERE decimals = 77 AND length(name) = 64)`,
    );
    expect(others.values).toEqual([[`${shown(tokenA)} ${shown(tokenB)} 2500.000000`, 23, 3]]);
  });

  test('undoes twelve blocks that the chain undoes', async () => {
    rpc.state.branch = 'b2';
    rpc.state.head = 1_013n;
    await wake(index.id);
    index = await waitFor(index.id, ({ lastBlock }) => lastBlock === 1_013);
    expect(index.lastReorganisation).toMatchObject({ depth: 12, ancestor: 1_000 });
    const { values } = await run(
      bob,
      `SELECT count(*), count(DISTINCT number), count(*) FILTER (hash LIKE '0xb2%'), (SELECT count(DISTINCT tx_hash) FROM playnet.erc20_transfers
        WHERE block_number > 1000), (SELECT sum(change) FROM playnet.balances_daily WHERE address LIKE '%2' AND contract_address = '${token}')
        FROM playnet.blocks`,
    );
    expect(values).toEqual([[24, 24, 13, 13, String(((990 + 1_013) * 24) / 2)]]);
  });

  test('says what is wrong with its RPC, keeps what it has, and goes on by itself', async () => {
    rpc.state.head = 1_020n;
    for (const [mode, words] of [
      ['limits', /Playnet.*asks for fewer calls \(HTTP 429, again in 1 s\)/],
      ['shows a page', /Playnet.*page instead of JSON/],
      ['breaks off', /Playnet.*broke off in the middle/],
    ] as const) {
      rpc.setMode(mode);
      await wake(index.id);
      const stuck = await waitFor(index.id, ({ fault }) => words.test(fault?.en ?? ''));
      expect(stuck).toMatchObject({ state: 'running', lastBlock: 1_013 });
      const begun = performance.now();
      expect((await bob.inject({ url: '/api/agents' })).statusCode).toBe(200);
      expect(performance.now() - begun).toBeLessThan(2_000);
    }
    expect((await run(bob, 'SELECT count(*) FROM playnet.erc20_transfers')).values).toEqual([[27]]);
    rpc.setMode('answers');
    index = await waitFor(index.id, ({ lastBlock }) => lastBlock === 1_020);
    expect(index.fault).toBeNull();
  });

  test('undoes nothing for an RPC that is behind, or tells another chain', async () => {
    const before = index.lastReorganisation;
    rpc.state.head = 1_010n;
    await wake(index.id);
    const behind = await waitFor(index.id, ({ fault }) => fault !== null);
    expect(behind.fault?.en).toBe(
      'The RPCs of Playnet are behind: they have block 1010, and 1020 is indexed. Nothing is lost; it goes on when they have caught up.',
    );
    rpc.state.head = 1_022n;
    Object.assign(rpc.state, { finalised: 900n, branch: 'dd' });
    await wake(index.id);
    const contradicted = await waitFor(index.id, ({ fault }) => fault?.en.includes('another chain') ?? false);
    expect(contradicted).toMatchObject({ lastBlock: 1_020, lastReorganisation: before });
    expect(contradicted.fault?.en).toMatch(/Playnet.*final, up to 1000.*Nothing was undone/);
    Object.assign(rpc.state, { finalised: 1_000n, branch: 'b2' });
    await wake(index.id);
    index = await waitFor(index.id, ({ lastBlock }) => lastBlock === 1_022);
    expect(index).toMatchObject({ fault: null, lastReorganisation: before });
  });

  test('is paused when it is as large as it may be, and goes on when it may be larger', async () => {
    const url = `/api/indexes/${index.id}`;
    const change = (payload: object) => boss.inject({ method: 'PATCH', url, payload });
    expect((await change({ maximumRows: 0 })).statusCode).toBe(400);
    expect((await change({ maximumRows: 50 })).json<ChainIndex>()).toMatchObject({ maximumRows: 50, state: 'running' });
    rpc.state.head = 1_023n;
    await wake(index.id);
    const full = await waitFor(index.id, ({ state }) => state === 'paused');
    expect(full).toMatchObject({ lastBlock: 1_022, maximumBytes: 50 * 1024 ** 3 });
    expect(full.rows).toBeGreaterThan(50);
    expect(full.fault?.en).toMatch(/as large as it may be \(50 rows, 50 GB\) and is paused; its tables stay/);
    expect((await change({ maximumRows: null, state: 'running' })).statusCode).toBe(200);
    index = await waitFor(index.id, ({ lastBlock }) => lastBlock === 1_023);
    expect(index.fault).toBeNull();
  });

  test('of one contract reads only what it logs, beside another of the chain', async () => {
    const contracts = [
      {
        name: 'feed',
        address: feed,
        abi: 'event AnswerUpdated(int256 indexed current, uint256 indexed id, uint256 at)',
      },
    ];
    const wanted = { chain: 'playnet', fromBlock: 100, contracts, onlyContracts: true };
    const answers = [991, 991, 1_005].map((block, at) => {
      const current = [250_012_345_678n, -1n, 260_000_000_000n][at] ?? 0n;
      return { ...toFeedAnswer(current), block: BigInt(block) };
    });
    rpc.state.logs = answers;
    expect((await create(boss, wanted)).statusCode).toBe(409);
    expect((await create(boss, { ...wanted, name: 'polygon' })).json<Problem>().errors?.[0]?.path).toBe('body.name');
    expect((await create(boss, { ...wanted, name: 'alone', contracts: [] })).statusCode).toBe(400);
    rpc.batches.splice(0);
    const made = (await create(boss, { ...wanted, name: 'alone' })).json<ChainIndex>();
    let alone = await waitFor(made.id, ({ lastBlock }) => lastBlock === 1_023);
    expect(alone).toMatchObject({ schema: 'alone', logs: 3, transactions: 0, blocksDone: 924, blocksLeft: 0 });
    expect(rpc.batches.flat().filter((method) => method === 'eth_getBlockByNumber').length).toBeLessThan(100);
    const rows =
      'SELECT block_number, current, (SELECT count(*) FROM alone.prices) FROM alone.feed_answerupdated ORDER BY 1, 2';
    expect((await run(bob, rows)).values).toEqual([
      [991, '-1', 3],
      [991, '250012345678', 3],
      [1_005, '260000000000', 3],
    ]);
    rpc.state.branch = 'c3';
    rpc.state.logs = answers.slice(0, 2);
    rpc.state.head = 1_024n;
    await wake(made.id);
    alone = await waitFor(made.id, ({ lastBlock }) => lastBlock === 1_024);
    expect(alone).toMatchObject({ fault: null, lastReorganisation: { ancestor: 1_000, depth: 23 } });
    expect((await run(bob, rows)).values).toHaveLength(2);
    expect((await boss.inject({ method: 'DELETE', url: `/api/indexes/${made.id}` })).statusCode).toBe(204);
    expect((await run(bob, 'SELECT 1 FROM playnet.logs LIMIT 1')).fault).toBeNull();
  });

  test('of a chain whose RPC lies about which it is begins with nothing', async () => {
    const refused = await create(boss, { chain: 'ethereum' });
    expect([refused.statusCode, refused.json<Problem>().detail]).toEqual([
      503,
      expect.stringMatching(/Ethereum.*answers for chain 31338, not 1/),
    ]);
  });

  test('rests while it is paused, and is deleted with its tables', async () => {
    const url = `/api/indexes/${index.id}`;
    await boss.inject({ method: 'PATCH', url, payload: { state: 'paused' } });
    expect((await bob.inject({ method: 'DELETE', url })).statusCode).toBe(403);
    expect((await boss.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await bob.inject({ url })).statusCode).toBe(404);
    expect((await run(bob, 'SELECT 1 FROM playnet.logs')).fault).not.toBeNull();
  });
});
