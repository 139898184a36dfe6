import { type Address, erc20Abi, formatUnits, parseAbi } from 'viem';
import type { PriceSource } from '#server/contract/wallet-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { isPruned, toNothing } from './chain-errors.ts';
import { findKnownToken } from './known-tokens.ts';
import { findFeed } from './price-feeds.ts';
import { dollarSymbols, findPools, readPool } from './read-pools.ts';
import { type PriceEvents, readPriceEvents } from './price-events.ts';
import { isSequencerDown } from './read-feed.ts';
import type { TokenDetails } from './token-details.ts';

/** Prices are US dollars for one whole token, times ten to this power. */
export const priceDecimals = 18;
const one = 10n ** BigInt(priceDecimals);
const graceSeconds = 900;
/** In whole dollars: below it anybody can move a price. */
export const leastLiquidity = 10_000n;
const mostPools = 12;

const abi = parseAbi([
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  'function decimals() view returns (uint8)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)',
  'function token0() view returns (address)',
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick)',
  'function aggregator() view returns (address)',
]);
/** How far before the range the last trade of a pool is looked for. */
const lookBackSeconds = 86_400;

export type KnownPrice = {
  scaled: bigint;
  source: PriceSource;
  /** Of the feed that told it, at the block. */
  ageSeconds: number | null;
  /** What lies in the pool that told it, in dollars times ten to the power of `priceDecimals`. */
  depth: bigint | null;
};
export type PricedAsset = Pick<TokenDetails, 'symbol' | 'decimals'> & { token: Address | 'native' };
type Moment = { block: bigint; seconds: number };
type Feed = { address: Address; aggregator: Address; heartbeatSeconds: number; decimals: number };
type Pool = {
  address: Address;
  isV2: boolean;
  isFirst: boolean;
  decimals: number;
  quote: { token: Address; decimals: number; lies: bigint; feed: Feed | null };
};
type Means = { feed: Feed | null; pools: Pool[]; isPar: boolean };

/**
 * Prices at blocks of the past. Where each asset has its price from is looked up once, at `end`; each price after that takes
 * one call or two.
 *
 * A fresh feed comes first, then the deepest pool that no small sum can move, then a dollar for a dollar coin, then a feed
 * that is stale and marked so. Of blocks whose state no RPC keeps, prices come from the events of feeds and pools.
 */
export function createPriceHistory(context: ChainContext, { start, end }: { start: bigint; end: bigint }) {
  const { client, chain } = context;
  const means = new Map<string, Promise<Means>>();
  const prices = new Map<string, Promise<KnownPrice | null>>();
  let lost: bigint | null = null;

  const events = new Map<Address, Promise<PriceEvents>>();

  /** The state of a block where it is kept, else what was told by events up to it. */
  async function readAt<Value>(
    block: bigint,
    fromState: () => Promise<Value>,
    fromEvents: () => Promise<Value | null>,
  ): Promise<Value | null> {
    if (lost !== null && block <= lost) return await fromEvents();
    try {
      return await fromState();
    } catch (thrown) {
      if (!isPruned(thrown)) return toNothing(thrown);
      if (lost === null || block > lost) lost = block;
      return await fromEvents();
    }
  }

  function openEvents(
    kind: Parameters<typeof readPriceEvents>[1]['kind'],
    address: Address,
    seconds: number,
  ): Promise<PriceEvents> {
    const before = BigInt(Math.ceil((seconds * 1_000) / chain.blockTimeMs));
    const from = start > before ? start - before : 0n;
    const opened = events.get(address) ?? readPriceEvents(context, { kind, address, from, to: end });
    events.set(address, opened);
    return opened;
  }

  async function openFeed(symbol: string): Promise<Feed | null> {
    const found = findFeed(chain.id, symbol);
    if (found === null) return null;
    const { address, heartbeatSeconds } = found;
    const read = { address, abi, blockNumber: end } as const;
    const [decimals, behind] = await Promise.all([
      client.readContract({ ...read, functionName: 'decimals' }).catch(toNothing),
      // Chainlink's feeds are asked at one address, and tell their events at another.
      client.readContract({ ...read, functionName: 'aggregator' }).catch(toNothing),
    ]);
    return decimals === null ? null : { address, aggregator: behind ?? address, heartbeatSeconds, decimals };
  }

  async function openPools(token: Address, decimals: number): Promise<Pool[]> {
    const found = (await findPools(context, token, end)).slice(0, mostPools);
    const read = await Promise.all(
      found.map(async (address): Promise<(Pool & { depth: bigint }) | null> => {
        const { quote, quoteToken, liquidity, from } = await readPool(context, { pool: address, token, block: end });
        const isDollar = dollarSymbols.includes(quote) && findKnownToken(chain.id, quote) === quoteToken;
        const isKnown = findKnownToken(chain.id, quote) === quoteToken;
        const feed = isDollar || !isKnown ? null : await openFeed(quote);
        if (liquidity === null || (!isDollar && feed === null)) return null;
        const first = await client.readContract({ address, abi, functionName: 'token0', blockNumber: end });
        const inDollars = feed === null ? one : ((await readFeed(feed, { block: end, seconds: 0 }))?.scaled ?? 0n);
        const depth = (BigInt(liquidity.raw) * inDollars) / 10n ** BigInt(liquidity.decimals);
        return {
          address,
          isV2: from === 'Uniswap V2',
          isFirst: first === token,
          decimals,
          quote: { token: quoteToken, decimals: liquidity.decimals, lies: BigInt(liquidity.raw), feed },
          depth,
        };
      }),
    );
    return read
      .filter((pool) => pool !== null)
      .sort((left, right) => (left.depth < right.depth ? 1 : -1))
      .slice(0, 2);
  }

  async function openMeans({ token, symbol, decimals }: PricedAsset): Promise<Means> {
    const isCoin = token === 'native';
    const known = isCoin ? findKnownToken(chain.id, `W${symbol}`) : findKnownToken(chain.id, symbol);
    // A symbol that a contract gives itself proves nothing: only the well-known contract has its feed.
    const isTrusted = isCoin || known === token;
    const contract = isCoin ? known : token;
    const [feed, pools] = await Promise.all([
      isTrusted ? openFeed(symbol) : null,
      contract === null || decimals === null ? [] : openPools(contract, decimals),
    ]);
    return { feed, pools, isPar: isTrusted && !isCoin && dollarSymbols.includes(symbol.toUpperCase()) };
  }

  async function readFeed(feed: Feed, { block, seconds }: Moment) {
    const round = await readAt(
      block,
      async () => {
        const [, answer, , updatedAt] = await client.readContract({
          address: feed.address,
          abi,
          functionName: 'latestRoundData',
          blockNumber: block,
        });
        return [answer, updatedAt];
      },
      async () => (await openEvents('feed', feed.aggregator, feed.heartbeatSeconds + graceSeconds)).upTo(block),
    );
    const [answer = 0n, updatedAt = 0n] = round ?? [];
    if (answer <= 0n) return null;
    return {
      scaled: (answer * one) / 10n ** BigInt(feed.decimals),
      ageSeconds: Math.max(0, seconds - Number(updatedAt)),
      isStale: seconds - Number(updatedAt) > feed.heartbeatSeconds + graceSeconds,
    };
  }

  async function readPoolAt(pool: Pool, at: Moment): Promise<KnownPrice | null> {
    const { address, isV2, isFirst, quote } = pool;
    const read = { address, abi, blockNumber: at.block } as const;
    const { block } = at;
    const [amounts, lies, feed] = await Promise.all([
      isV2
        ? readAt(
            block,
            async () => (await client.readContract({ ...read, functionName: 'getReserves' })).slice(0, 2).map(BigInt),
            async () => (await openEvents('reserves', address, lookBackSeconds)).upTo(block),
          )
        : readAt(
            block,
            async () => toRatio((await client.readContract({ ...read, functionName: 'slot0' }))[0]),
            async () => toRatio((await openEvents('root', address, lookBackSeconds)).upTo(block)?.[0] ?? 0n),
          ),
      isV2
        ? null
        : readAt(
            block,
            async () =>
              client.readContract({
                address: quote.token,
                abi: erc20Abi,
                functionName: 'balanceOf',
                args: [address],
                blockNumber: block,
              }),
            // What lies there at the end says as much of whether somebody could move the price.
            () => Promise.resolve(quote.lies),
          ),
      quote.feed === null ? null : readFeed(quote.feed, at),
    ]);
    if (amounts === null || (quote.feed !== null && feed === null)) return null;
    const [first = 0n, second = 0n] = amounts;
    const [own, other] = isFirst ? [first, second] : [second, first];
    const inDollars = feed?.scaled ?? one;
    const liquidity = ((isV2 ? other : (lies ?? 0n)) * inDollars) / 10n ** BigInt(quote.decimals);
    if (own === 0n || liquidity < leastLiquidity * one) return null;
    const ratio = (other * 10n ** BigInt(priceDecimals + pool.decimals)) / (own * 10n ** BigInt(quote.decimals));
    return toPrice(
      (ratio * inDollars) / one,
      { from: isV2 ? 'Uniswap V2' : 'Uniswap V3', contract: address, isStale: feed?.isStale ?? false },
      { ageSeconds: feed?.ageSeconds ?? null, depth: liquidity },
    );
  }

  async function wasSequencerDown(block: bigint): Promise<boolean> {
    return (
      (await readAt(
        block,
        () => isSequencerDown(context, block),
        () => Promise.resolve(false),
      )) === true
    );
  }

  async function find(asset: PricedAsset, at: Moment): Promise<KnownPrice | null> {
    const name = asset.token;
    const opened = means.get(name) ?? openMeans(asset);
    means.set(name, opened);
    const { feed, pools, isPar } = await opened;
    const [read, isDown] =
      feed === null ? [null, false] : await Promise.all([readFeed(feed, at), wasSequencerDown(at.block)]);
    const told =
      feed === null || read === null
        ? null
        : toPrice(
            read.scaled,
            { from: 'Chainlink', contract: feed.address, isStale: read.isStale || isDown },
            { ageSeconds: read.ageSeconds, depth: null },
          );
    if (told !== null && !told.source.isStale) return told;
    for (const pool of pools) {
      const price = await readPoolAt(pool, at);
      if (price !== null) return price;
    }
    return isPar ? toPrice(one, { from: 'par', contract: null, isStale: false }) : told;
  }

  return {
    /** Null: nothing on the chain tells a price of it at that block. */
    priceAt: async (asset: PricedAsset, at: Moment): Promise<KnownPrice | null> => {
      const name = `${asset.token} ${at.block}`;
      const price = prices.get(name) ?? find(asset, at);
      prices.set(name, price);
      return await price;
    },
  };
}

export type PriceHistory = ReturnType<typeof createPriceHistory>;

/** How much of the second token one gets for so much of the first. */
function toRatio(root: bigint): bigint[] {
  return [2n ** 192n, root * root];
}

function toPrice(
  scaled: bigint,
  source: Omit<PriceSource, 'price'>,
  told: Pick<KnownPrice, 'ageSeconds' | 'depth'> = { ageSeconds: null, depth: null },
): KnownPrice {
  return { scaled, source: { price: formatUnits(scaled, priceDecimals), ...source }, ...told };
}
