import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicClient, custom, erc20Abi, getAddress, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoolYield } from '#server/contract/pool-yield.ts';
import type {
  TokenDistribution,
  TokenLiquidity,
  WalletActivity,
  WalletProfit,
} from '#server/contract/wallet-readings.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createDevnet } from '#server/onchain/devnet/create-devnet.ts';
import { devnetChain } from '#server/onchain/devnet/devnet-chain.ts';
import { devnetLabels } from '#server/onchain/devnet/devnet-labels.ts';
import { createDevnetRpc } from '#server/onchain/devnet/devnet-rpc.ts';
import type { Seed } from '#server/onchain/devnet/devnet-seed.ts';
import { createTokenDistributionTool } from '#server/runtime/tools/on-chain/token-distribution.ts';
import { createPoolYieldTool } from '#server/runtime/tools/on-chain/pool-yield.ts';
import { createTokenLiquidityTool } from '#server/runtime/tools/on-chain/token-liquidity.ts';
import { createWalletActivityTool } from '#server/runtime/tools/on-chain/wallet-activity.ts';
import { createWalletProfitTool } from '#server/runtime/tools/on-chain/wallet-profit.ts';
import { callTool, createFileKeeper } from '#test/support/call-tool.ts';
import { computeProfit, transferEvent } from '#test/support/compute-profit.ts';
import { devnetParts, layDevnet } from '#test/support/seeded-devnet.ts';

let folder: string;
let seed: Seed;
let devnet: ReturnType<typeof createDevnet>;
let tools: ReturnType<typeof makeTools>;
const drawn: unknown[] = [];
const never = new AbortController().signal;
/** After the accounts got their first money, and the exchange its prices. */
const fromBlock = 12;
const last = 369n;

const address = (label: string) =>
  getAddress([...seed.accounts, ...seed.contracts].find((one) => one.label === label)?.address ?? '');
const client = createPublicClient({
  transport: custom({
    request: async ({ method, params }: { method: string; params?: unknown[] }) => {
      const { url } = await devnet.status();
      const rpc = createDevnetRpc({ url: url ?? '', fetch: (_input, init) => devnet.fetch(init) });
      return await rpc.call(method, params ?? [], never);
    },
  }),
});

function makeTools(ports: Pick<Parameters<typeof createWalletActivityTool>[0], 'chains'>) {
  const drawChart = (specification: unknown) => {
    drawn.push(specification);
    return Promise.resolve({ svg: '<svg/>', width: 1, height: 1 });
  };
  return {
    profit: createWalletProfitTool(ports),
    activity: createWalletActivityTool({ ...ports, drawChart }),
    distribution: createTokenDistributionTool(ports),
    liquidity: createTokenLiquidityTool(ports),
    yield: createPoolYieldTool(ports),
  };
}
const call = async (name: keyof typeof tools, input: object, keeper = createFileKeeper()) =>
  await callTool(tools[name], { chain: 'devnet', ...input }, { storeFile: keeper.storeFile });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-wallets-'));
  seed = await layDevnet(folder);
  devnet = createDevnet(devnetParts(join(folder, 'devnet')));
  await devnet.ready();
  const registry = createChainRegistry({ chains: [devnetChain], fetch: (_input, init) => devnet.fetch(init) });
  tools = makeTools({ chains: createChainReader({ registry }) });
}, 600_000);
afterAll(async () => {
  await devnet.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('profit and loss', () => {
  test.each(['Whale', 'Day trader', 'Ada'])(
    'of %s equals what is computed independently, lot by lot',
    async (label) => {
      const { output } = await call('profit', { address: address(label), fromBlock });
      const { assets, coin, partial } = output as WalletProfit;
      const shown = ({ realised, unrealised }: NonNullable<WalletProfit['assets'][number]['average']>) => ({
        realised: realised.formatted,
        unrealised: unrealised.formatted,
      });
      for (const [symbol, token, decimals] of [
        ['GRDN', 'Garden', 18],
        ['LNTN', 'Lantern', 8],
      ] as const) {
        const asset = assets.find((one) => one.symbol === symbol);
        expect({ fifo: asset?.fifo && shown(asset.fifo), average: asset?.average && shown(asset.average) }).toEqual(
          await computeProfit(client, {
            ...{ owner: address(label), token: address(token), feed: address(`Price of ${token}`) },
            ...{ decimals, fromBlock: BigInt(fromBlock), last },
          }),
        );
        expect(asset).toMatchObject({ isWellKnown: true, unpricedLots: 0, price: { from: 'Chainlink' } });
      }
      expect(coin).toBe('traced');
      expect(partial).toContain('ETH');
    },
  );

  test('has fees of all that was sent, a dollar coin at par, fakes without a price, and all lots as a file', async () => {
    const keeper = createFileKeeper();
    const { output, artifacts, sources } = await call('profit', { address: address('Hugo'), fromBlock }, keeper);
    const { assets, fees, lotCount, unpricedLots, warnings } = output as WalletProfit;
    let paid = 0n;
    const blocks = await Promise.all(
      Array.from({ length: Number(last) - fromBlock + 1 }, (_, index) =>
        client.getBlock({ blockNumber: BigInt(fromBlock + index), includeTransactions: true }),
      ),
    );
    const own = blocks
      .flatMap(({ transactions }) => transactions)
      .filter(({ from }) => getAddress(from) === address('Hugo'));
    for (const { hash } of own) {
      const { gasUsed, effectiveGasPrice } = await client.getTransactionReceipt({ hash });
      paid += gasUsed * effectiveGasPrice;
    }
    expect(fees).toMatchObject({ amount: { raw: paid.toString() }, value: null, transactions: own.length });
    expect(assets.find(({ symbol }) => symbol === 'DUSD')).toMatchObject({
      isWellKnown: true,
      price: { from: 'par', price: '1' },
      fifo: { realised: { raw: '0' } },
    });
    expect(unpricedLots).toBeGreaterThan(0);
    expect(warnings.join(' ')).toContain('is not the well-known DUSD');
    const [file] = keeper.files;
    const lines = new TextDecoder().decode(file?.bytes).trimEnd().split('\r\n');
    expect(lines).toHaveLength(lotCount + 1);
    expect(lines[0]).toMatch(/^symbol,amount,acquired_time/);
    expect(artifacts).toMatchObject([{ kind: 'file', mediaType: 'text/csv', table: { total: lotCount } }]);
    expect(sources[0]?.excerpt).toMatch(/^FIFO .* USD, average cost .* at block 369/);
  });

  test('leaves out what moved between addresses of one person', async () => {
    const [ada, ben] = [address('Ada'), address('Ben')];
    const apart = (await call('profit', { address: ada, fromBlock })).output as WalletProfit;
    const both = (await call('profit', { address: ada, own: [ben], fromBlock })).output as WalletProfit;
    const bens = (await call('profit', { address: ben, fromBlock })).output as WalletProfit;
    const amount = (profit: WalletProfit, side: 'sent' | 'closing') =>
      BigInt(profit.assets.find(({ symbol }) => symbol === 'DUSD')?.[side].raw ?? 0);
    const between = await Promise.all(
      [
        [ada, ben],
        [ben, ada],
      ].map(async ([from, to]) =>
        client.getLogs({
          address: address('Devnet Dollar'),
          event: transferEvent,
          args: { from, to },
          fromBlock: BigInt(fromBlock),
          toBlock: last,
        }),
      ),
    );
    const moved = between.flat().reduce((sum, { args }) => sum + (args.value ?? 0n), 0n);
    expect(both.addresses).toEqual([ada, ben]);
    expect(amount(both, 'closing')).toBe(amount(apart, 'closing') + amount(bens, 'closing'));
    expect(amount(both, 'sent')).toBe(amount(apart, 'sent') + amount(bens, 'sent') - moved);
  });
});

describe('activity', () => {
  test('has flows by day, counterparties with labels and flags, hours, first funding and a graph', async () => {
    const { output, artifacts } = await call('activity', {
      address: address('Ada'),
      timeZone: 'Asia/Shanghai',
      fromBlock: 0,
    });
    const activity = output as WalletActivity;
    const moves = await client.getLogs({
      address: address('Devnet Dollar'),
      event: transferEvent,
      fromBlock: 0n,
      toBlock: last,
    });
    const got = moves.filter(({ args }) => args.to === address('Ada'));
    const sum = got.reduce((total, { args }) => total + (args.value ?? 0n), 0n);
    const flow = activity.flows.find(({ token }) => token === address('Devnet Dollar'));
    expect(flow?.received.raw).toBe(sum.toString());
    const days = activity.days.filter(({ token }) => token === address('Devnet Dollar'));
    expect(days.reduce((total, { received }) => total + BigInt(received.raw), 0n)).toBe(sum);
    expect(activity.hours.reduce((total, { transfers }) => total + transfers, 0)).toBe(activity.transfers);
    expect(activity.counterparties.find(({ label }) => label === 'Payroll')).toMatchObject({
      address: address('Payroll'),
      flags: [],
    });
    expect(activity).toMatchObject({
      label: 'Ada',
      timeZone: 'Asia/Shanghai',
      coin: 'traced',
      partial: null,
      firstFunding: { from: null, block: '0', amount: { formatted: '10000', symbol: 'ETH' } },
    });
    expect(artifacts).toMatchObject([
      { kind: 'chart', title: 'Counterparties' },
      { kind: 'chart', title: expect.stringContaining('Active hours') as string },
    ]);
    expect(JSON.stringify(drawn.at(-2))).toContain('Payroll');
  });

  test('puts who sent most of a token first, and says of which', async () => {
    const read = async (more: Record<string, unknown>) =>
      (await call('activity', { address: address('Ada'), fromBlock: 0, graph: false, ...more }))
        .output as WalletActivity;
    const token = address('Devnet Dollar');
    const moves = await client.getLogs({ address: token, event: transferEvent, fromBlock: 0n, toBlock: last });
    const sums = new Map<string, bigint>();
    for (const { args } of moves)
      if (args.to === address('Ada'))
        sums.set(String(args.from), (sums.get(String(args.from)) ?? 0n) + (args.value ?? 0n));
    const [largest] = [...sums].sort(([, one], [, other]) => (one < other ? 1 : -1));
    const byAmount = await read({ rank: 'received', token: 'DUSD' });
    expect(byAmount.counterpartyOrder).toEqual({ by: 'received', token, symbol: 'DUSD' });
    expect(byAmount.counterparties[0]).toMatchObject({
      address: largest?.[0],
      flows: [{ token, received: { raw: largest?.[1].toString() } }],
    });
    // Amounts of several tokens are not added up.
    const bySeveral = await read({ rank: 'received' });
    expect(bySeveral.counterpartyOrder).toEqual({ by: 'transfers', token: null, symbol: null });
    const counts = bySeveral.counterparties.map(({ transfers }) => transfers);
    expect(counts).toEqual(counts.toSorted((one, other) => other - one));
  });

  test('flags who poisons a history', async () => {
    const zero = await client.getLogs({
      address: address('Devnet Dollar'),
      event: transferEvent,
      fromBlock: 0n,
      toBlock: last,
    });
    const victim = zero.find(({ args }) => args.value === 0n)?.args;
    const { output } = await call('activity', { address: victim?.from, fromBlock: 0, graph: false });
    const { counterparties, warnings } = output as WalletActivity;
    const impostor = counterparties.find((one) => one.address === victim?.to);
    expect(impostor).toMatchObject({ label: null, flags: expect.arrayContaining(['poisoning', 'look-alike']) });
    expect(warnings.join(' ')).toContain('address poisoning');
  });

  test('of a range by days begins where the days do, and refuses a zone that there is not', async () => {
    const { output } = await call('activity', { address: address('Ben'), days: 30, graph: false });
    const { range } = output as WalletActivity;
    const span = Date.parse(range.to.timestamp) - Date.parse(range.from.timestamp);
    expect(span / 86_400_000).toBeGreaterThan(29);
    expect(span / 86_400_000).toBeLessThanOrEqual(30.6);
    expect((await call('activity', { address: address('Ben'), timeZone: 'Mars/Base' })).output).toMatchObject({
      code: 'validation_failed',
      issues: [{ path: 'timeZone' }],
    });
  });
});

describe('a token', () => {
  test.each([
    ['Garden', 'GRDN'],
    ['Devnet Dollar', 'DUSD'],
    ['Lantern', 'LNTN'],
  ])('%s is as concentrated as is computed independently', async (label, symbol) => {
    const { output } = await call('distribution', { token: symbol });
    const found = output as TokenDistribution;
    const logs = await client.getLogs({ address: address(label), event: transferEvent, fromBlock: 0n, toBlock: last });
    const receivers = [...new Set(logs.map(({ args }) => args.to))].flatMap((one) => one ?? []);
    const balances = await Promise.all(
      receivers.map((one) =>
        client.readContract({ address: address(label), abi: erc20Abi, functionName: 'balanceOf', args: [one] }),
      ),
    );
    const held = balances.filter((balance) => balance > 0n).map(Number);
    const total = held.reduce((sum, balance) => sum + balance, 0);
    // By the definition: the mean difference of all pairs, over twice the mean.
    const pairs = held.reduce((sum, one) => sum + held.reduce((more, other) => more + Math.abs(one - other), 0), 0);
    expect(Number(found.all.gini)).toBeCloseTo(pairs / (2 * held.length * total), 6);
    expect(Number(found.all.herfindahl)).toBeCloseTo(
      held.reduce((sum, one) => sum + ((100 * one) / total) ** 2, 0),
      2,
    );
    expect(found.all.holders).toBe(held.length);
    expect(found.accounts.holders).toBeLessThan(held.length);
    const minted = logs
      .filter(({ args }) => /^0x0+$/.test(args.from ?? ''))
      .reduce((sum, { args }) => sum + (args.value ?? 0n), 0n);
    expect(found.flow).toMatchObject({ minted: { raw: minted.toString() }, transfers: logs.length });
    expect(found.partial).toBeNull();
    expect(found.block.number).toBe('369');
  });

  test('has its pool, how deep it is, and who could empty it', async () => {
    const { output } = await call('liquidity', { token: 'LNTN' });
    const [pool, ...others] = (output as TokenLiquidity).pools;
    const pair = {
      address: address('Lantern pair'),
      abi: parseAbi([
        'function getReserves() view returns (uint112, uint112, uint32)',
        'function token0() view returns (address)',
      ]),
    } as const;
    const [reserves, first] = await Promise.all([
      client.readContract({ ...pair, functionName: 'getReserves' }),
      client.readContract({ ...pair, functionName: 'token0' }),
    ]);
    const [own, other] = first === address('Lantern') ? reserves : [reserves[1], reserves[0]];
    expect(others).toEqual([]);
    expect(pool).toMatchObject({
      pool: address('Lantern pair'),
      kind: 'Uniswap V2',
      reserves: [{ raw: own.toString() }, { raw: other.toString() }],
      shares: {
        holders: [{ address: address('Market maker'), label: 'Market maker', share: '100%' }],
        topShare: '100%',
      },
    });
    const [x, y] = [Number(own), Number(other)];
    expect(Number(pool?.buying?.pays.raw)).toBeCloseTo(y * (Math.sqrt(1.02) - 1), -1);
    expect(Number(pool?.selling?.pays.raw)).toBeCloseTo(x / Math.sqrt(0.98) - x, -1);
  });
});

describe('a pool', () => {
  const pairAbi = parseAbi([
    'function totalSupply() view returns (uint256)',
    'event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)',
    'event Sync(uint112 reserve0, uint112 reserve1)',
  ]);

  test('yielded what its swaps paid, from where its state is gone, against what holding had brought', async () => {
    const pair = address('Garden pair');
    const { output } = await call('yield', { poolOrToken: 'GRDN', fromBlock: 250 });
    const found = output as PoolYield;
    const logs = await client.getContractEvents({
      address: pair,
      abi: pairAbi,
      fromBlock: 0n,
      toBlock: last,
      strict: true,
    });
    const swaps = logs.flatMap((log) => (log.eventName === 'Swap' && log.blockNumber > 250n ? [log.args] : []));
    const syncs = logs.flatMap((log) => (log.eventName === 'Sync' ? [log] : []));
    const [start, end] = [syncs.findLast(({ blockNumber }) => blockNumber <= 250n), syncs.at(-1)].map(
      (log) => log?.args,
    );
    if (start === undefined || end === undefined) throw new Error('The pool told no reserves.');
    const paid = (side: 'amount0In' | 'amount1In') => swaps.reduce((sum, args) => sum + args[side], 0n);
    const fees = [paid('amount0In'), paid('amount1In')].map((sum) => (sum * 3n) / 1000n);
    const [dollarFees = 0n, gardenFees = 0n] = fees;
    const value = dollarFees + (gardenFees * end.reserve0) / end.reserve1;
    expect(found).toMatchObject({
      kind: 'Uniswap V2',
      address: pair,
      pair: 'GRDN/DUSD',
      swaps: swaps.length,
      fees: fees.map((raw) => ({ raw: raw.toString() })),
      feesValue: { raw: value.toString(), symbol: 'DUSD' },
      tvl: { raw: (end.reserve0 * 2n).toString() },
      tvlUsd: { raw: (end.reserve0 * 2n).toString(), symbol: 'USD' },
      start: { reserves: [{ raw: start.reserve0.toString() }, { raw: start.reserve1.toString() }] },
      partial: null,
      warnings: expect.arrayContaining([expect.stringContaining('no forecast, and nothing here is advice')]),
    });
    const times = await Promise.all([250n, last].map((blockNumber) => client.getBlock({ blockNumber })));
    const [from, to] = times.map(({ timestamp }) => Number(timestamp));
    const rate = ((Number(value) / Number(end.reserve0 * 2n)) * 31_536_000) / ((to ?? 0) - (from ?? 0));
    expect(Number(found.aprPercent)).toBeCloseTo(rate * 100, 3);
    expect(Number(found.apyPercent)).toBeCloseTo(((1 + rate / 365) ** 365 - 1) * 100, 3);
    const priceOf = ({ reserve0, reserve1 }: typeof end) => Number(reserve0) / Number(reserve1);
    const ratio = priceOf(end) / priceOf(start);
    expect(Number(found.priceChangePercent)).toBeCloseTo((ratio - 1) * 100, 3);
    expect(Number(found.impermanentLossPercent)).toBeCloseTo(((2 * Math.sqrt(ratio)) / (1 + ratio) - 1) * 100, 3);
    // Nobody put anything in or took anything out meanwhile, so a share is the same part at both ends.
    const rootOf = ({ reserve0, reserve1 }: typeof end) => Math.sqrt(Number(reserve0) * Number(reserve1));
    expect(Number(found.growthPercent)).toBeCloseTo((rootOf(end) / rootOf(start) - 1) * 100, 3);
    const held = Number(start.reserve0) + Number(start.reserve1) * priceOf(end);
    expect(Number(found.againstHoldingPercent)).toBeCloseTo(((2 * Number(end.reserve0)) / held - 1) * 100, 3);
  });

  test('is asked for in words where there is none', async () => {
    const { output } = await call('yield', { poolOrToken: address('Weak vault') });
    expect(output).toMatchObject({ code: 'validation_failed', issues: [{ path: 'pool' }] });
  });
});

test('the labels of the devnet are those of its contracts and accounts', () => {
  const known = [...seed.contracts, ...seed.accounts].map(({ address: at, label }) => [getAddress(at), label]);
  expect(devnetLabels).toEqual(Object.fromEntries(known));
});
