import { z } from 'zod';
import { Timestamp } from './identifier.ts';
import { LocalizedText } from './localized-text.ts';

/** An account of the devnet. Its key is known to every developer. */
export const DevnetAccount = z.object({
  address: z.string(),
  label: z.string(),
  /** `hostile`: it does what real accounts must be warned of. */
  kind: z.enum(['service', 'trader', 'person', 'hostile']),
});
export type DevnetAccount = z.infer<typeof DevnetAccount>;

/** A contract that stands on the devnet from its beginning. */
export const DevnetContract = z.object({
  address: z.string(),
  label: z.string(),
  /** The contract's name in its source. */
  contract: z.string(),
  isHostile: z.boolean(),
});
export type DevnetContract = z.infer<typeof DevnetContract>;

/** What is being done while the devnet starts. */
export const DevnetStage = z.enum(['starting', 'compiling', 'seeding']);
export type DevnetStage = z.infer<typeof DevnetStage>;

/** The chain that the hub runs itself, for trying things out. Nothing on it is worth real money. */
export const Devnet = z.object({
  chainId: z.number().int(),
  /** `missing`: the program that runs it (Anvil) is not installed; `detail` says what to do. */
  state: z.enum(['missing', 'stopped', 'starting', 'running', 'failed']),
  stage: DevnetStage.nullable(),
  /** From 0 to 1, while it is known. */
  progress: z.number().min(0).max(1).nullable(),
  detail: LocalizedText.nullable(),
  /** Where programs on the hub's machine reach it while it runs; the port is another after each start. */
  url: z.string().nullable(),
  startedAt: Timestamp.nullable(),
  /** The last block of the simulated days. Empty lists and null: it was never started. */
  seeded: z.object({ blockNumber: z.number().int(), blockHash: z.string() }).nullable(),
  accounts: z.array(DevnetAccount),
  contracts: z.array(DevnetContract),
});
export type Devnet = z.infer<typeof Devnet>;

/** How much is paid at most at once, in whole coins. */
const mostPaid = 5_000;

/** A payment of the devnet's coin, and how many blocks are made on top of its own. */
export const DevnetPaymentInput = z.strictObject({
  from: z.string().regex(/^0x[0-9a-f]{40}$/i, 'Write 0x and 40 hexadecimal digits.'),
  to: z.string().regex(/^0x[0-9a-f]{40}$/i, 'Write 0x and 40 hexadecimal digits.'),
  amount: z
    .string()
    .regex(/^\d{1,5}(?:\.\d{1,18})?$/, 'Write a number such as 1000 or 0.25.')
    .refine((amount) => Number(amount) <= mostPaid, 'At most 5000.'),
  moreBlocks: z.number().int().min(0).max(500).default(2),
});
export type DevnetPaymentInput = z.infer<typeof DevnetPaymentInput>;

export const DevnetPayment = z.object({ transaction: z.string(), blockNumber: z.number().int() });
export type DevnetPayment = z.infer<typeof DevnetPayment>;

/** An address as people write it. */
export const ContractAddress = z.string().regex(/^0x[0-9a-f]{40}$/i, 'Write 0x and 40 hexadecimal digits.');

/** What a contract of the devnet was made from, as a block explorer shows a verified one. */
export const DevnetSource = z.object({
  contract: z.string(),
  abi: z.array(z.record(z.string(), z.unknown())),
  /** What the compiler says of it, as JSON. */
  metadata: z.string(),
  /** The file that holds it, and those that it needs. */
  file: z.string(),
  sources: z.record(z.string(), z.string()),
});
export type DevnetSource = z.infer<typeof DevnetSource>;
