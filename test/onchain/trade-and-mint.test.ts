import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicClient, custom, getAddress, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenFacts } from '#server/contract/chain-readings.ts';
import type { TokenLiquidity } from '#server/contract/wallet-readings.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createDevnet } from '#server/onchain/devnet/create-devnet.ts';
import { devnetChain } from '#server/onchain/devnet/devnet-chain.ts';
import { createDevnetRpc } from '#server/onchain/devnet/devnet-rpc.ts';
import type { Seed } from '#server/onchain/devnet/devnet-seed.ts';
import { createTokenFactsTool } from '#server/runtime/tools/on-chain/token-facts.ts';
import { createTokenLiquidityTool } from '#server/runtime/tools/on-chain/token-liquidity.ts';
import { callTool } from '#test/support/call-tool.ts';
import { devnetParts, layDevnet } from '#test/support/seeded-devnet.ts';

let folder: string;
let seed: Seed;
let devnet: ReturnType<typeof createDevnet>;
let tools: { liquidity: ReturnType<typeof createTokenLiquidityTool>; facts: ReturnType<typeof createTokenFactsTool> };
const never = new AbortController().signal;
const address = (label: string) =>
  getAddress([...seed.accounts, ...seed.contracts].find((one) => one.label === label)?.address ?? '');
const client = createPublicClient({
  transport: custom(
    {
      request: async ({ method, params }: { method: string; params?: unknown[] }) => {
        const { url } = await devnet.status();
        const rpc = createDevnetRpc({ url: url ?? '', fetch: (_input, init) => devnet.fetch(init) });
        return await rpc.call(method, params ?? [], never);
      },
    },
    { retryCount: 0 },
  ),
});
const call = async (name: keyof typeof tools, input: object) =>
  await callTool(tools[name], { chain: 'devnet', ...input });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-trades-'));
  seed = await layDevnet(folder);
  devnet = createDevnet(devnetParts(join(folder, 'devnet')));
  await devnet.ready();
  const registry = createChainRegistry({ chains: [devnetChain], fetch: (_input, init) => devnet.fetch(init) });
  const ports = { chains: createChainReader({ registry }) };
  tools = { liquidity: createTokenLiquidityTool(ports), facts: createTokenFactsTool(ports) };
}, 600_000);
afterAll(async () => {
  await devnet.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a trade of an amount', () => {
  const router = parseAbi(['function getAmountsOut(uint256, address[]) view returns (uint256[])']);
  const trade = async (input: object) => {
    const { output } = await call('liquidity', input);
    return (output as TokenLiquidity).pools[0]?.trade;
  };
  const [dollar, garden] = ['Devnet Dollar', 'Garden'] as const;

  test.each([
    [{ token: 'GRDN', tradeAmount: '1000', tradeToken: 'DUSD' }, 1_000_000_000n, dollar, garden],
    [{ token: 'GRDN', tradeAmount: '5000.5' }, 5_000_500_000_000_000_000_000n, garden, dollar],
    [{ token: 'GRDN', tradeAmount: '987654321', tradeToken: 'DUSD' }, 987_654_321_000_000n, dollar, garden],
  ])('brings what the exchange itself would pay: %j', async (input, paid, from, to) => {
    const amounts = await client.readContract({
      address: address('Exchange router'),
      abi: router,
      functionName: 'getAmountsOut',
      args: [paid, [address(from), address(to)]],
    });
    const [first, second] = await client.readContract({
      address: address('Garden pair'),
      abi: parseAbi(['function getReserves() view returns (uint112, uint112)']),
      functionName: 'getReserves',
    });
    const [own, other] = from === dollar ? [first, second] : [second, first];
    const found = await trade(input);
    expect(found).toMatchObject({
      pays: { raw: paid.toString() },
      gets: { raw: String(amounts[1]) },
      fee: { raw: ((paid * 3n) / 1000n).toString() },
      feePercent: '0.3',
    });
    const atOldPrice = Number(paid) * 0.997 * (Number(other) / Number(own));
    expect(Number(found?.impactPercent)).toBeCloseTo((1 - Number(amounts[1]) / atOldPrice) * 100, 3);
  });

  test('takes no less than what has to be paid for it, and no more than the smallest unit above', async () => {
    const found = await trade({ token: 'GRDN', tradeAmount: '10000', isReceived: true });
    const paid = BigInt(found?.pays.raw ?? 0);
    const out = async (amount: bigint) => {
      const args = [amount, [address(dollar), address(garden)]] as const;
      const call = { address: address('Exchange router'), abi: router, functionName: 'getAmountsOut' } as const;
      return (await client.readContract({ ...call, args }))[1] ?? 0n;
    };
    const wanted = 10_000n * 10n ** 18n;
    expect([(await out(paid)) >= wanted, (await out(paid - 1n)) < wanted]).toEqual([true, true]);
  });

  test('of what no pool holds, or of parts that there are not, is refused', async () => {
    expect(await trade({ token: 'GRDN', tradeAmount: '99999999', isReceived: true })).toBeNull();
    for (const tradeAmount of ['0', '-1', '0.0000001'])
      expect((await call('liquidity', { token: 'GRDN', tradeAmount, tradeToken: 'DUSD' })).output).toMatchObject({
        code: 'validation_failed',
        issues: [{ path: 'tradeAmount' }],
      });
  });
});

describe('who can mint a token', () => {
  const mint = parseAbi(['function mint(address to, uint256 amount)']);

  test.each(['Devnet Dollar', 'Garden', 'Fake dollar'])('is tried, and never sent: %s', async (label) => {
    const before = await client.getBlockNumber();
    const found = (await call('facts', { token: address(label) })).output as TokenFacts;
    const tryFrom = async (account: `0x${string}`) =>
      await client
        .simulateContract({ address: address(label), abi: mint, functionName: 'mint', args: [account, 1n], account })
        .then(() => 'succeeds')
        .catch(() => 'refused');
    expect(found.minting).toEqual({
      function: 'mint(address,uint256)',
      byOwner: await tryFrom(getAddress(found.owner ?? '')),
      byAnybody: await tryFrom(address('Spare account')),
    });
    expect([found.minting?.byOwner, await client.getBlockNumber({ cacheTime: 0 })]).toEqual(['succeeds', before]);
  });

  test('is nobody where the code has no such function', async () => {
    expect((await call('facts', { token: address('Weak vault') })).output).toMatchObject({ minting: null });
  });
});
