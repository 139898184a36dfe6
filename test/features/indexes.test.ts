import { createPublicClient, http, numberToHex, parseAbiItem, toEventSelector } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChainIndex } from '#server/contract/chain-index.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { Problem } from '#server/contract/problem.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { layDevnet } from '#test/support/seeded-devnet.ts';

let hub: TestApp;
let boss: TestPerson;
let rpc: ScriptedRpc;
let bob: TestPerson;

beforeAll(async () => {
  rpc = await startScriptedRpc({ chainId: 31_337, head: 1_012n, finalised: 1_000n });
  rpc.state.blocks = (number) => toFullBlock(Number(number));
  rpc.state.others.eth_getBlockReceipts = (number) => [toReceipt(Number(number))];
  hub = await buildTestApp({ variables: { HUB_EGRESS_ALLOW: new URL(rpc.url).host } });
  await layDevnet(hub.dataFolder);
  boss = await hub.createPerson();
  bob = await hub.createPerson();
}, 600_000);
afterAll(async () => {
  await hub.close();
  await rpc.close();
});

const word = (text: string | number) => `0x${text.toString(16).padStart(64, '0')}`;
const hashOf = (number: number) =>
  `0x${number > 1_000 ? rpc.state.branch : 'f1'}${number.toString(16).padStart(62, '0')}`;
const sender = `0x${'ab'.repeat(20)}`;
const token = `0x${'70'.repeat(20)}`;
const txOf = (number: number) => word(`${rpc.state.branch}${number.toString(16)}`);

/** A block with one transaction, which moves as many coins as the block's number. */
const toFullBlock = (number: number) => ({
  number: numberToHex(number),
  hash: hashOf(number),
  parentHash: hashOf(number - 1),
  timestamp: numberToHex(1_790_000_000 + number),
  transactions: [
    {
      hash: txOf(number),
      transactionIndex: '0x0',
      from: sender,
      to: token,
      value: '0x0',
      nonce: '0x1',
      gas: '0x5208',
      input: '0x',
    },
  ],
});

const toReceipt = (number: number) => {
  const place = { transactionHash: txOf(number), blockHash: hashOf(number) };
  const topics = [toEventSelector('Transfer(address,address,uint256)'), word('1'), word('2')];
  const log = {
    ...place,
    address: token,
    topics,
    data: word(number),
    blockNumber: numberToHex(number),
    transactionIndex: '0x0',
    logIndex: '0x0',
  };
  return { ...place, gasUsed: '0x5208', status: '0x1', contractAddress: null, logs: [log] };
};

async function waitFor(id: string, isReady: (index: ChainIndex) => boolean): Promise<ChainIndex> {
  for (let tries = 0; tries < 300; tries += 1) {
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
  const read = await person.inject({ url: `/api/executions/${execution.id}/rows` });
  return { ...execution, values: execution.state === 'completed' ? read.json<{ rows: unknown[][] }>().rows : [] };
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
      return [address, group.length, group.reduce((sum, { args }) => sum + args[2], 0n).toString()];
    });
    expect(sums.values).toEqual(expected);
    expect(sums.fault).toBeNull();
  });
});

describe('an index', () => {
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
    ];
    const wanted = { chain: 'playnet', fromBlock: 990, contracts };
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
      logs: 23,
      transactions: 23,
      fault: null,
      finalBlock: 1_000,
    });
    const { values } = await run(
      bob,
      'SELECT count(*), sum(amount), max(amount_text) FROM playnet.coin_transfer JOIN playnet.blocks ON number = block_number WHERE is_final',
    );
    expect(values).toEqual([[11, '10945', null]]);
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
        WHERE block_number > 1000), (SELECT sum(change) FROM playnet.balances_daily WHERE address LIKE '%2') FROM playnet.blocks`,
    );
    expect(values).toEqual([[24, 24, 13, 13, String(((990 + 1_013) * 24) / 2)]]);
  });

  test('says what is wrong with its RPC, keeps what it has, and goes on by itself', { timeout: 30_000 }, async () => {
    rpc.state.head = 1_020n;
    for (const [mode, words] of [
      ['shows a page', /Playnet.*HTML|no JSON|page/i],
      ['breaks off', /Playnet/],
    ] as const) {
      rpc.setMode(mode);
      await wake(index.id);
      const stuck = await waitFor(index.id, ({ fault }) => fault !== null);
      expect(stuck.fault?.en).toMatch(words);
      expect(stuck).toMatchObject({ state: 'running', lastBlock: 1_013 });
    }
    expect((await run(bob, 'SELECT count(*) FROM playnet.logs')).values).toEqual([[24]]);
    rpc.setMode('answers');
    index = await waitFor(index.id, ({ lastBlock }) => lastBlock === 1_020);
    expect(index.fault).toBeNull();
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
