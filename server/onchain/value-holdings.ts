import type { Address } from 'viem';
import type { ChainBlock } from '#server/contract/chain-figures.ts';
import type { Portfolio } from '#server/contract/portfolio.ts';
import type { ChainContext } from './chain-context.ts';
import { toChainError } from './chain-errors.ts';
import { warnOfToken } from './find-warnings.ts';
import { inSteps } from './in-steps.ts';
import { listKnownTokensBySymbol } from './known-tokens.ts';
import { createPriceHistory, leastLiquidity, priceDecimals } from './price-history.ts';
import { readTokenDetails } from './token-details.ts';
import { toDollars, valueOf } from './value-asset.ts';

type Holding = Portfolio['holdings'][number];
type Valued = { holding: Holding; reason: string | null; warnings: string[] };

const pricesTogether = 30;

/**
 * Holdings with what each is worth at the block that they were read at, by the feeds and pools that a wallet's profit is
 * reckoned with. `reason` says why one has no value: nothing prices it, or it may imitate another token.
 */
export async function valueHoldings(
  context: ChainContext,
  { block, holdings }: { block: ChainBlock; holdings: Holding[] },
): Promise<Valued[]> {
  const { chain, client, signal } = context;
  const number = BigInt(block.number);
  const at = { block: number, seconds: Date.parse(block.timestamp) / 1000 };
  const prices = createPriceHistory(context, { start: number, end: number });
  const official = new Map(Object.entries(listKnownTokensBySymbol(chain.id)).map(([symbol, token]) => [token, symbol]));

  async function value(holding: Holding): Promise<Valued> {
    const { amount } = holding;
    const leave = (reason: string): Valued => ({ holding, reason, warnings: [] });
    const token = holding.token === 'native' ? 'native' : (holding.token as Address);
    const details = token === 'native' ? chain.nativeCurrency : await readTokenDetails(client, token, number);
    const known = token === 'native' ? details.symbol : official.get(token);
    // Whoever made a token chose how it is called; only of those that no list has is it asked what that means.
    const [suspicion] = known === undefined && 'address' in details ? warnOfToken(details, chain.id) : [];
    if (suspicion !== undefined) return leave(suspicion);
    const { decimals } = details;
    const symbol = known ?? details.symbol;
    const price = decimals === null ? null : await prices.priceAt({ token, symbol, decimals }, at);
    if (decimals === null || price === null)
      return leave(`No feed, and no pool with ${leastLiquidity} dollars, prices it on ${chain.name}.`);
    const worth = valueOf(BigInt(amount.raw), price, decimals);
    const { source, ageSeconds, depth } = price;
    const { from, contract, isStale } = source;
    const depthUsd = depth === null ? null : toDollars(depth / 10n ** BigInt(priceDecimals - toDollars(0n).decimals));
    // A pool with little in it can price a gift of millions.
    const isShallow = depthUsd !== null && worth > BigInt(depthUsd.raw);
    const shallow = `The pool ${contract ?? ''} holds only ${depthUsd?.formatted ?? '0'} USD: anybody can move its price.`;
    if (isShallow && known === undefined) return leave(shallow);
    const { chain: name, isWellKnown, explorerUrl } = holding;
    return {
      holding: {
        chain: name,
        token: holding.token,
        amount,
        priceUsd: source.price,
        valueUsd: toDollars(worth),
        priceSource: {
          from,
          contract,
          ageSeconds,
          isStale,
          explorerUrl: contract === null ? null : `${chain.explorerUrl}/address/${contract}`,
        },
        isWellKnown,
        explorerUrl,
      },
      reason: null,
      warnings: [
        ...(isStale
          ? [`The ${from} (${symbol}) price is stale: it was ${ageSeconds ?? 0} seconds old at that block.`]
          : []),
        ...(from === 'par' ? [`${symbol} is counted as one dollar: ${chain.name} tells no fresh price.`] : []),
        ...(isShallow ? [shallow] : []),
      ],
    };
  }

  return await inSteps(holdings, { together: pricesTogether, signal }, async (holding) =>
    value(holding).catch((thrown: unknown): Valued => {
      signal.throwIfAborted();
      return { holding, reason: `Its price was not read: ${toChainError(thrown, chain).message}`, warnings: [] };
    }),
  );
}
