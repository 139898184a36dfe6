import { type Address, erc20Abi, parseAbi } from 'viem';
import { toInputError, toNothing } from './chain-errors.ts';
import type { ChainContext } from './chain-context.ts';
import { findKnownToken } from './known-tokens.ts';
import { dollarSymbols, findPools } from './read-pools.ts';
import { toTokenAddress } from './token-address.ts';

export const yieldAbi = parseAbi([
  'function token0() view returns (address)',
  'function token1() view returns (address)',
  'function fee() view returns (uint24)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)',
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick)',
  'function asset() view returns (address)',
  'function totalAssets() view returns (uint256)',
  'function convertToAssets(uint256 shares) view returns (uint256)',
]);

/** What yields something: a pool of two tokens, or a vault of one. */
export type Yielding =
  | { kind: 'Uniswap V2' | 'Uniswap V3'; address: Address; first: Address; second: Address }
  | { kind: 'ERC-4626'; address: Address; asset: Address };

/**
 * The pool or vault that a request means: one by its address, or the deepest pool of a token, or of a pair of tokens.
 *
 * @throws {HubError} `validation_failed`, where there is none
 */
export async function findYielding(context: ChainContext, named: string, block: bigint): Promise<Yielding> {
  const { chain } = context;
  const [one = '', other] = named.split('/');
  const address = toTokenAddress(one, chain, 'pool');
  const own = await openYielding(context, address, block);
  if (own !== null && other === undefined) return own;
  const wanted = other === undefined ? null : toTokenAddress(other, chain, 'pool');
  // A token that others are priced in has no pool of its own.
  const sides = wanted === null ? [address] : [address, wanted];
  const pools = new Set((await Promise.all(sides.map((side) => findPools(context, side, block)))).flat());
  const opened = (await Promise.all([...pools].map((pool) => openYielding(context, pool, block)))).filter(
    (pool) => pool !== null && 'first' in pool && sides.every((side) => [pool.first, pool.second].includes(side)),
  ) as Exclude<Yielding, { kind: 'ERC-4626' }>[];
  const depths = await Promise.all(
    opened.map((pool) =>
      context.client
        .readContract({ address, abi: erc20Abi, functionName: 'balanceOf', args: [pool.address], blockNumber: block })
        .catch(toNothing),
    ),
  );
  const [deepest] = opened
    .map((pool, index) => ({ pool, depth: depths[index] ?? 0n }))
    .sort((left, right) => (left.depth < right.depth ? 1 : -1));
  if (deepest === undefined) {
    throw toInputError('pool', {
      en: `${named} on ${chain.name} is no pool in Uniswap's forms (V2, V3) and no ERC-4626 vault, and no pool of it is known. Give the address of a pool or vault.`,
      zh: `${chain.name} 上的 ${named} 不是 Uniswap V2 或 V3 形式的资金池，也不是 ERC-4626 金库，也没有已知的资金池。请给出资金池或金库的地址。`,
    });
  }
  return deepest.pool;
}

async function openYielding({ client }: ChainContext, address: Address, blockNumber: bigint): Promise<Yielding | null> {
  const ask = { address, abi: yieldAbi, blockNumber } as const;
  const [first, second, reserves, slot, asset, one] = await Promise.all([
    client.readContract({ ...ask, functionName: 'token0' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'token1' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'getReserves' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'slot0' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'asset' }).catch(toNothing),
    client.readContract({ ...ask, functionName: 'convertToAssets', args: [1n] }).catch(toNothing),
  ]);
  if (first !== null && second !== null && (reserves !== null || slot !== null))
    return { kind: reserves === null ? 'Uniswap V3' : 'Uniswap V2', address, first, second };
  return asset === null || one === null ? null : { kind: 'ERC-4626', address, asset };
}

/** Whether values are counted in the second token: where it is a dollar coin, or the first is none. */
export function isSecondQuote(chainId: number, { first, second }: { first: Address; second: Address }): boolean {
  const isDollar = (token: Address) => dollarSymbols.some((symbol) => findKnownToken(chainId, symbol) === token);
  return isDollar(second) || !isDollar(first);
}
