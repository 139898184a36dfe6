import { z } from 'zod';
import { ChainBlock, ExactAmount, Price } from './chain-figures.ts';

/** Where a price in dollars was read at the block, and how old it was there; `par`: a dollar coin counted as one dollar. */
const PriceSource = z.object({
  from: z.enum([...Price.shape.from.options, 'par']),
  contract: z.string().nullable().describe('The feed or pool.'),
  ageSeconds: z.number().nullable().describe('Of a feed, at that block.'),
  isStale: z.boolean(),
  explorerUrl: z.string().nullable(),
});

const Holding = z.object({
  chain: z.string(),
  token: z.string().describe("The contract, or native for the chain's own coin."),
  amount: ExactAmount,
  priceUsd: z.string().optional().describe('US dollars for one, where values were asked for and the chain tells it.'),
  valueUsd: ExactAmount.optional().describe('Amount times price, rounded down to a millionth of a dollar.'),
  priceSource: PriceSource.optional(),
  isWellKnown: z.boolean(),
  explorerUrl: z.string(),
});

/** What an address holds over chains, and what it is worth where that was asked for. */
export const Portfolio = z.object({
  address: z.string(),
  totalUsd: ExactAmount.nullable().optional().describe('Of all that has a value; null: nothing could be priced.'),
  freshUsd: ExactAmount.optional().describe(
    'The total without what a stale price values; left out where no price is stale. Say both.',
  ),
  holdings: z.array(Holding),
  notValued: z
    .array(z.object({ chain: z.string(), token: z.string(), amount: ExactAmount, reason: z.string() }))
    .optional()
    .describe('What is in no total, and why. Say it beside the total.'),
  blocks: z.array(ChainBlock),
  checkedTokens: z.number(),
  failed: z.array(z.object({ chain: z.string(), reason: z.string() })),
  warnings: z.array(z.string()),
  partial: z.string().nullable().describe('What is missing, and what to do; null: nothing is.'),
});
export type Portfolio = z.infer<typeof Portfolio>;
