import { z } from 'zod';
import type { Abi, Hex } from 'viem';

const hexadecimal = /^0x[0-9a-f]*$/;

const code = z.custom<Hex>((value) => typeof value === 'string' && hexadecimal.test(value));

/** A contract of the devnet as the compiler gave it, with all that a reader needs to check its source. */
export const CompiledContract = z.object({
  name: z.string(),
  file: z.string(),
  abi: z.custom<Abi>((value) => Array.isArray(value)),
  /** What sets it up, without its arguments. */
  bytecode: code,
  /** What stands on the chain afterwards, where it keeps nothing of its setting up. */
  runtimeCode: code,
  /** What the compiler says of it, as JSON: settings, sources' hashes, documentation. */
  metadata: z.string(),
});
export type CompiledContract = z.infer<typeof CompiledContract>;
