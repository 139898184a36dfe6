import { z } from 'zod';
import { ContractAddress } from './devnet.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { LocalizedText } from './localized-text.ts';

/** What of a chain an index keeps, beside its blocks; what is decoded of events comes with `logs`. */
export const IndexPart = z.enum(['transactions', 'logs', 'traces']);
export type IndexPart = z.infer<typeof IndexPart>;

const mostContracts = 50;

/** A contract whose events become tables of their own, `chain.name_event`. */
export const IndexedContract = z.strictObject({
  /** Begins the names of its tables. */
  name: z
    .string()
    .max(40)
    .regex(/^[a-z][a-z0-9_]*$/, 'Use small letters, digits and "_", beginning with a letter.'),
  address: ContractAddress,
  /** Its ABI as JSON, or event declarations, one a line. */
  abi: z.string().trim().min(1).max(200_000),
});
export type IndexedContract = z.infer<typeof IndexedContract>;

const BlockNumber = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** `running`: it fetches, or waits for new blocks; `done`: the range is whole; `failed`: it was tried in vain and rests until it is resumed. */
export const IndexState = z.enum(['running', 'paused', 'done', 'failed']);
export type IndexState = z.infer<typeof IndexState>;

/** A time that blocks were undone by their chain, and so in the index. */
export const Reorganisation = z.object({
  at: Timestamp,
  /** How many indexed blocks were undone. */
  depth: z.number().int(),
  /** The last block that both have. */
  ancestor: z.number().int(),
});
export type Reorganisation = z.infer<typeof Reorganisation>;

/** What the hub keeps of a chain, as tables of SQL. */
export const ChainIndex = z.object({
  id: Identifier,
  chainId: z.number().int(),
  chain: z.string(),
  /** The schema of its tables in SQL. */
  schema: z.string(),
  fromBlock: z.number().int(),
  /** Null: it follows the head. */
  toBlock: z.number().int().nullable(),
  parts: z.array(IndexPart),
  contracts: z.array(IndexedContract),
  state: IndexState,
  /** Blocks that are in the tables, and how many there are to come as far as is known. */
  blocksDone: z.number().int(),
  blocksLeft: z.number().int().nullable(),
  /** The last indexed block; null before the first. */
  lastBlock: z.number().int().nullable(),
  /** The chain's head and last final block, as last seen. */
  headBlock: z.number().int().nullable(),
  finalBlock: z.number().int().nullable(),
  logs: z.number().int(),
  transactions: z.number().int(),
  /** On disk. */
  bytes: z.number().int(),
  /** Over the last minute of work; null while it does none. */
  blocksPerSecond: z.number().nullable(),
  logsPerSecond: z.number().nullable(),
  /** What last went wrong, until it goes on. */
  fault: LocalizedText.nullable(),
  /** A part that no RPC of the chain gives. */
  missingParts: z.array(IndexPart),
  lastReorganisation: Reorganisation.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  can: z.object({ edit: z.boolean() }),
});
export type ChainIndex = z.infer<typeof ChainIndex>;

/** One chain has one index. Without `fromBlock` and `fromTime` it begins at the first block. */
export const CreateIndexInput = z
  .strictObject({
    /** Slug, number or name. */
    chain: z.string().trim().min(1).max(60),
    fromBlock: BlockNumber.optional(),
    /** Begins with the first block at or after this time. */
    fromTime: Timestamp.optional(),
    /** The last block; left out, it follows the head. */
    toBlock: BlockNumber.optional(),
    parts: z.array(IndexPart).max(3).default(['transactions', 'logs']),
    contracts: z.array(IndexedContract).max(mostContracts).default([]),
  })
  .refine(({ fromBlock, fromTime }) => fromBlock === undefined || fromTime === undefined, {
    message: 'Send either "fromBlock" or "fromTime".',
    path: ['fromTime'],
  })
  .refine(({ fromBlock = 0, toBlock }) => toBlock === undefined || toBlock >= fromBlock, {
    message: 'The last block comes after the first.',
    path: ['toBlock'],
  });
export type CreateIndexInput = z.infer<typeof CreateIndexInput>;

/** Pauses an index, or lets it go on. */
export const UpdateIndexInput = z.strictObject({ state: z.enum(['running', 'paused']) });
export type UpdateIndexInput = z.infer<typeof UpdateIndexInput>;
