import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenDistribution, WalletActivity, WalletProfit } from '#server/contract/wallet-readings.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { scriptedBlock, type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { alice, bob, toTransfer, usdc } from '#test/support/scripted-tokens.ts';

const wide = '0x6666666666666666666666666666666666666666';
const head = scriptedBlock.number;
let rpc: ScriptedRpc;
let clockAheadMs = 0;
let reader: ReturnType<typeof createChainReader>;
const request = { chain: 'ethereum', signal: new AbortController().signal };
const asked = { ...request, address: alice, fromBlock: Number(head) - 3_000 };

beforeAll(async () => {
  rpc = await startScriptedRpc({
    contracts: {
      [usdc.toLowerCase()]: { name: 'USD Coin', symbol: 'USDC', decimals: 6, balances: { [alice.toLowerCase()]: 7n } },
      [wide]: {
        name: 'A'.repeat(1_000_000),
        symbol: 'WIDE',
        decimals: 77,
        balances: { [alice.toLowerCase()]: 10n ** 77n, [bob.toLowerCase()]: 5n },
        answers: { 'function totalSupply() view returns (uint256)': 10n ** 77n + 5n },
      },
    },
    logs: [
      { ...toTransfer(usdc, bob, alice, 9n), block: head - 2_500n },
      { ...toTransfer(wide, bob, alice, 10n ** 77n), block: head - 20n },
      { ...toTransfer(wide, alice, bob, 5n), block: head - 19n },
      { ...toTransfer(usdc, alice, bob, 2n), block: head - 10n },
    ],
    others: { trace_filter: () => [], eth_getTransactionCount: () => '0x0' },
  });
  reader = createChainReader({
    registry: createChainRegistry({
      chains: chainList({ ethereum: rpc.url }),
      fetch,
      limits: { callsPerSecond: 2_000 },
      now: () => new Date(Date.now() + clockAheadMs),
    }),
  });
});
afterAll(() => rpc.close());

describe('a report of a wallet', () => {
  test('keeps amounts of a token with 77 decimals and a megabyte of name exact, and says what has no price', async () => {
    const profit: WalletProfit = await reader.read('profit', asked);
    expect(profit.assets).toMatchObject([
      { symbol: 'USDC', opening: { raw: '0' }, received: { raw: '9' }, sent: { raw: '2' }, price: { from: 'par' } },
      {
        symbol: 'WIDE',
        closing: { formatted: '1', decimals: 77 },
        sent: { formatted: `0.${'0'.repeat(76)}5` },
        price: null,
      },
    ]);
    expect(profit.warnings).toContainEqual(expect.stringContaining('77 decimals'));
    expect(profit.partial).toContain('lots have no price at one end and are in no sum: WIDE.');
    expect(JSON.stringify(profit).length).toBeLessThan(30_000);
    const spread: TokenDistribution = await reader.read('distribution', { ...request, token: wide });
    expect(spread.all).toMatchObject({ holders: 2, gini: '0.5', top: [{ holders: 1, share: '100%' }] });
  });

  test('of a range that is given in too small pieces is partial, from the block on that was read', async () => {
    rpc.state.widestRange = 10n;
    const activity: WalletActivity = await reader.read('activity', asked);
    rpc.state.widestRange = 10n ** 9n;
    expect(activity.partial).toMatch(/Blocks 20997000 to \d+ were not read.*Ask again for these blocks/);
    expect(activity.transfers).toBe(3);
  });

  test('where no RPC traces or keeps old state says both, and who can mend it', async () => {
    const { others } = rpc.state;
    rpc.state.others = { eth_getTransactionCount: () => '0x0' };
    rpc.state.errors = { eth_getBalance: { code: -32_000, message: 'missing trie node' } };
    const activity: WalletActivity = await reader.read('activity', { ...asked, address: bob });
    expect(activity).toMatchObject({ coin: 'not read', firstFunding: null });
    expect(activity.partial).toMatch(
      /no RPC of Ethereum traces.*An administrator can add an archive node under Chains/,
    );
    const profit = await reader.read('profit', asked);
    expect(profit.partial).toMatch(/ETH itself is left out/);
    Object.assign(rpc.state, { others, errors: {} });
  });

  test.each([
    ['limits', /HTTP 429/],
    ['shows a page', /a page instead of JSON/],
    ['breaks off', /broke off in the middle/],
  ] as const)('from an RPC that %s fails in words, and is whole afterwards', async (mode, message) => {
    rpc.state.head += 1n;
    clockAheadMs += 400_000;
    rpc.setMode(mode);
    await expect(reader.read('profit', asked)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(message),
    });
    rpc.setMode('answers');
    clockAheadMs += 400_000;
    expect((await reader.read('profit', asked)).assets).toHaveLength(2);
  });

  test('after a reorganisation twelve blocks deep has nothing of the branch that was left', async () => {
    const before = await reader.read('activity', asked);
    const { logs } = rpc.state;
    rpc.state.branch = 'c2';
    rpc.state.head += 1n;
    rpc.state.logs = logs.slice(0, -1);
    clockAheadMs += 400_000;
    const after: WalletActivity = await reader.read('activity', asked);
    expect([before.transfers, after.transfers]).toEqual([4, 3]);
    expect(after.block.hash).toMatch(/^0xc2/);
    Object.assign(rpc.state, { logs, branch: 'b1' });
  });
});
