import { z } from 'zod';

/** The parts of an output that every on-chain tool shares. */
export const Amount = z.object({
  raw: z.string().describe('The integer in the smallest unit. Never show it as the amount.'),
  formatted: z.string().describe('The exact amount in whole tokens; show this one.'),
  decimals: z.number(),
  symbol: z.string(),
});

export const Block = z.object({
  chainId: z.number(),
  chain: z.string(),
  number: z.string(),
  hash: z.string(),
  timestamp: z.string(),
  explorerUrl: z.string(),
});

export const Arguments = z.array(z.object({ name: z.string(), type: z.string(), value: z.string() }));
