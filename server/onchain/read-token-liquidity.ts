import { type Address, erc20Abi, formatUnits, parseAbi, parseUnits } from 'viem';
import type { TokenLiquidity, WalletReadings } from '#server/contract/wallet-readings.ts';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError, toNothing } from './chain-errors.ts';
import { warnOfToken } from './find-warnings.ts';
import { gatherHolders } from './gather-holders.ts';
import { findLabel, isBurnAddress } from './known-labels.ts';
import { toTokenAmount } from './list-transfers.ts';
import { depthOfLiquidity, depthOfReserves, tradeWithReserves } from './pool-depth.ts';
import { feeOfPairs, findPools, listFactories, readPool } from './read-pools.ts';
import { showShare } from './show-share.ts';
import { toTokenAddress } from './token-address.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

const depthPercent = 2n;
const averageDecimals = 18;
const mostPools = 12;
const mostSharePools = 3;
const mostShareHolders = 5;

const abi = parseAbi([
  'function token0() view returns (address)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)',
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick)',
  'function liquidity() view returns (uint128)',
]);

type Pool = TokenLiquidity['pools'][number];
type TradeWish = NonNullable<WalletReadings['liquidity']['request']['trade']>;

/**
 * The pools of a token against well-known ones at one block: what lies in them, how much moves the price by 2 %, and who
 * could withdraw it.
 */
export const readTokenLiquidity: ReadChain<'liquidity'> = async (context, request) => {
  const { chain, client } = context;
  const token = toTokenAddress(request.token, chain);
  const block = await pinBlock(context, request.block);
  const details = await readTokenDetails(client, token, block.number);
  const found =
    request.pool === undefined ? await findPools(context, token, block.number) : [parseAddress(request.pool, 'pool')];
  const read = await Promise.all(
    found
      .slice(0, mostPools)
      .map(async (pool) => await readOne(context, { pool, token, block: block.number, wish: request.trade })),
  );
  const pools = read.sort(
    (one, other) => Number(other.reserves[1]?.formatted ?? 0) - Number(one.reserves[1]?.formatted ?? 0),
  );
  const notes: string[] = [];
  const withShares = await Promise.all(
    pools.map(async (pool, index): Promise<Pool> => {
      if (pool.kind !== 'Uniswap V2' || index >= mostSharePools) return { ...pool, shares: null };
      const { shares, note } = await readShares(context, pool.pool as Address, block.number);
      if (note !== null) notes.push(`Shares of ${pool.pool}:`, note);
      return { ...pool, shares };
    }),
  );
  if (listFactories(chain.id).length === 0 && request.pool === undefined)
    notes.push(`No exchange of ${chain.name} is known here. Give the address of a pool.`);
  if (withShares.some(({ kind }) => kind === 'Uniswap V3'))
    notes.push('Depth in pools with concentrated liquidity is of what lies around the price now.');
  if (request.trade !== undefined && withShares.some(({ kind }) => kind === 'Uniswap V3'))
    notes.push('A trade is reckoned in constant-product pools (V2) alone.');
  return {
    token,
    symbol: details.symbol,
    pools: withShares,
    warnings: [
      ...block.warnings,
      ...warnOfToken(details, chain.id),
      ...(withShares.some(({ trade }) => trade)
        ? [
            `A pool of this kind does not tell its fee: ${formatUnits(feeOfPairs(chain.id), 4)} % is counted as its first makers set it, and a copy of it may take another.`,
            'A trade is reckoned for this block: others may move the price before it, and gas is not in it.',
          ]
        : []),
      ...(pools.length === 0
        ? [`No pool of ${details.symbol} against a well-known token was found: it may not be possible to sell it.`]
        : []),
    ],
    partial: notes.join(' ') || null,
    block: block.at,
    explorerUrl: `${chain.explorerUrl}/token/${token}`,
  } satisfies TokenLiquidity;
};

async function readOne(
  context: ChainContext,
  { pool, token, block, wish }: { pool: Address; token: Address; block: bigint; wish: TradeWish | undefined },
): Promise<Omit<Pool, 'shares'>> {
  const { client, chain } = context;
  const ask = { address: pool, abi, blockNumber: block } as const;
  const [price, first, reserves, slot, liquidity, lies] = await Promise.all([
    readPool(context, { pool, token, block }),
    client.readContract({ ...ask, functionName: 'token0' }),
    client.readContract({ ...ask, functionName: 'getReserves' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'slot0' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'liquidity' }).catch(toNothing),
    client.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [pool], blockNumber: block }),
  ]);
  const [asset, quote] = await Promise.all([
    readTokenDetails(client, token, block),
    readTokenDetails(client, price.quoteToken, block),
  ]);
  const isFirst = first === token;
  const inPool = reserves === null ? null : isFirst ? [reserves[0], reserves[1]] : [reserves[1], reserves[0]];
  const own = inPool?.[0] ?? lies;
  const other = inPool?.[1] ?? BigInt(price.liquidity?.raw ?? 0);
  const depth =
    inPool !== null
      ? depthOfReserves({ own, other }, depthPercent)
      : slot === null || liquidity === null || slot[0] === 0n
        ? null
        : depthOfLiquidity({ liquidity, root: slot[0], isFirst }, depthPercent);
  const ofToken = (raw: bigint) => toTokenAmount(raw, asset, token);
  const ofQuote = (raw: bigint) => toTokenAmount(raw, quote, price.quoteToken);
  return {
    pool,
    kind: inPool === null ? 'Uniswap V3' : 'Uniswap V2',
    reserves: [ofToken(own), ofQuote(other)],
    price: price.price,
    quote: price.quote,
    buying: depth === null ? null : { pays: ofQuote(depth.buying.pays), gets: ofToken(depth.buying.gets) },
    selling: depth === null ? null : { pays: ofToken(depth.selling.pays), gets: ofQuote(depth.selling.gets) },
    ...(wish === undefined ? {} : { trade: inPool === null ? null : toTrade() }),
    explorerUrl: `${chain.explorerUrl}/address/${pool}`,
  };

  function toTrade(): NonNullable<Pool['trade']> | null {
    if (wish === undefined) return null;
    const named = toTokenAddress(wish.token, chain, 'tradeToken');
    if (named !== token && named !== price.quoteToken) return null;
    const isOwn = named === token;
    const raw = toRaw(wish.amount, isOwn ? asset : quote);
    // Whoever pays with the token sells it; whoever receives it buys it.
    const isSelling = isOwn !== wish.isReceived;
    const [paidIn, takenFrom] = isSelling ? [own, other] : [other, own];
    const feeMillionths = feeOfPairs(chain.id);
    const trade = tradeWithReserves(
      { paidIn, takenFrom },
      wish.isReceived ? { gets: raw } : { pays: raw },
      feeMillionths,
    );
    if (trade === null) return null;
    const [paid, got] = isSelling ? [ofToken, ofQuote] : [ofQuote, ofToken];
    const [inToken, inQuote] = isSelling ? [trade.pays, trade.gets] : [trade.gets, trade.pays];
    const scale = 10n ** BigInt(averageDecimals + (asset.decimals ?? 0));
    return {
      pays: paid(trade.pays),
      gets: got(trade.gets),
      fee: paid(trade.fee),
      feePercent: formatUnits(feeMillionths, 4),
      impactPercent: formatUnits(trade.impactMillionths, 4),
      averagePrice:
        inToken === 0n
          ? '0'
          : formatUnits((inQuote * scale) / (inToken * 10n ** BigInt(quote.decimals ?? 0)), averageDecimals),
    };
  }
}

function toRaw(amount: string, { decimals, symbol }: TokenDetails): bigint {
  const [, fraction = ''] = amount.split('.');
  if (/^\d{1,60}(?:\.\d+)?$/.test(amount) && fraction.length <= (decimals ?? 0)) {
    const raw = parseUnits(amount, decimals ?? 0);
    if (raw > 0n) return raw;
  }
  throw toInputError('tradeAmount', {
    en: `An amount of ${symbol} is above zero and has at most ${decimals ?? 0} digits behind the point.`,
    zh: `${symbol} 的数量须大于零，小数点后最多 ${decimals ?? 0} 位。`,
  });
}

/** The first shares of such a pool are burnt at its beginning: nobody can withdraw them. */
async function readShares(
  context: ChainContext,
  pool: Address,
  to: bigint,
): Promise<{ shares: Pool['shares']; note: string | null }> {
  const { held, supply, details, note } = await gatherHolders(context, { token: pool, from: 0n, to });
  if (supply === null || supply === 0n) return { shares: null, note };
  const usable = held.filter(({ holder }) => !isBurnAddress(holder));
  const burnt = held.reduce((total, { holder, raw }) => (isBurnAddress(holder) ? total + raw : total), 0n);
  return {
    shares: {
      supply: toTokenAmount(supply, details, pool),
      holders: usable.slice(0, mostShareHolders).map(({ holder, raw }) => ({
        address: holder,
        label: findLabel(context.chain.id, holder),
        share: showShare(raw, supply),
      })),
      topShare: showShare(usable[0]?.raw ?? 0n, supply),
      burnt: showShare(burnt, supply),
    },
    note,
  };
}
