import { createPublicClient, erc20Abi, getAddress, http, numberToHex, padHex } from 'viem';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import type { ScriptedContract } from '#test/support/scripted-contracts.ts';
import { scriptedBlock, type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';

const rounds = 5;
const tokenCount = 200;
const readCount = 1_000;
const holder = getAddress(padHex('0xa1', { size: 20 }));
const tokens = Array.from({ length: tokenCount }, (_, index) =>
  getAddress(padHex(numberToHex(0x100000 + index), { size: 20 })),
);

/** Eight chains that answer at once, so that what is measured is the hub's own. */
async function openChains() {
  const balances = { [holder.toLowerCase()]: 10n ** 18n };
  const contracts: Record<string, ScriptedContract> = Object.fromEntries(
    tokens.map((token, index) => [
      token.toLowerCase(),
      {
        name: `Token ${index}`,
        symbol: `T${index}`,
        decimals: 18,
        balances: { [holder.toLowerCase()]: BigInt(index + 1) },
      },
    ]),
  );
  const head = { number: scriptedBlock.number };
  // On Arbitrum this contract tells the number of the block.
  contracts['0x0000000000000000000000000000000000000064'] = {
    answers: { 'function arbBlockNumber() view returns (uint256)': () => head.number },
  };
  const known = chainList({});
  const rpcs = await Promise.all(
    known.map(async ({ slug, id }) => [slug, await startScriptedRpc({ chainId: id, balances, contracts })] as const),
  );
  const chains = chainList(Object.fromEntries(rpcs.map(([slug, { url }]) => [slug, url])));
  return { rpcs: rpcs.map(([, rpc]) => rpc), chains, head };
}

const countTrips = (rpcs: readonly ScriptedRpc[]) => rpcs.reduce((sum, { batches }) => sum + batches.length, 0);
const forget = (rpcs: readonly ScriptedRpc[]) => rpcs.forEach((rpc) => rpc.batches.splice(0));

/** A portfolio over eight chains and 200 tokens, in round trips to RPCs; beside one viem client a chain as it comes. */
export async function measurePortfolio(): Promise<Row[]> {
  const { rpcs, chains, head } = await openChains();
  let aheadMs = 0;
  const registry = createChainRegistry({
    chains,
    fetch,
    limits: { callsPerSecond: 100_000 },
    now: () => new Date(Date.now() + aheadMs),
  });
  const reader = createChainReader({ registry });
  const read = () =>
    reader.read('portfolio', { address: holder, chain: 'ethereum', tokens, signal: AbortSignal.timeout(60_000) });
  const clients = rpcs.map(({ url }) => createPublicClient({ transport: http(url) }));
  const readPlainly = async () =>
    await Promise.all(
      clients.map(async (client) => {
        await Promise.all([
          client.getBlock(),
          client.getBalance({ address: holder }),
          client.multicall({
            multicallAddress: '0xcA11bde05977b3631167028862bE2a173976CA11',
            contracts: tokens.flatMap((address) => [
              { address, abi: erc20Abi, functionName: 'balanceOf', args: [holder] } as const,
              { address, abi: erc20Abi, functionName: 'decimals' } as const,
              { address, abi: erc20Abi, functionName: 'symbol' } as const,
            ]),
          }),
        ]);
      }),
    );
  try {
    const first = await read();
    if (first.holdings.length < chains.length * tokenCount)
      throw new Error(`The portfolio is not whole: ${first.partial ?? 'tokens are missing'}`);
    const seen: { hub: number; hubTrips: number; baseline: number; baselineTrips: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      forget(rpcs);
      // A later block, so that nothing comes from memory but what stays true.
      aheadMs += 30_000;
      head.number += 1n;
      for (const rpc of rpcs) rpc.state.head = head.number;
      const begun = performance.now();
      await read();
      const hub = performance.now() - begun;
      const hubTrips = countTrips(rpcs);
      forget(rpcs);
      const plain = performance.now();
      await readPlainly();
      seen.push({ hub, hubTrips, baseline: performance.now() - plain, baselineTrips: countTrips(rpcs) });
    }
    return [
      {
        scenario: 'portfolio',
        measure: `RPC round trips, ${chains.length} chains and ${tokenCount} tokens`,
        hub: median(seen.map(({ hubTrips }) => hubTrips)),
        baseline: median(seen.map(({ baselineTrips }) => baselineTrips)),
        unit: '',
        limit: 8,
      },
      {
        scenario: 'portfolio',
        measure: 'all of it',
        hub: median(seen.map(({ hub }) => hub)),
        baseline: median(seen.map(({ baseline }) => baseline)),
        unit: 'ms',
      },
    ];
  } finally {
    await registry.close();
    await Promise.all(rpcs.map((rpc) => rpc.close()));
  }
}

/** 1,000 reads at once of what was read before; beside a viem client, which remembers nothing. */
export async function measureCachedReads(): Promise<Row[]> {
  const { rpcs, chains } = await openChains();
  const moment = new Date();
  const registry = createChainRegistry({
    chains,
    fetch,
    limits: { callsPerSecond: 100_000 },
    now: () => moment,
  });
  const reader = createChainReader({ registry });
  const [token = ''] = tokens;
  const read = () =>
    reader.read('balance', { address: holder, token, chain: 'ethereum', signal: AbortSignal.timeout(60_000) });
  const client = createPublicClient({ transport: http(rpcs[0]?.url ?? '') });
  const readPlainly = () =>
    client.readContract({ address: getAddress(token), abi: erc20Abi, functionName: 'balanceOf', args: [holder] });
  const many = async (work: () => Promise<unknown>) => {
    forget(rpcs);
    const begun = performance.now();
    await Promise.all(Array.from({ length: readCount }, work));
    return { ms: performance.now() - begun, calls: rpcs.reduce((sum, { batches }) => sum + batches.flat().length, 0) };
  };
  try {
    await read();
    const seen: { hub: Awaited<ReturnType<typeof many>>; baseline: Awaited<ReturnType<typeof many>> }[] = [];
    for (let round = 0; round < rounds; round += 1)
      seen.push({ hub: await many(read), baseline: await many(readPlainly) });
    const row = (measure: string, unit: string, pick: (one: Awaited<ReturnType<typeof many>>) => number) => ({
      scenario: 'cached-reads',
      measure,
      hub: median(seen.map(({ hub }) => pick(hub))),
      baseline: median(seen.map(({ baseline }) => pick(baseline))),
      unit,
    });
    return [
      { ...row(`RPC calls of ${readCount} reads at once`, '', ({ calls }) => calls), limit: 0 },
      row('all of them', 'ms', ({ ms }) => ms),
    ];
  } finally {
    await registry.close();
    await Promise.all(rpcs.map((rpc) => rpc.close()));
  }
}
