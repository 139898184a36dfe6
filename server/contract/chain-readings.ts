import { z } from 'zod';
import type { ChainPosition, HappeningList, HappeningWish } from './chain-happenings.ts';
import { BlockRange, ChainBlock, ExactAmount, Price, ValueFlow } from './chain-figures.ts';
import type { ContractSource } from './contract-source.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Portfolio } from './portfolio.ts';
import type { TransactionList } from './transaction-list.ts';
import type { TransactionProposal, TransactionWish } from './transaction-proposal.ts';
import type { WalletReadings } from './wallet-readings.ts';

export { BlockRange, ChainBlock, ExactAmount, Price, ValueFlow };

export const ShownArguments = z.array(z.object({ name: z.string(), type: z.string(), value: z.string() }));
export type ShownArguments = z.infer<typeof ShownArguments>;

const partial = z.string().nullable().describe('What is missing, and what to do; null: nothing is.');
const warnings = z.array(z.string());

export const BalanceReading = z.object({
  address: z.string(),
  amount: ExactAmount,
  token: z.object({ address: z.string(), name: z.string() }).nullable().describe("Null for the chain's own coin."),
  warnings,
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
      direction: z.enum(['in', 'out', 'self']),
      time: z.string().nullable(),
      ...TransferRow.shape,
      transaction: z.string(),
      block: z.string(),
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

export const ContractAnswer = z.object({
  contract: z.string(),
  function: z.string(),
  abiFrom: z.enum(['verified source', 'pasted', 'signature', 'well-known signatures']),
  arguments: ShownArguments,
  results: ShownArguments.describe('Integers are as the contract has them, in smallest units.'),
  warnings,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type ContractAnswer = z.infer<typeof ContractAnswer>;

export const EventLogs = z.object({
  event: z.string(),
  contract: z.string().nullable(),
  range: BlockRange,
  count: z.number(),
  logs: z.array(
    z.object({
      contract: z.string(),
      arguments: z.record(z.string(), z.string()).describe('Integers are in smallest units.'),
      amounts: z
        .record(z.string(), z.string())
        .describe(
          'The same arguments exactly in whole tokens, such as 1.5 USDC, where the token is known: show these.',
        ),
      block: z.string(),
      blockHash: z.string(),
      time: z.string().nullable().describe('Of the block, in UTC; null: no RPC told it.'),
      transaction: z.string(),
      explorerUrl: z.string(),
    }),
  ),
  warnings,
  partial,
  block: ChainBlock,
});
export type EventLogs = z.infer<typeof EventLogs>;

export const PriceReading = z.object({
  asset: z.string(),
  token: z.string().nullable(),
  best: Price.nullable(),
  prices: z.array(Price),
  warnings,
  block: ChainBlock,
});
export type PriceReading = z.infer<typeof PriceReading>;

export const EnsName = z.object({
  name: z.string().nullable(),
  address: z.string().nullable(),
  isVerified: z.boolean().describe('Whether the name leads to the address.'),
  warnings,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type EnsName = z.infer<typeof EnsName>;

export const GasReading = z.object({
  baseFee: ExactAmount.nullable().describe('Of the next block; null on chains without one.'),
  priorityFee: z.object({ slow: ExactAmount, usual: ExactAmount, fast: ExactAmount }).nullable(),
  gasPrice: ExactAmount,
  costs: z
    .array(z.object({ action: z.string(), gas: z.string(), cost: ExactAmount }))
    .describe('At the gas price now.'),
  history: z.array(z.object({ block: z.string(), baseFee: ExactAmount, usedShare: z.string() })),
  lowest: ExactAmount.nullable(),
  highest: ExactAmount.nullable(),
  warnings,
  block: ChainBlock,
});
export type GasReading = z.infer<typeof GasReading>;

export const BlockReading = z.object({
  block: ChainBlock,
  parentHash: z.string(),
  transactions: z.number(),
  gasUsed: z.string(),
  gasLimit: z.string(),
  usedShare: z.string(),
  baseFee: ExactAmount.nullable(),
  producer: z.string().nullable(),
  isFinal: z.boolean().nullable().describe('Whether it cannot be undone any more; null: no RPC tells.'),
  warnings,
});
export type BlockReading = z.infer<typeof BlockReading>;

export const StorageReading = z.object({
  contract: z.string(),
  slot: z.string(),
  value: z.string(),
  asInteger: z.string(),
  asAddress: z.string().nullable(),
  asText: z.string().nullable(),
  warnings,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type StorageReading = z.infer<typeof StorageReading>;

export const TokenHolders = z.object({
  token: z.string(),
  symbol: z.string(),
  totalSupply: ExactAmount.nullable(),
  holders: z.array(z.object({ address: z.string(), balance: ExactAmount, share: z.string().nullable() })),
  count: z.number().describe('Holders that were found.'),
  topTenShare: z.string().nullable(),
  range: BlockRange,
  warnings,
  partial,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type TokenHolders = z.infer<typeof TokenHolders>;

export const NftReading = z.object({
  contract: z.string(),
  name: z.string(),
  symbol: z.string(),
  standard: z.enum(['ERC-721', 'ERC-1155', 'unknown']),
  tokenId: z.string().nullable(),
  owner: z.string().nullable(),
  holder: z
    .object({ address: z.string(), balance: z.string(), tokenIds: z.array(z.string()) })
    .nullable()
    .describe('What the address that was asked about holds of it.'),
  metadataUrl: z.string().nullable(),
  warnings,
  partial,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type NftReading = z.infer<typeof NftReading>;

export const Simulation = z.object({
  succeeds: z.boolean(),
  reason: z.string().nullable().describe('Why it would fail.'),
  from: z.string(),
  to: z.string(),
  value: ExactAmount,
  call: DecodedCall.nullable(),
  data: z.string(),
  gas: z.string().nullable(),
  results: ShownArguments,
  changes: z.array(ValueFlow).describe('What each address would get and give, without the fee.'),
  warnings,
  partial,
  block: ChainBlock,
});
export type Simulation = z.infer<typeof Simulation>;

/** A call to be made: to a contract by function or data, or a plain transfer of coins. */
export type CallRequest = {
  from: string;
  to: string;
  value?: string | undefined;
  function?: string | undefined;
  arguments?: JsonValue[] | undefined;
  abi?: string | undefined;
  data?: string | undefined;
};

/** What is to be different of an account while a call is tried. */
export type StateOverride = {
  address: string;
  balance?: string | undefined;
  code?: string | undefined;
  storage?: Record<string, string> | undefined;
};

/** A reading: what is asked beside the chain, and what comes of it. */
type Reading<Request, Result> = { request: Request; result: Result };
type Place = { block?: number | undefined };
type Range = { fromBlock?: number | undefined; toBlock?: number | undefined; days?: number | undefined };

/** All that can be read of chains, by name. Addresses may be ENS names. */
export type ChainReadings = WalletReadings & {
  balance: Reading<{ address: string; token?: string | undefined } & Place, BalanceReading>;
  transaction: Reading<{ hash: string }, TransactionExplanation>;
  token: Reading<{ token: string } & Place, TokenFacts>;
  transactions: Reading<{ address?: string | undefined; most?: number | undefined } & Place, TransactionList>;
  transfers: Reading<{ address: string; token?: string | undefined } & Range, TransferList>;
  contract: Reading<
    { contract: string; function: string; arguments?: JsonValue[] | undefined; abi?: string | undefined } & Place,
    ContractAnswer
  >;
  logs: Reading<
    { event: string; contract?: string | undefined; where?: JsonObject | undefined; abi?: string | undefined } & Range,
    EventLogs
  >;
  price: Reading<{ token: string; feed?: string | undefined; pool?: string | undefined } & Place, PriceReading>;
  name: Reading<{ name: string }, EnsName>;
  gas: Reading<{ blocks?: number | undefined }, GasReading>;
  block: Reading<{ block?: string | undefined }, BlockReading>;
  storage: Reading<{ contract: string; slot: string } & Place, StorageReading>;
  holders: Reading<{ token: string; most?: number | undefined } & Range, TokenHolders>;
  source: Reading<{ contract: string }, ContractSource>;
  nft: Reading<{ contract: string; tokenId?: string | undefined; holder?: string | undefined } & Place, NftReading>;
  simulation: Reading<CallRequest & { overrides?: StateOverride[] | undefined } & Place, Simulation>;
  proposal: Reading<CallRequest & TransactionWish, TransactionProposal>;
  position: Reading<
    {
      confirmations: number | null;
      checkpoints: { number: string; hash: string }[];
      /** Blocks to be looked for one by one. */
      places?: { number: string; hash: string }[] | undefined;
    },
    ChainPosition
  >;
  happenings: Reading<{ wish: HappeningWish; fromBlock: string; toBlock: string }, HappeningList>;
  portfolio: Reading<
    {
      address: string;
      chains?: string[] | undefined;
      tokens?: string[] | undefined;
      withValues?: boolean | undefined;
    } & Place,
    Portfolio
  >;
};

/** Reads chains; every figure carries its chain and block. Read-only: the hub holds no keys. */
export type ChainReader = {
  chains: () => { id: number; name: string; slug: string }[];
  read: <Name extends keyof ChainReadings>(
    name: Name,
    request: ChainReadings[Name]['request'] & { chain: string; signal: AbortSignal },
  ) => Promise<ChainReadings[Name]['result']>;
};
