import { z } from 'zod';
import { BlockRange, ChainBlock, ExactAmount } from './chain-figures.ts';

export const TransactionRow = z.object({
  hash: z.string(),
  timestamp: z.string(),
  from: z.string(),
  to: z.string().nullable().describe('Null: it made a contract.'),
  value: ExactAmount,
  call: z.string().nullable().describe('The function that it called; null: none.'),
  status: z.enum(['success', 'reverted']),
  fee: ExactAmount,
  blockNumber: z.string(),
  index: z.number().describe('Its place in its block, from 0.'),
  explorerUrl: z.string(),
});
export type TransactionRow = z.infer<typeof TransactionRow>;

/** The newest transactions that an address sent or received, or those of a block. */
export const TransactionList = z.object({
  address: z.string().nullable(),
  sentInAll: z
    .number()
    .nullable()
    .describe('How many transactions the address sent up to the block; null: of a block, or no RPC tells.'),
  count: z.number().describe('Transactions that were found in the range.'),
  reverted: z.number().nullable().describe('How many of those of the block failed; null where it is not of one.'),
  transactions: z.array(TransactionRow),
  range: BlockRange,
  partial: z.string().nullable().describe('What is missing, and what to do; null: nothing is.'),
  warnings: z.array(z.string()),
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type TransactionList = z.infer<typeof TransactionList>;
