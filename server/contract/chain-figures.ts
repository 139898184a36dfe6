import { z } from 'zod';

/** An exact amount: no rounding, in the smallest unit and in whole ones. */
export const ExactAmount = z.object({
  raw: z.string().describe('The integer in the smallest unit. Never show it as the amount.'),
  formatted: z.string().describe('The exact amount in whole tokens; show this one.'),
  decimals: z.number(),
  symbol: z.string(),
});
export type ExactAmount = z.infer<typeof ExactAmount>;

/** Where in a chain's history a figure was read. */
export const ChainBlock = z.object({
  chainId: z.number(),
  chain: z.string(),
  number: z.string(),
  hash: z.string(),
  timestamp: z.string(),
  explorerUrl: z.string(),
});
export type ChainBlock = z.infer<typeof ChainBlock>;

/** The blocks that were read, first and last included. */
export const BlockRange = z.object({ from: ChainBlock, to: ChainBlock });
export type BlockRange = z.infer<typeof BlockRange>;

/** What an address got and gave of a token, all of it added up. */
export const ValueFlow = z.object({
  address: z.string(),
  token: z.string(),
  received: ExactAmount,
  sent: ExactAmount,
  net: ExactAmount,
});
export type ValueFlow = z.infer<typeof ValueFlow>;

/** What something costs, by one source. */
export const Price = z.object({
  from: z.enum(['Chainlink', 'Uniswap V2', 'Uniswap V3', 'price service']),
  price: z.string(),
  quote: z.string().describe('What one unit of the asset is priced in.'),
  contract: z.string().nullable(),
  liquidity: ExactAmount.nullable().describe('How much of the quote lies in the pool.'),
  updatedAt: z.string().nullable(),
  ageSeconds: z.number().nullable(),
  isStale: z.boolean(),
  explorerUrl: z.string().nullable(),
});
export type Price = z.infer<typeof Price>;
