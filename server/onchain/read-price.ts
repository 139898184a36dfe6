import { type Address, formatUnits } from 'viem';
import type { ChainBlock, Price } from '#server/contract/chain-readings.ts';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { warnOfToken } from './find-warnings.ts';
import { findKnownToken } from './known-tokens.ts';
import { findFeed, listFeeds } from './price-feeds.ts';
import { type FeedPrice, isSequencerDown, readFeed } from './read-feed.ts';
import { dollarSymbols as dollars, findPools, type PoolPrice, readPool } from './read-pools.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';
import { readTokenDetails } from './token-details.ts';

const usualHeartbeatSeconds = 86_400;
const mostPools = 12;
const shownDecimals = 18;
/** In whole dollars or so: below it anybody can move a price. */
const leastLiquidity = 10_000;

/**
 * What a coin or token costs: by Chainlink's feeds, by exchange pools on the chain, and by a price service where one is set
 * up. `best` is the fresh feed, else the most liquid pool against a dollar, else the service.
 *
 * @throws {HubError} `validation_failed`, where nothing tells a price
 */
export const readPrice: ReadChain<'price'> = async (context, request) => {
  const { chain } = context;
  const named = request.token.trim();
  const isCoin = isOwnCoin(named, chain);
  const feedName = isCoin ? chain.nativeCurrency.symbol : named;
  const token = isCoin ? findWrapped(context) : findToken(named, context);
  if (!isCoin && token === null && findFeed(chain.id, feedName) === null && request.feed === undefined)
    toTokenAddress(named, chain);
  const block = await pinBlock(context, request.block);
  const at = { block: block.number, at: block.at };
  const details = token === null ? null : await readTokenDetails(context.client, token, block.number);
  // A symbol that a contract gives itself proves nothing: only the well-known contract has its feed.
  const isTrusted = isCoin || token === null || findKnownToken(chain.id, details?.symbol ?? '') === token;
  const [feed, pools, service, isDown] = await Promise.all([
    isTrusted || request.feed !== undefined
      ? readFeedOf(context, { feed: request.feed, symbol: isCoin ? feedName : (details?.symbol ?? feedName), ...at })
      : null,
    token === null ? [] : readPoolsOf(context, { pool: request.pool, token, ...at }),
    token === null ? null : context.findServicePrice(token),
    isSequencerDown(context, block.number),
  ]);
  const prices: Price[] = [
    ...(feed === null ? [] : [toPlainFeed(feed)]),
    ...pools.map(toPlainPool),
    ...(service === null ? [] : [service]),
  ];
  if (prices.length === 0) {
    const priced = listFeeds(chain.id)
      .map(({ of }) => of)
      .join(', ');
    if (chain.isTestnet && request.feed === undefined && request.pool === undefined && priced !== '') {
      throw toInputError('token', {
        en: `${feedName.slice(0, 60)} has no price on ${chain.name}: its coins are not real money. ${priced} have one there, in play money too.`,
        zh: `${feedName.slice(0, 60)} 在 ${chain.name} 上没有价格：那里的币不是真实货币。${priced.replaceAll(', ', '、')} 在那里有价格，同样是虚拟货币。`,
      });
    }
    throw toInputError('token', {
      en: `No price of ${feedName.slice(0, 60)} was found on ${chain.name}: no feed, no pool against a well-known token, no price service. Give the address of a feed or a pool.`,
      zh: `在 ${chain.name} 上找不到 ${feedName.slice(0, 60)} 的价格：没有喂价、没有与知名代币的资金池，也没有价格服务。请给出喂价或资金池的地址。`,
    });
  }
  return {
    asset: isCoin ? chain.nativeCurrency.symbol : (details?.symbol ?? named.toUpperCase()),
    token,
    best: pickBest(prices),
    prices,
    warnings: [
      ...block.warnings,
      ...(details === null || isCoin ? [] : warnOfToken(details, chain.id)),
      ...(isDown ? [`The sequencer of ${chain.name} is reported down: its prices may be old.`] : []),
      ...prices.flatMap(toWarnings),
    ],
    block: block.at,
  };
};

function findToken(named: string, { chain }: ChainContext): Address | null {
  return named.startsWith('0x') ? parseAddress(named, 'token') : findKnownToken(chain.id, named);
}

function findWrapped({ chain }: ChainContext): Address | null {
  return findKnownToken(chain.id, `W${chain.nativeCurrency.symbol}`);
}

type Place = { block: bigint; at: ChainBlock };

async function readFeedOf(
  context: ChainContext,
  { feed, symbol, ...place }: Place & { feed: string | undefined; symbol: string },
): Promise<FeedPrice | null> {
  if (feed !== undefined) {
    return await readFeed(context, {
      ...place,
      address: parseAddress(feed, 'feed'),
      heartbeatSeconds: usualHeartbeatSeconds,
    });
  }
  const known = findFeed(context.chain.id, symbol);
  return known === null ? null : await readFeed(context, { ...place, ...known });
}

/** The most liquid pool of each quote; pools against the wrapped coin are told in dollars too, by its feed. */
async function readPoolsOf(
  context: ChainContext,
  { pool, token, ...place }: Place & { pool: string | undefined; token: Address },
): Promise<PoolPrice[]> {
  const found = pool === undefined ? await findPools(context, token, place.block) : [parseAddress(pool, 'pool')];
  const read = await Promise.all(
    found.slice(0, mostPools).map((one) => readPool(context, { pool: one, token, block: place.block })),
  );
  const deepest = new Map<string, PoolPrice>();
  for (const one of read.filter(({ scaled }) => scaled > 0n)) {
    const kept = deepest.get(one.quoteToken);
    if (kept === undefined || BigInt(one.liquidity?.raw ?? 0) > BigInt(kept.liquidity?.raw ?? 0))
      deepest.set(one.quoteToken, one);
  }
  return await Promise.all([...deepest.values()].map((one) => inDollars(context, one, place)));
}

async function inDollars(context: ChainContext, pool: PoolPrice, place: Place): Promise<PoolPrice> {
  const feed = dollars.includes(pool.quote) ? null : findFeed(context.chain.id, pool.quote);
  if (feed === null || findKnownToken(context.chain.id, pool.quote) !== pool.quoteToken) return pool;
  const { raw, decimals, isStale } = await readFeed(context, { ...place, ...feed });
  const scaled = (pool.scaled * raw) / 10n ** BigInt(decimals);
  return { ...pool, price: formatUnits(scaled, shownDecimals), quote: 'USD', scaled, isStale: pool.isStale || isStale };
}

const toPlainFeed = ({ description: _text, raw: _raw, decimals: _decimals, ...price }: FeedPrice): Price => price;
const toPlainPool = ({ quoteToken: _token, scaled: _scaled, ...price }: PoolPrice): Price => price;

function pickBest(prices: Price[]): Price | null {
  const fresh = prices.filter(({ isStale }) => !isStale);
  const depth = ({ liquidity }: Price) => Number(liquidity?.formatted ?? 0);
  const pools = fresh
    .filter(({ liquidity, quote }) => liquidity !== null && [...dollars, 'USD'].includes(quote))
    .sort((one, other) => depth(other) - depth(one));
  return fresh.find(({ from }) => from === 'Chainlink') ?? pools[0] ?? fresh[0] ?? null;
}

function toWarnings({ from, isStale, ageSeconds, liquidity, contract }: Price): string[] {
  const isShallow =
    liquidity !== null && dollars.includes(liquidity.symbol) && Number(liquidity.formatted) < leastLiquidity;
  return [
    ...(isStale && ageSeconds !== null
      ? [`The ${from} price is stale: it was ${ageSeconds} seconds old at that block.`]
      : []),
    ...(isShallow && contract !== null
      ? [`The pool ${contract} holds only ${liquidity.formatted} ${liquidity.symbol}: anybody can move its price.`]
      : []),
  ];
}
