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

export const ShownArguments = z.array(z.object({ name: z.string(), type: z.string(), value: z.string() }));
export type ShownArguments = z.infer<typeof ShownArguments>;

const partial = z.string().nullable().describe('What is missing, and what to do; null: nothing is.');
const warnings = z.array(z.string());

/** The blocks that were read, first and last included. */
export const BlockRange = z.object({ from: ChainBlock, to: ChainBlock });
export type BlockRange = z.infer<typeof BlockRange>;

export const BalanceReading = z.object({
  address: z.string(),
  amount: ExactAmount,
  token: z.object({ address: z.string(), name: z.string() }).nullable().describe("Null for the chain's own coin."),
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type BalanceReading = z.infer<typeof BalanceReading>;

export const TransferRow = z.object({
  token: z.string().describe("The contract, or native for the chain's own coin."),
  tokenSymbol: z.string(),
  from: z.string(),
  to: z.string(),
  amount: ExactAmount,
});
export type TransferRow = z.infer<typeof TransferRow>;

/** What an address got and gave of a token, all of it added up. */
export const ValueFlow = z.object({
  address: z.string(),
  token: z.string(),
  received: ExactAmount,
  sent: ExactAmount,
  net: ExactAmount,
});
export type ValueFlow = z.infer<typeof ValueFlow>;

export const DecodedCall = z.object({ name: z.string(), arguments: ShownArguments });

export const TransactionExplanation = z.object({
  hash: z.string(),
  status: z.enum(['success', 'reverted', 'pending']),
  block: ChainBlock.nullable(),
  from: z.string(),
  to: z.string().nullable(),
  createdContract: z.string().nullable(),
  value: ExactAmount,
  fee: ExactAmount.nullable(),
  call: DecodedCall.nullable(),
  transfers: z.array(TransferRow),
  flows: z.array(ValueFlow),
  events: z.array(z.object({ contract: z.string(), name: z.string(), arguments: ShownArguments })),
  warnings,
  explorerUrl: z.string(),
});
export type TransactionExplanation = z.infer<typeof TransactionExplanation>;

export const TokenFacts = z.object({
  address: z.string(),
  name: z.string(),
  symbol: z.string(),
  standard: z.enum(['ERC-20', 'ERC-721', 'ERC-1155', 'unknown']),
  decimals: z.number().nullable(),
  totalSupply: ExactAmount.nullable(),
  owner: z.string().nullable().describe('Who the contract says owns it; null: it does not say.'),
  proxy: z
    .object({ kind: z.string(), implementation: z.string(), admin: z.string().nullable() })
    .nullable()
    .describe('Where its code can be changed, or is kept elsewhere.'),
  isPaused: z.boolean().nullable(),
  isWellKnown: z.boolean().describe('Whether it is the official contract of a well-known symbol.'),
  powers: z.array(z.string()).describe('Functions in its code that somebody may have power over holders with.'),
  warnings,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type TokenFacts = z.infer<typeof TokenFacts>;

export const TransferList = z.object({
  address: z.string(),
  range: BlockRange,
  transfers: z.array(
    z.object({
      ...TransferRow.shape,
      direction: z.enum(['in', 'out', 'self']),
      block: z.string(),
      time: z.string().nullable(),
      transaction: z.string(),
      explorerUrl: z.string(),
    }),
  ),
  /** Of all that were read, shown or not. */
  flows: z.array(ValueFlow),
  count: z.number(),
  coin: z
    .enum(['traced', 'transactions', 'not read'])
    .describe("How transfers of the chain's own coin were found: transactions leave out what contracts sent."),
  warnings,
  partial,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type TransferList = z.infer<typeof TransferList>;

export const Portfolio = z.object({
  address: z.string(),
  holdings: z.array(
    z.object({
      chain: z.string(),
      token: z.string().describe("The contract, or native for the chain's own coin."),
      amount: ExactAmount,
      isWellKnown: z.boolean(),
      explorerUrl: z.string(),
    }),
  ),
  blocks: z.array(ChainBlock),
  checkedTokens: z.number(),
  failed: z.array(z.object({ chain: z.string(), reason: z.string() })),
  warnings,
  partial,
});
export type Portfolio = z.infer<typeof Portfolio>;

/** A reading: what is asked beside the chain, and what comes of it. */
type Reading<Request, Result> = { request: Request; result: Result };
type Place = { block?: number | undefined };
type Range = { fromBlock?: number | undefined; toBlock?: number | undefined; days?: number | undefined };

/** All that can be read of chains, by name. Addresses may be ENS names. */
export type ChainReadings = {
  balance: Reading<{ address: string; token?: string | undefined } & Place, BalanceReading>;
  transaction: Reading<{ hash: string }, TransactionExplanation>;
  token: Reading<{ token: string } & Place, TokenFacts>;
  transfers: Reading<{ address: string; token?: string | undefined } & Range, TransferList>;
  portfolio: Reading<{ address: string; chains?: string[] | undefined; tokens?: string[] | undefined }, Portfolio>;
};

/** Reads chains; every figure carries its chain and block. Read-only: the hub holds no keys. */
export type ChainReader = {
  chains: () => { id: number; name: string; slug: string }[];
  read: <Name extends keyof ChainReadings>(
    name: Name,
    request: ChainReadings[Name]['request'] & { chain: string; signal: AbortSignal },
  ) => Promise<ChainReadings[Name]['result']>;
};
