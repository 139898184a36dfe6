import type { WalletLot, WalletProfit } from '#server/contract/wallet-readings.ts';
import { toExactAmount } from './exact-amount.ts';
import type { GatheredWallet } from './gather-wallet.ts';
import { findKnownToken } from './known-tokens.ts';
import { type AssetEvent, sum, type WalletAsset } from './list-wallet-assets.ts';
import { averageCost, type LotMove, matchFirstIn } from './match-lots.ts';
import { type KnownPrice, priceDecimals } from './price-history.ts';

const quote = { decimals: 6, symbol: 'USD' };

type Detail = Omit<AssetEvent, 'amount' | 'kind'> & { price: KnownPrice | null };
type Totals = { realised: bigint; unrealised: bigint };

export const toDollars = (raw: bigint) => toExactAmount(raw, quote);
const dollars = toDollars;
/** What an amount is worth at a price, rounded down to a millionth of a dollar. */
export const valueOf = (amount: bigint, { scaled }: KnownPrice, decimals: number): bigint =>
  (amount * scaled) / 10n ** BigInt(decimals + priceDecimals - quote.decimals);

/** The lots of an asset with what they came and left for, and what they sum up to. */
export async function valueAsset(
  asset: WalletAsset,
  {
    wallet,
    chainId,
    priceAt,
  }: {
    wallet: GatheredWallet;
    chainId: number;
    priceAt: (event: Pick<AssetEvent, 'block' | 'time'>) => Promise<KnownPrice | null>;
  },
): Promise<{ asset: WalletProfit['assets'][number]; lots: WalletLot[] }> {
  const { token, symbol, decimals, closing, events } = asset;
  const amountOf = (raw: bigint) => toExactAmount(raw, { decimals, symbol });
  const moves = await Promise.all(
    events.map(async ({ amount, kind, ...rest }): Promise<LotMove<Detail>> => {
      const price = await priceAt(rest);
      return {
        kind,
        amount,
        value: price === null ? null : valueOf(amount, price, decimals),
        detail: { ...rest, price },
      };
    }),
  );
  const now = await priceAt({ block: wallet.to, time: wallet.range.to.timestamp });
  const nowWorth = (amount: bigint) => (now === null ? null : valueOf(amount, now, decimals));
  const lots = matchFirstIn(moves).map(({ amount, cost, acquired, left, proceeds }): WalletLot => {
    const end = left === null ? nowWorth(amount) : proceeds;
    return {
      token,
      symbol,
      amount: amountOf(amount),
      acquired:
        acquired === null
          ? null
          : { time: acquired.time, block: acquired.block.toString(), transaction: acquired.transaction },
      cost: cost === null ? null : dollars(cost),
      costFrom: acquired?.price?.source ?? null,
      left:
        left === null
          ? null
          : {
              time: left.time,
              block: left.block.toString(),
              transaction: left.transaction ?? '',
              as: left.as === 'fee' ? 'fee' : 'out',
            },
      proceeds: end === null ? null : dollars(end),
      proceedsFrom: (left === null ? now : left.price)?.source ?? null,
      gain: cost === null || end === null ? null : dollars(end - cost),
    };
  });
  const priced = lots.filter(({ gain }) => gain !== null);
  const gains = (isHeld: boolean) =>
    sum(priced.filter(({ left }) => (left === null) === isHeld).map(({ gain }) => BigInt(gain?.raw ?? 0)));
  const held = lots.filter(({ left }) => left === null);
  const average = averageCost(moves, nowWorth(closing));
  const toTotals = ({ realised, unrealised }: Totals) => ({
    realised: dollars(realised),
    unrealised: dollars(unrealised),
  });
  const total = (isWanted: (event: AssetEvent) => boolean) =>
    amountOf(sum(events.filter(isWanted).map(({ amount }) => amount)));
  const costs = held.map(({ cost }) => cost);
  return {
    asset: {
      token,
      symbol,
      isWellKnown: token === 'native' || findKnownToken(chainId, symbol) === token,
      opening: total(({ as }) => as === 'opening'),
      received: total(({ as }) => as === 'in'),
      sent: total(({ kind }) => kind === 'out'),
      closing: amountOf(closing),
      price: now?.source ?? null,
      cost: costs.some((cost) => cost === null) ? null : dollars(sum(costs.map((cost) => BigInt(cost?.raw ?? 0)))),
      value: now === null ? null : dollars(valueOf(closing, now, decimals)),
      fifo:
        priced.length === 0 && lots.length > 0 ? null : toTotals({ realised: gains(false), unrealised: gains(true) }),
      average: average === null ? null : toTotals(average),
      unpricedLots: lots.length - priced.length,
    },
    lots,
  };
}
