import { z } from 'zod';
import { ChainBlock, ExactAmount } from './chain-figures.ts';
import type { JsonObject } from './json.ts';

/** Where a chain stands, for who follows it. */
export const ChainPosition = z.object({
  head: ChainBlock,
  confirmations: z.number().int(),
  /** The newest block with so many on top of it; null: the chain is too short. */
  confirmed: ChainBlock.nullable(),
  /** Whether a block that was looked at is no part of the chain any more. */
  isReorganised: z.boolean(),
  /** The newest of the blocks looked at that still is one; null: none. */
  ancestor: z.object({ number: z.string(), hash: z.string() }).nullable(),
  /** Hashes of those places that are no blocks of the chain. */
  gone: z.array(z.string()),
  /** What is to be known of its newest block, such as that it is old. */
  warnings: z.array(z.string()),
});
export type ChainPosition = z.infer<typeof ChainPosition>;

/** Something that happened in a block: an event of a contract, or a transfer. */
export const Happening = z.object({
  contract: z.string().nullable(),
  arguments: z.array(z.object({ name: z.string(), value: z.string() })),
  amount: ExactAmount.nullable(),
  transaction: z.string(),
  /** Among those of the block; of a transfer of the chain's own coin, among those of its transaction. */
  logIndex: z.number().int().nullable(),
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type Happening = z.infer<typeof Happening>;

export const HappeningList = z.object({
  happenings: z.array(Happening).describe('In the order of the chain.'),
  /** The event's signature, or the token's symbol. */
  name: z.string(),
  /** The last block that was read whole. */
  through: ChainBlock,
});
export type HappeningList = z.infer<typeof HappeningList>;

/** What happens that somebody waits for. */
export type HappeningWish =
  | {
      kind: 'event';
      event: string;
      contract: string | null;
      abi: string | null;
      where: JsonObject;
      amount: { argument: string; atLeast: string; decimals: number | null } | null;
    }
  | { kind: 'transfer'; address: string; direction: 'in' | 'out' | 'any'; token: string; atLeast: string };
