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
  /** Whether its anonymous events have tables, too: those of indexes that are older than that have none. */
  withAnonymous: z.boolean().optional(),
});
export type IndexedContract = z.infer<typeof IndexedContract>;

/** How large an index may become. */
const MaximumRows = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const MaximumBytes = z
  .number()
  .int()
  .min(1)
  .max(16 * 1024 ** 4);

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
  /** Only what these contracts log is kept, and the blocks in which they do. */
  onlyContracts: z.boolean(),
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
  /** Of all tables. */
  rows: z.number().int(),
  /** It pauses when it has so many; null: there is no limit. */
  maximumRows: z.number().int().nullable(),
  maximumBytes: z.number().int(),
  /** Over the last minute of work; null while it does none. */
  blocksPerSecond: z.number().nullable(),
  logsPerSecond: z.number().nullable(),
  /** What last went wrong, until it goes on. */
  fault: LocalizedText.nullable(),
  /** A part that no RPC of the chain gives. */
  missingParts: z.array(IndexPart),
  /** Logs that do not fit the ABI that was given for them; they are in "logs" alone. */
  unfit: z.array(z.object({ table: z.string(), logs: z.number().int() })),
  lastReorganisation: Reorganisation.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  can: z.object({ edit: z.boolean() }),
});
export type ChainIndex = z.infer<typeof ChainIndex>;

/** Whether an index has as much as it may have. */
export const isFullIndex = ({
  rows,
  bytes,
  maximumRows,
  maximumBytes,
}: Pick<ChainIndex, 'rows' | 'bytes' | 'maximumRows' | 'maximumBytes'>): boolean =>
  bytes >= maximumBytes || (maximumRows !== null && rows >= maximumRows);

export const ChainIndexList = z.object({
  items: z.array(ChainIndex),
  /** The chains that can be indexed. */
  chains: z.array(z.object({ slug: z.string(), name: z.string() })),
  can: z.object({ create: z.boolean() }),
});
export type ChainIndexList = z.infer<typeof ChainIndexList>;

/** Without `fromBlock` and `fromTime` it begins at the first block. */
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
    /** Keeps only what the contracts log, which makes a long range quick: no other block is read. */
    onlyContracts: z.boolean().default(false),
    /** The schema of its tables in SQL, the chain's own unless told; a chain may have several indexes. */
    name: z
      .string()
      .max(40)
      .regex(/^[a-z][a-z0-9_]*$/, 'Use small letters, digits and "_", beginning with a letter.')
      .optional(),
    maximumRows: MaximumRows.optional(),
    maximumBytes: MaximumBytes.optional(),
  })
  .refine(({ onlyContracts, contracts }) => !onlyContracts || contracts.length > 0, {
    message: 'Say which contracts.',
    path: ['contracts'],
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

/** Pauses an index, lets it go on, or changes how large it may become. */
export const UpdateIndexInput = z.strictObject({
  state: z.enum(['running', 'paused']).optional(),
  maximumRows: MaximumRows.nullable().optional(),
  maximumBytes: MaximumBytes.optional(),
});
export type UpdateIndexInput = z.infer<typeof UpdateIndexInput>;
