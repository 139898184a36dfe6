import { BlockNotFoundError } from 'viem';
import type { ChainBlock } from '#server/contract/chain-readings.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChainContext } from './chain-context.ts';
import type { ChainConfiguration } from './chains.ts';

const usualAgeMs = 300_000;
const usualBlocks = 25;

export function toChainBlock(
  chain: ChainConfiguration,
  block: { number: bigint; hash: string; timestamp: bigint },
): ChainBlock {
  return {
    chainId: chain.id,
    // Whoever reads a figure by itself is to see what it is worth.
    chain: chain.isTestnet ? `${chain.name} (no real money)` : chain.name,
    number: block.number.toString(),
    hash: block.hash,
    timestamp: new Date(Number(block.timestamp) * 1000).toISOString(),
    explorerUrl: `${chain.explorerUrl}/block/${block.number}`,
  };
}

/**
 * Warns where the newest block that the RPCs give is far older than it could be: all of them lag, or there is but one. Test
 * chains may stand still.
 */
export function warnOfOldHead({ chain, now }: Pick<ChainContext, 'chain' | 'now'>, timestamp: bigint): string[] {
  const ageMs = now().getTime() - Number(timestamp) * 1000;
  if (chain.isTestnet || ageMs < Math.max(usualAgeMs, usualBlocks * chain.blockTimeMs)) return [];
  return [
    `The newest block that the RPCs of ${chain.name} have is ${Math.floor(ageMs / 60_000)} minutes old: what happened since is missing. Try again later; an administrator can add another RPC under Chains.`,
  ];
}

/**
 * The block at which all of a reading is read: the one that is asked for, else the latest, with what is to be said of its age.
 *
 * @throws {HubError} `not_found`, for a block that the chain does not have yet
 */
export async function pinBlock(
  context: Pick<ChainContext, 'client' | 'chain' | 'now'>,
  number?: number | bigint,
): Promise<{ number: bigint; at: ChainBlock; warnings: string[] }> {
  const { client, chain } = context;
  const block = await client
    .getBlock(number === undefined ? { blockTag: 'latest' } : { blockNumber: BigInt(number) })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof BlockNotFoundError)) throw thrown;
      throw new HubError('not_found', {
        en: `${chain.name} has no block ${String(number)} yet. Leave it out for the latest.`,
        zh: `${chain.name} 还没有区块 ${String(number)}。留空则读取最新区块。`,
      });
    });
  return {
    number: block.number,
    at: toChainBlock(chain, block),
    warnings: number === undefined ? warnOfOldHead(context, block.timestamp) : [],
  };
}
