import type { ChainConfiguration } from './chains.ts';

/** Where in a chain's history a figure was read. */
export type ChainBlock = {
  chainId: number;
  chain: string;
  number: string;
  hash: string;
  timestamp: string;
  explorerUrl: string;
};

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
