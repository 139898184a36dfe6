import { BlockNotFoundError, type PublicClient } from 'viem';
import type { ChainBlock } from '#server/contract/chain-readings.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChainConfiguration } from './chains.ts';

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
 * The block at which all of a reading is read: the one that is asked for, else the latest.
 *
 * @throws {HubError} `not_found`, for a block that the chain does not have yet
 */
export async function pinBlock(
  { client, chain }: { client: PublicClient; chain: ChainConfiguration },
  number?: number | bigint,
): Promise<{ number: bigint; at: ChainBlock }> {
  const block = await client
    .getBlock(number === undefined ? { blockTag: 'latest' } : { blockNumber: BigInt(number) })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof BlockNotFoundError)) throw thrown;
      throw new HubError('not_found', {
        en: `${chain.name} has no block ${String(number)} yet. Leave it out for the latest.`,
        zh: `${chain.name} 还没有区块 ${String(number)}。留空则读取最新区块。`,
      });
    });
  return { number: block.number, at: toChainBlock(chain, block) };
}
