import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';

/** How an RPC endpoint is: `well`, not asked yet, or what is wrong with it. */
export const EndpointState = z.enum([
  'unchecked',
  'well',
  'rate-limited',
  'refused',
  'server-error',
  'time-out',
  'unreachable',
  'not-allowed',
  'not-json',
  'cut-json',
  'too-large',
  'wrong-chain',
  'behind',
]);
export type EndpointState = z.infer<typeof EndpointState>;

/** An RPC endpoint of a chain. Its URL may hold a key and is never shown, but for the host. */
export const ChainEndpoint = z.object({
  id: Identifier,
  host: z.string(),
  /** `stored`: an administrator added it; `hub`: the hub runs it; the others come from the hub's list or its environment. */
  origin: z.enum(['public', 'environment', 'stored', 'hub']),
  state: EndpointState,
  /** What is wrong, as the end of a sentence that begins with the endpoint. */
  detail: z.string().nullable(),
  blockNumber: z.string().nullable(),
  blocksBehind: z.number().int(),
  secondsBehind: z.number().int(),
  checkedAt: Timestamp.nullable(),
  /** What this process asked it since it started, each call of a batch by itself. */
  calls: z.array(z.object({ method: z.string(), calls: z.number().int(), failed: z.number().int() })),
});
export type ChainEndpoint = z.infer<typeof ChainEndpoint>;

/** The number of a chain (EIP-155). */
export const ChainId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const ChainName = z.string().trim().min(1).max(60);
const ExplorerUrl = z
  .url({ protocol: /^https?$/ })
  .max(200)
  .transform((url) => url.replace(/\/+$/, ''));

/** A chain that the hub reads, with its endpoints in the order in which they are asked. */
export const Chain = z.object({
  id: z.number().int(),
  slug: z.string(),
  name: z.string(),
  explorerUrl: z.string(),
  nativeCurrency: z.object({ name: z.string(), symbol: z.string(), decimals: z.number().int() }),
  /** `stored`: an administrator added it. */
  origin: z.enum(['known', 'stored']),
  /** Whether many contract reads go as one call (Multicall3). */
  hasMulticall: z.boolean(),
  /** Whether it is known that nothing on it is real money. Chains that were added are taken for real. */
  isTestnet: z.boolean(),
  endpoints: z.array(ChainEndpoint),
});
export type Chain = z.infer<typeof Chain>;

/** An RPC's address. It is stored sealed and never shown again. */
export const EndpointUrl = z.url({ protocol: /^https?$/ }).max(1000);

export const CreateChainInput = z.strictObject({
  /** Must be what the endpoint answers to `eth_chainId`. */
  id: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** How people and agents call it. */
  slug: z
    .string()
    .min(2)
    .max(40)
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens, such as "base-sepolia".'),
  name: ChainName,
  /** The block explorer to which results link. */
  explorerUrl: ExplorerUrl,
  nativeCurrency: z.strictObject({
    name: z.string().trim().min(1).max(40),
    symbol: z.string().trim().min(1).max(12),
    decimals: z.number().int().min(0).max(36).default(18),
  }),
  url: EndpointUrl,
});
export type CreateChainInput = z.infer<typeof CreateChainInput>;

export const UpdateChainInput = z.strictObject({ name: ChainName, explorerUrl: ExplorerUrl }).partial();
export type UpdateChainInput = z.infer<typeof UpdateChainInput>;

export const AddEndpointInput = z.strictObject({ url: EndpointUrl });
export type AddEndpointInput = z.infer<typeof AddEndpointInput>;
