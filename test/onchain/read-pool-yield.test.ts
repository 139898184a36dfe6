import { encodeAbiParameters, getAddress, type Hex, padHex, parseAbiParameters, toEventSelector } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoolYield } from '#server/contract/pool-yield.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createPoolYieldTool } from '#server/runtime/tools/on-chain/pool-yield.ts';
import { callTool } from '#test/support/call-tool.ts';
import type { ScriptedContract } from '#test/support/scripted-contracts.ts';
import { type ScriptedRpc, scriptedBlock, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { alice, bob, tokens, toLog, usdc, wbtc } from '#test/support/scripted-tokens.ts';

const pool = getAddress(`0x${'c7'.repeat(20)}`);
const vault = getAddress(`0x${'c8'.repeat(20)}`);
const bareVault = getAddress(`0x${'c9'.repeat(20)}`);
const head = scriptedBlock.number;
const fromBlock = Number(head) - 216_000;
/** Blocks are twelve seconds apart. */
const seconds = 216_000 * 12;
const aYear = 31_536_000;

/** What one whole bitcoin (10^8) costs in dollars (10^6), as the pool keeps it: the root of the ratio, times 2^96. */
const toRoot = (dollars: number) => BigInt(Math.floor(Math.sqrt((dollars * 1e6) / 1e8) * 2 ** 48)) * 2n ** 48n;
const roots = { start: toRoot(60_000), end: toRoot(72_600) };
const lies = { bitcoin: 40n * 10n ** 8n, dollars: 2_500_000n * 10n ** 6n };

/** Bitcoin in, dollars in: what goes out is negative. */
const swaps = [
  { bitcoin: 10n ** 8n, dollars: -59_970_000_000n },
  { bitcoin: -150_000_000n, dollars: 95_000_123_457n },
  { bitcoin: 33_333_333n, dollars: -22_000_000_000n },
];
const swapped = (one: (typeof swaps)[number], block: bigint) => ({
  address: pool,
  topics: [
    toEventSelector('Swap(address,address,int256,int256,uint160,uint128,int24)'),
    padHex(alice, { size: 32 }),
    padHex(bob, { size: 32 }),
  ] as Hex[],
  data: encodeAbiParameters(parseAbiParameters('int256, int256, uint160, uint128, int24'), [
    ...([one.bitcoin, one.dollars] as const),
    ...([roots.end, 1n, 0] as const),
  ]),
  block,
});

const poolAt = (root: bigint): ScriptedContract => ({
  answers: {
    'function token0() view returns (address)': wbtc,
    'function token1() view returns (address)': usdc,
    'function fee() view returns (uint24)': 500,
    'function slot0() view returns (uint160, int24)': () => [root, 0],
  },
});
/** A share (10^18) comes to so many dollars (10^6); null: the vault does not say. */
const vaultAt = (perShare: bigint | null): ScriptedContract => ({
  symbol: 'vUSDC',
  decimals: 18,
  answers: {
    'function asset() view returns (address)': usdc,
    'function totalAssets() view returns (uint256)': 7_654_321_000_000n,
    'function convertToAssets(uint256) view returns (uint256)': (shares: bigint) =>
      perShare === null ? null : (shares * perShare) / 10n ** 18n,
  },
});
const perShare = { start: 1_041_200n, end: 1_046_300n };
/** The last deposit before the range: 5,206 dollars for 5,000 shares. */
const deposit = { assets: 5_206_000_000n, shares: 5_000n * 10n ** 18n };

let rpc: ScriptedRpc;
let tool: ReturnType<typeof createPoolYieldTool>;

beforeAll(async () => {
  rpc = await startScriptedRpc({
    contracts: {
      ...tokens,
      [wbtc.toLowerCase()]: { ...tokens[wbtc.toLowerCase()], balances: { [pool.toLowerCase()]: lies.bitcoin } },
      [usdc.toLowerCase()]: { ...tokens[usdc.toLowerCase()], balances: { [pool.toLowerCase()]: lies.dollars } },
      [pool.toLowerCase()]: poolAt(roots.end),
      [vault.toLowerCase()]: vaultAt(perShare.end),
      [bareVault.toLowerCase()]: vaultAt(perShare.end),
    },
    earlier: {
      until: BigInt(fromBlock),
      contracts: {
        [pool.toLowerCase()]: poolAt(roots.start),
        [vault.toLowerCase()]: vaultAt(perShare.start),
        [bareVault.toLowerCase()]: vaultAt(null),
      },
    },
    logs: [
      // In the first block of the range: what came of it is in the state that the range begins with.
      swapped({ bitcoin: 9n * 10n ** 8n, dollars: -1n }, BigInt(fromBlock)),
      ...swaps.map((one, index) => swapped(one, head - 1_000n * BigInt(index + 1))),
      {
        ...toLog(
          bareVault,
          'Deposit(address,address,uint256,uint256)',
          [alice, alice],
          [deposit.assets, deposit.shares],
        ),
        block: BigInt(fromBlock) - 5n,
      },
    ],
  });
  const registry = createChainRegistry({ chains: chainList({ ethereum: rpc.url }), fetch });
  tool = createPoolYieldTool({
    chains: createChainReader({ registry, now: () => new Date(scriptedBlock.time) }),
  });
});
afterAll(() => rpc.close());

const read = async (poolOrToken: string) =>
  (await callTool(tool, { chain: 'ethereum', poolOrToken, fromBlock })).output as PoolYield;

describe('a pool of concentrated liquidity', () => {
  test('yielded the fee that it tells of what was paid in, at its own price', async () => {
    const found = await read(pool);
    const paid = (side: 'bitcoin' | 'dollars') =>
      swaps.map((one) => one[side]).reduce((sum, amount) => (amount > 0n ? sum + amount : sum), 0n);
    const inDollars = (bitcoin: bigint) => (bitcoin * roots.end * roots.end) / 2n ** 192n;
    const fees = [(paid('bitcoin') * 500n) / 1_000_000n, (paid('dollars') * 500n) / 1_000_000n] as const;
    const feesValue = inDollars(fees[0]) + fees[1];
    const tvl = inDollars(lies.bitcoin) + lies.dollars;
    expect(found).toMatchObject({
      kind: 'Uniswap V3',
      address: pool,
      pair: 'WBTC/USDC',
      quote: 'USDC',
      swaps: swaps.length,
      feePercent: '0.05',
      tvl: { raw: tvl.toString(), symbol: 'USDC' },
      volume: { raw: (inDollars(paid('bitcoin')) + paid('dollars')).toString() },
      fees: fees.map((raw) => ({ raw: raw.toString() })),
      feesValue: { raw: feesValue.toString() },
      // Positions earn differently: nothing is told of a share, which such a pool does not have.
      growthPercent: null,
      againstHoldingPercent: null,
      daysRead: '30',
      partial: null,
      warnings: expect.arrayContaining([expect.stringContaining('the average of all that lies in it')]),
    });
    const rate = ((Number(feesValue) / Number(tvl)) * aYear) / seconds;
    expect(Number(found.aprPercent)).toBeCloseTo(rate * 100, 3);
    expect(Number(found.apyPercent)).toBeCloseTo(((1 + rate / 365) ** 365 - 1) * 100, 3);
    const ratio = (Number(roots.end) / Number(roots.start)) ** 2;
    expect(Number(found.priceChangePercent)).toBeCloseTo((ratio - 1) * 100, 3);
    expect(Number(found.impermanentLossPercent)).toBeCloseTo(((2 * Math.sqrt(ratio)) / (1 + ratio) - 1) * 100, 3);
    expect([found.start?.price, found.end.price].map((price) => Math.round(Number(price)))).toEqual([60_000, 72_600]);
  });
});

describe('an ERC-4626 vault', () => {
  const grown = (start: number) => {
    const growth = Number(perShare.end) / start - 1;
    const rate = (growth * aYear) / seconds;
    return { growth: growth * 100, apr: rate * 100, apy: ((1 + rate / 365) ** 365 - 1) * 100 };
  };

  test.each([
    ['by what its shares came to at both ends', vault, '1.0412'],
    ['by its last deposit before, where it does not say what a share came to', bareVault, '1.0412'],
  ])('yielded what a share gained, %s', async (_, address, start) => {
    const found = await read(address);
    expect(found).toMatchObject({
      kind: 'ERC-4626',
      address,
      pair: 'USDC',
      tvl: { raw: '7654321000000', formatted: '7654321', symbol: 'USDC' },
      swaps: null,
      fees: [],
      impermanentLossPercent: null,
      start: { assetsPerShare: start },
      end: { assetsPerShare: '1.0463' },
      partial: null,
      warnings: expect.arrayContaining([expect.stringContaining('whether it can be paid out is another matter')]),
    });
    const expected = grown(Number(start) * 1e6);
    expect(Number(found.growthPercent)).toBeCloseTo(expected.growth, 3);
    expect(Number(found.aprPercent)).toBeCloseTo(expected.apr, 3);
    expect(Number(found.apyPercent)).toBeCloseTo(expected.apy, 3);
  });
});
