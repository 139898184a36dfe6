import { type Address, erc20Abi, formatUnits, parseAbi, zeroAddress } from 'viem';
import type { Price } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { toInputError, toNothing } from './chain-errors.ts';
import { findKnownToken } from './known-tokens.ts';
import { toTokenAmount } from './list-transfers.ts';
import { readTokenDetails } from './token-details.ts';

/** The exchanges of Uniswap's forms with the most pools, by chain id (docs.uniswap.org, docs.pancakeswap.finance). */
const factories: Record<number, { v2?: Address; v3?: Address }> = {
  1: { v2: '0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f', v3: '0x1F98431c8aD98523631AE4a59f267346ea31F984' },
  10: { v3: '0x1F98431c8aD98523631AE4a59f267346ea31F984' },
  56: { v2: '0xcA143Ce32Fe78f1f7019d7d551a6402fC5350c73', v3: '0xdB1d10011AD0Ff90774D0C6Bb92e5C5c8b4461F7' },
  137: { v3: '0x1F98431c8aD98523631AE4a59f267346ea31F984' },
  8453: { v3: '0x33128a8fC17869897dcE68Ed026d694621f6FDfD' },
  42161: { v3: '0x1F98431c8aD98523631AE4a59f267346ea31F984' },
  43114: { v3: '0x740b1c1de25031C31FF4fC9A62f554A55cdC1baD' },
  // The devnet's, whose address is the same on every hub.
  20260101: { v2: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9' },
};
/** Coins that are meant to be worth a dollar; the last is the devnet's. */
export const dollarSymbols = ['USDC', 'USDT', 'DAI', 'DUSD'];
/** PancakeSwap's pools of the second form take less than Uniswap's (docs.pancakeswap.finance). */
const pairFees: Record<number, bigint> = { 56: 2_500n };
const usualPairFee = 3_000n;
const fees = [100, 500, 3_000, 10_000];
const quoteSymbols = [...dollarSymbols, 'WETH', 'WBNB', 'WPOL', 'WAVAX'];
const shownDecimals = 18;

const abi = parseAbi([
  'function getPair(address tokenA, address tokenB) view returns (address)',
  'function getPool(address tokenA, address tokenB, uint24 fee) view returns (address)',
  'function token0() view returns (address)',
  'function token1() view returns (address)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)',
]);
/** Exchanges differ in what comes after the price. */
const priceAbi = parseAbi(['function slot0() view returns (uint160 sqrtPriceX96, int24 tick)']);

/** What pools of the second form on a chain take of each trade, in millionths: they do not tell it. */
export const feeOfPairs = (chainId: number): bigint => pairFees[chainId] ?? usualPairFee;

export type PoolPrice = Price & { quoteToken: Address; scaled: bigint };

/** The exchanges of a chain whose pools are looked at. */
export function listFactories(chainId: number): { kind: 'Uniswap V2' | 'Uniswap V3'; address: Address }[] {
  const { v2, v3 } = factories[chainId] ?? {};
  return [
    ...(v2 === undefined ? [] : [{ kind: 'Uniswap V2' as const, address: v2 }]),
    ...(v3 === undefined ? [] : [{ kind: 'Uniswap V3' as const, address: v3 }]),
  ];
}

/** The pools of a token against well-known ones, the most liquid of each quote first. */
export async function findPools(context: ChainContext, token: Address, block: bigint): Promise<Address[]> {
  const { client, chain } = context;
  const { v2, v3 } = factories[chain.id] ?? {};
  const quotes = quoteSymbols
    .flatMap((symbol) => findKnownToken(chain.id, symbol) ?? [])
    .filter((one) => one !== token);
  const ask = { abi, blockNumber: block } as const;
  const found = await Promise.all(
    quotes.flatMap((quote) =>
      [
        ...(v2 === undefined
          ? []
          : [client.readContract({ ...ask, address: v2, functionName: 'getPair', args: [token, quote] })]),
        ...(v3 === undefined
          ? []
          : fees.map((fee) =>
              client.readContract({ ...ask, address: v3, functionName: 'getPool', args: [token, quote, fee] }),
            )),
      ].map((asked) => asked.catch(toNothing)),
    ),
  );
  return [...new Set(found.flatMap((pool) => (pool === null || pool === zeroAddress ? [] : [pool])))];
}

/**
 * The price in a pool of Uniswap's second or third form, of the last trade: it can be moved by whoever has more than lies in it.
 *
 * @throws {HubError} `validation_failed`, where the contract is no such pool, or not of the token
 */
export async function readPool(
  context: ChainContext,
  { pool, token, block }: { pool: Address; token: Address; block: bigint },
): Promise<PoolPrice> {
  const { client, chain } = context;
  const ask = { address: pool, abi, blockNumber: block } as const;
  const [token0, token1, reserves, slot] = await Promise.all([
    client.readContract({ ...ask, functionName: 'token0' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'token1' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'getReserves' }).catch(toNothing),
    client.readContract({ address: pool, abi: priceAbi, functionName: 'slot0', blockNumber: block }).catch(toNothing),
  ]);
  if (token0 === null || token1 === null || ![token0, token1].includes(token) || (reserves === null && slot === null)) {
    throw toInputError('pool', {
      en: `${pool} on ${chain.name} is no pool of ${token} in Uniswap's forms (V2, V3).`,
      zh: `${chain.name} 上的 ${pool} 不是 ${token} 的 Uniswap V2 或 V3 形式的资金池。`,
    });
  }
  const isFirst = token0 === token;
  const quoteToken = isFirst ? token1 : token0;
  const [asset, quote, lies] = await Promise.all([
    readTokenDetails(client, token, block),
    readTokenDetails(client, quoteToken, block),
    client.readContract({
      address: quoteToken,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [pool],
      blockNumber: block,
    }),
  ]);
  const [amount0, amount1] = reserves === null ? toRatio(slot?.[0] ?? 0n) : [reserves[0], reserves[1]];
  const [own, other] = isFirst ? [amount0, amount1] : [amount1, amount0];
  const scaled =
    own === 0n
      ? 0n
      : (other * 10n ** BigInt(shownDecimals + (asset.decimals ?? 0))) / (own * 10n ** BigInt(quote.decimals ?? 0));
  return {
    from: reserves === null ? 'Uniswap V3' : 'Uniswap V2',
    price: formatUnits(scaled, shownDecimals),
    quote: quote.symbol,
    contract: pool,
    liquidity: toTokenAmount(lies, quote, quoteToken),
    updatedAt: null,
    ageSeconds: null,
    isStale: scaled === 0n,
    explorerUrl: `${chain.explorerUrl}/address/${pool}`,
    quoteToken,
    scaled,
  };
}

/** How much of the second token one gets for so much of the first: the square of the root, over 2^192. */
function toRatio(root: bigint): [bigint, bigint] {
  return [2n ** 192n, root * root];
}
