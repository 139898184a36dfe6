import { type Address, erc20Abi, parseAbi } from 'viem';
import type { TokenLiquidity } from '#server/contract/wallet-readings.ts';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toNothing } from './chain-errors.ts';
import { warnOfToken } from './find-warnings.ts';
import { gatherHolders } from './gather-holders.ts';
import { findLabel, isBurnAddress } from './known-labels.ts';
import { toTokenAmount } from './list-transfers.ts';
import { depthOfLiquidity, depthOfReserves } from './pool-depth.ts';
import { findPools, listFactories, readPool } from './read-pools.ts';
import { showShare } from './show-share.ts';
import { toTokenAddress } from './token-address.ts';
import { readTokenDetails } from './token-details.ts';

const depthPercent = 2n;
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
    found.slice(0, mostPools).map(async (pool) => await readOne(context, { pool, token, block: block.number })),
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
  return {
    token,
    symbol: details.symbol,
    pools: withShares,
    warnings: [
      ...block.warnings,
      ...warnOfToken(details, chain.id),
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
  { pool, token, block }: { pool: Address; token: Address; block: bigint },
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
    explorerUrl: `${chain.explorerUrl}/address/${pool}`,
  };
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
