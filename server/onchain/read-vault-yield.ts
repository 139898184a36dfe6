import { formatUnits, hexToBigInt, slice, toEventSelector } from 'viem';
import type { ChainContext } from './chain-context.ts';
import type { Yielding } from './find-yielding.ts';
import { yieldAbi } from './find-yielding.ts';
import { toTokenAmount } from './list-transfers.ts';
import { showPercent, toCompounded, toRatio, toYearly } from './measure-yield.ts';
import { createPriceHistory } from './price-history.ts';
import type { YieldRead } from './read-pool-yield.ts';
import { readLogs } from './read-logs.ts';
import { readTokenDetails } from './token-details.ts';
import { toDollars, valueOf } from './value-asset.ts';
import type { BlockRange } from '#server/contract/chain-figures.ts';

const deposited = toEventSelector('Deposit(address,address,uint256,uint256)');
const withdrawn = toEventSelector('Withdraw(address,address,address,uint256,uint256)');

/** What a whole share of an ERC-4626 vault came to at both ends, by `convertToAssets`; where the state is gone, by its last event. */
export async function readVaultYield(
  context: ChainContext,
  { address, asset }: Extract<Yielding, { kind: 'ERC-4626' }>,
  { from, to, seconds, range }: { from: bigint; to: bigint; seconds: bigint; range: BlockRange },
): Promise<YieldRead> {
  const { client } = context;
  const [details, share, total] = await Promise.all([
    readTokenDetails(client, asset, to),
    readTokenDetails(client, address, to),
    client.readContract({ address, abi: yieldAbi, functionName: 'totalAssets', blockNumber: to }),
  ]);
  const one = 10n ** BigInt(share.decimals ?? 18);
  const convert = (blockNumber: bigint) =>
    client.readContract({ address, abi: yieldAbi, functionName: 'convertToAssets', args: [one], blockNumber });
  const end = await convert(to);
  const start = (await convert(from).catch(() => null)) ?? (await readLastRatio(context, { address, one, to: from }));
  const growth = start === null || start === 0n ? null : toRatio(end - start, start);
  const yearly = growth === null ? null : toYearly(growth, seconds);
  const compounded = yearly === null ? null : toCompounded(yearly);
  const show = (ratio: bigint | null) => (ratio === null ? null : showPercent(ratio));
  const dollars = await createPriceHistory(context, { start: to, end: to }).priceAt(
    { token: asset, symbol: details.symbol, decimals: details.decimals },
    { block: to, seconds: Math.floor(Date.parse(range.to.timestamp) / 1000) },
  );
  const tvl = toTokenAmount(total, details, asset);
  const ofShare = (raw: bigint) => formatUnits(raw, details.decimals ?? 0);
  return {
    kind: 'ERC-4626',
    address,
    pair: details.symbol,
    quote: details.symbol,
    tvl,
    tvlUsd: dollars === null ? null : toDollars(valueOf(total, dollars, details.decimals ?? 0)),
    swaps: null,
    feePercent: null,
    volume: null,
    fees: [],
    feesValue: null,
    growthPercent: show(growth),
    aprPercent: show(yearly),
    apyPercent: show(compounded),
    priceChangePercent: null,
    impermanentLossPercent: null,
    againstHoldingPercent: null,
    start: start === null ? null : { reserves: [], price: null, assetsPerShare: ofShare(start) },
    end: { reserves: [tvl], price: null, assetsPerShare: ofShare(end) },
    warnings: ['What a share is worth is what the vault says itself: whether it can be paid out is another matter.'],
    partial:
      start === null
        ? 'What a share came to at the beginning is not known: its state is gone and no event tells it.'
        : null,
  };
}

/** Assets for a whole share by the last deposit or withdrawal up to a block; null: there was none. */
async function readLastRatio(
  context: ChainContext,
  { address, one, to }: { address: `0x${string}`; one: bigint; to: bigint },
): Promise<bigint | null> {
  const { logs } = await readLogs(context, {
    filters: [{ address, topics: [[deposited, withdrawn]] }],
    from: 0n,
    to,
  }).catch(() => ({ logs: [] }));
  const last = logs.findLast(({ data }) => data.length >= 130);
  if (last === undefined) return null;
  const shares = hexToBigInt(slice(last.data, 32, 64));
  return shares === 0n ? null : (hexToBigInt(slice(last.data, 0, 32)) * one) / shares;
}
