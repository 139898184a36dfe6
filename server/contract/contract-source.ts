import { z } from 'zod';

/** How a contract was compiled, as far as reading its sources needs it; the hub's own compiler is of one version. */
export const CompilerSettings = z.object({
  remappings: z.array(z.string()).default([]),
  evmVersion: z.string().nullable().default(null),
  viaIR: z.boolean().default(false),
  optimizer: z.object({ enabled: z.boolean(), runs: z.number() }).nullable().default(null),
});
export type CompilerSettings = z.infer<typeof CompilerSettings>;

/** Where sources that were looked up by an address come from. */
export const SourceOrigin = z.object({
  chain: z.string(),
  address: z.string(),
  /** The contract whose sources these are, where the address is a proxy before it. */
  implementation: z.string().nullable(),
  name: z.string(),
  compiler: z.string(),
  from: z.enum(['Sourcify', 'Etherscan', 'devnet']),
  explorerUrl: z.string(),
});
export type SourceOrigin = z.infer<typeof SourceOrigin>;

/** The verified source of a contract on a chain. */
export const ContractSource = z.object({
  origin: SourceOrigin,
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  settings: CompilerSettings,
});
export type ContractSource = z.infer<typeof ContractSource>;
