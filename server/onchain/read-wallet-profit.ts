import { formatUnits } from 'viem';
import type { WalletProfit } from '#server/contract/wallet-readings.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toExactAmount } from './exact-amount.ts';
import { warnOfLookAlikes, warnOfToken, warnOfZeroTransfers } from './find-warnings.ts';
import { type GatheredWallet, gatherWallet, toPartialNote } from './gather-wallet.ts';
import { inSteps } from './in-steps.ts';
import { type AssetEvent, listWalletAssets, sum, type WalletAsset } from './list-wallet-assets.ts';
import { createPriceHistory, type KnownPrice, type PriceHistory } from './price-history.ts';
import { readFees } from './read-fees.ts';
import { toDollars as dollars, valueAsset } from './value-asset.ts';

const mostPrices = 600;
const pricesTogether = 30;

/**
 * What a wallet gained on one chain in a range of blocks: each asset at its price in dollars at the block in which it came
 * and left, first in first out and by average cost, with fees. What was held before came, for this, at the range's first
 * block. Values are rounded down to a millionth of a dollar; parts without a price are marked and in no sum.
 */
export const readWalletProfit: ReadChain<'profit'> = async (context, request) => {
  const { chain } = context;
  const wallet = await gatherWallet(context, request);
  const { fees, notes: feeNotes } = await readFees(context, wallet);
  const prices = createPriceHistory(context, { start: wallet.from, end: wallet.to });
  const notes = [...wallet.notes, ...feeNotes];
  const assets = await listWalletAssets(context, wallet, { fees, notes });
  const secondsOf = await priceAll({ context, wallet, assets, prices, notes });
  const coin = assets.find(({ token }) => token === 'native') ?? null;
  const read = await Promise.all(
    assets.map((asset) => valueAsset(asset, { wallet, chainId: chain.id, priceAt: (event) => priceOf(asset, event) })),
  );

  async function priceOf(
    asset: WalletAsset,
    { block, time }: Pick<AssetEvent, 'block' | 'time'>,
  ): Promise<KnownPrice | null> {
    return secondsOf.isKept(asset, block) ? await prices.priceAt(asset, { block, seconds: toSeconds(time) }) : null;
  }

  const lots = read.flatMap((one) => one.lots);
  const feeAmount = sum(fees.map(({ amount }) => amount));
  const feeValues = coin === null ? [] : lots.filter(({ token, left }) => token === 'native' && left?.as === 'fee');
  const feeValue = feeValues.some(({ proceeds }) => proceeds === null)
    ? null
    : sum(feeValues.map(({ proceeds }) => BigInt(proceeds?.raw ?? 0)));
  const isFeeKnown = fees.length === 0 || (coin !== null && feeValue !== null);
  const toGain = (method: 'fifo' | 'average') => {
    const each = read.flatMap(({ asset }) => asset[method] ?? []);
    const realised = sum(each.map((one) => BigInt(one.realised.raw)));
    const unrealised = sum(each.map((one) => BigInt(one.unrealised.raw)));
    return {
      realised: dollars(realised),
      unrealised: dollars(unrealised),
      total: dollars(realised + unrealised - (isFeeKnown ? (feeValue ?? 0n) : 0n)),
    };
  };
  const unpriced = lots.filter(({ gain }) => gain === null);
  if (unpriced.length > 0) {
    const names = [...new Set(unpriced.map(({ symbol }) => symbol))].slice(0, 8).join(', ');
    notes.push(`${unpriced.length} lots have no price at one end and are in no sum: ${names}.`);
  }
  if (!isFeeKnown)
    notes.push(
      `Fees have no price in dollars and are not taken off the totals: ${formatUnits(feeAmount, chain.nativeCurrency.decimals)} ${chain.nativeCurrency.symbol}.`,
    );
  return {
    addresses: wallet.addresses,
    quote: 'USD',
    fifo: toGain('fifo'),
    average: toGain('average'),
    fees: {
      amount: toExactAmount(feeAmount, chain.nativeCurrency),
      value: isFeeKnown ? dollars(feeValue ?? 0n) : null,
      transactions: fees.length,
    },
    assets: read.map(({ asset }) => asset),
    lots: lots.reverse(),
    lotCount: lots.length,
    unpricedLots: unpriced.length,
    coin: wallet.coin,
    range: wallet.range,
    warnings: [
      ...wallet.warnings,
      ...warnOfZeroTransfers(wallet.moves),
      ...warnOfLookAlikes([...wallet.addresses, ...wallet.moves.map(({ counterparty }) => counterparty)]),
      ...[...wallet.tokens.values()].flatMap((token) => warnOfToken(token, chain.id)),
    ],
    partial: toPartialNote(notes),
    block: wallet.range.to,
    explorerUrl: `${chain.explorerUrl}/address/${wallet.addresses[0] ?? ''}`,
  } satisfies WalletProfit;
};

const toSeconds = (time: string | null): number => (time === null ? 0 : Date.parse(time) / 1000);

/** Reads all prices, the newest first and not more than so many; `isKept` tells which were not left out. */
async function priceAll({
  context,
  wallet,
  assets,
  prices,
  notes,
}: {
  context: ChainContext;
  wallet: GatheredWallet;
  assets: WalletAsset[];
  prices: PriceHistory;
  notes: string[];
}) {
  const wanted = new Map<string, { asset: WalletAsset; block: bigint; seconds: number }>();
  const nameOf = (asset: WalletAsset, block: bigint) => `${asset.token} ${block}`;
  for (const asset of assets) {
    const now = { asset, block: wallet.to, seconds: toSeconds(wallet.range.to.timestamp) };
    wanted.set(nameOf(asset, wallet.to), now);
    for (const { block, time } of asset.events)
      wanted.set(nameOf(asset, block), { asset, block, seconds: toSeconds(time) });
  }
  const newest = [...wanted].sort(([, one], [, other]) =>
    one.block < other.block ? 1 : one.block > other.block ? -1 : 0,
  );
  const kept = newest.slice(0, mostPrices);
  if (newest.length > kept.length)
    notes.push(`Only the newest ${kept.length} of ${newest.length} prices were read. Ask for fewer blocks.`);
  await inSteps(kept, { together: pricesTogether, signal: context.signal }, async ([, { asset, block, seconds }]) =>
    prices.priceAt(asset, { block, seconds }),
  );
  const names = new Set(kept.map(([name]) => name));
  return { isKept: (asset: WalletAsset, block: bigint) => names.has(nameOf(asset, block)) };
}
