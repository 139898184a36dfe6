import type { IndexedContract } from '#server/contract/chain-index.ts';
import type { ContractFacts } from '#server/onchain/chain-index/decode-logs.ts';
import type { RawBlock } from '#server/onchain/chain-index/raw-block.ts';

/** A line of a spool file. */
export type SpoolLine = { block: RawBlock } | { facts: Record<string, ContractFacts> };

/** Makes one segment of others and of what was fetched since. */
export type WriteTask = {
  /** Segments whose rows begin the new one, in their order. */
  bases: string[];
  /** The last block that is taken of them. */
  keepTo: number | null;
  /** Fetched blocks, a JSON a line; null: none. */
  spool: string | null;
  contracts: IndexedContract[];
  /** Whether it gets many rows. */
  isLarge: boolean;
  file: string;
  memoryMb: number;
};

/** How many rows each table of the segment has, and how many logs did not fit the ABI that was given for them. */
export type WriteAnswer = { rows: Record<string, number>; unfit: Record<string, number> };
