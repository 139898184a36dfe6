import { z } from 'zod';
import { BlockRange, ChainBlock, ExactAmount } from './chain-figures.ts';

const percent = z.string().describe('In percent, rounded to four places.');

/** What lay in a pool or vault, and what one of its shares was worth, at an end of the range. */
const YieldState = z.object({
  reserves: z.array(ExactAmount),
  price: z.string().nullable().describe('Of a pool: one of the other token, in the quote.'),
  assetsPerShare: z.string().nullable().describe('Of a vault: assets for one whole share.'),
});

/**
 * What a pool or an ERC-4626 vault brought those who put something in, over a range of blocks: fees and volume from every swap,
 * the value locked, the impermanent loss by the change of price. Annual rates go on from the range alone.
 */
export const PoolYield = z.object({
  kind: z.enum(['Uniswap V2', 'Uniswap V3', 'ERC-4626']),
  address: z.string(),
  pair: z.string().describe('The tokens of the pool, or the asset of the vault.'),
  quote: z.string().describe('What values are counted in.'),
  daysRead: z.string().describe('How long the range lasted, in days.'),
  tvl: ExactAmount.describe('All that lies in it at the end, at the price there.'),
  tvlUsd: ExactAmount.nullable().describe('The same in dollars; null: nothing tells a price of the quote.'),
  swaps: z.number().int().nullable(),
  feePercent: z.string().nullable(),
  volume: ExactAmount.nullable().describe('What was paid in by all swaps, at the price of the end.'),
  fees: z.array(ExactAmount).describe('Fees of all swaps in each token, exactly.'),
  feesValue: ExactAmount.nullable().describe('The same together, at the price of the end.'),
  growthPercent: percent
    .nullable()
    .describe('How much more one share came to at the end: of a V2 pool by its root of k, of a vault by its assets.'),
  aprPercent: percent.nullable().describe('Fees or growth over a year of as many, without reinvesting.'),
  apyPercent: percent.nullable().describe('The same, reinvested each day.'),
  priceChangePercent: percent.nullable(),
  impermanentLossPercent: percent
    .nullable()
    .describe('Of a share of the whole range of prices against holding both tokens, before fees: 0 or less.'),
  againstHoldingPercent: percent
    .nullable()
    .describe('The same with the fees that were earned: what a share gained or lost against holding.'),
  start: YieldState.nullable(),
  end: YieldState,
  range: BlockRange,
  warnings: z.array(z.string()),
  partial: z.string().nullable(),
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type PoolYield = z.infer<typeof PoolYield>;
