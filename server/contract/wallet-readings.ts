import { z } from 'zod';
import { BlockRange, ChainBlock, ExactAmount, Price, ValueFlow } from './chain-figures.ts';
import type { PoolYield } from './pool-yield.ts';

const warnings = z.array(z.string());
const partial = z.string().nullable().describe('What is missing, and what to do; null: nothing is.');
const coin = z
  .enum(['traced', 'transactions', 'not read'])
  .describe("How transfers of the chain's own coin were found: transactions leave out what contracts sent.");

/** What is told of how a wallet was read. */
const read = { coin, range: BlockRange, warnings, partial, block: ChainBlock, explorerUrl: z.string() };

/** Where a price came from; `par`: a dollar coin counted as one dollar. */
const PriceSource = z.object({
  price: z.string().describe('US dollars for one.'),
  from: z.enum([...Price.shape.from.options, 'par']),
  contract: z.string().nullable(),
  isStale: z.boolean(),
});
export type PriceSource = z.infer<typeof PriceSource>;

/** What was gained: on what left, on what is still held, and both without the fees. */
const Gain = z.object({ realised: ExactAmount, unrealised: ExactAmount, total: ExactAmount });

/** A part of an asset from when it came to when it left, first in first out. */
export const WalletLot = z.object({
  token: z.string(),
  symbol: z.string(),
  amount: ExactAmount,
  acquired: z
    .object({ time: z.string().nullable(), block: z.string(), transaction: z.string().nullable() })
    .nullable()
    .describe('Without a transaction it was there before; null: nothing tells how it came.'),
  cost: ExactAmount.nullable().describe('Its value when it came; null: no price was found.'),
  costFrom: PriceSource.nullable(),
  left: z
    .object({ time: z.string().nullable(), block: z.string(), transaction: z.string(), as: z.enum(['out', 'fee']) })
    .nullable()
    .describe('Null: it is still held.'),
  proceeds: ExactAmount.nullable().describe('Its value when it left, or now.'),
  proceedsFrom: PriceSource.nullable(),
  gain: ExactAmount.nullable(),
});
export type WalletLot = z.infer<typeof WalletLot>;

export const WalletProfit = z.object({
  addresses: z.array(z.string()).describe('The wallet: transfers between these are left out.'),
  quote: z.literal('USD'),
  fifo: Gain.describe('First in, first out.'),
  average: Gain.describe('By average cost, of the assets that have one.'),
  fees: z.object({ amount: ExactAmount, value: ExactAmount.nullable(), transactions: z.number() }),
  assets: z.array(
    z.object({
      token: z.string().describe("The contract, or native for the chain's own coin."),
      symbol: z.string(),
      isWellKnown: z.boolean(),
      opening: ExactAmount.describe('Held before the range.'),
      received: ExactAmount,
      sent: ExactAmount.describe('Fees included.'),
      closing: ExactAmount,
      price: PriceSource.nullable(),
      cost: ExactAmount.nullable().describe('What was paid for what is still held, first in first out.'),
      value: ExactAmount.nullable(),
      fifo: Gain.omit({ total: true }).nullable(),
      average: Gain.omit({ total: true }).nullable(),
      unpricedLots: z.number(),
    }),
  ),
  lots: z.array(WalletLot).describe('The newest first.'),
  lotCount: z.number(),
  unpricedLots: z.number().describe('Lots without a price at one end; they are in no sum.'),
  ...read,
});
export type WalletProfit = z.infer<typeof WalletProfit>;

const Funding = z.object({
  from: z.string().nullable().describe('Null: it was there in the first block.'),
  label: z.string().nullable(),
  amount: ExactAmount,
  block: z.string(),
  time: z.string().nullable(),
  transaction: z.string().nullable(),
  explorerUrl: z.string(),
});

/** By what counterparties are in order: how often, or how much of one token. */
export const CounterpartyOrder = z.object({
  by: z.enum(['transfers', 'received', 'sent']).describe('The most transfers, or the largest amount, first.'),
  token: z.string().nullable().describe('Whose amounts: the contract, or native; null: the number of transfers.'),
  symbol: z.string().nullable(),
});
export type CounterpartyOrder = z.infer<typeof CounterpartyOrder>;

export const WalletActivity = z.object({
  addresses: z.array(z.string()),
  label: z.string().nullable(),
  transfers: z.number(),
  transactions: z.number(),
  flows: z.array(ValueFlow.omit({ address: true })),
  days: z.array(
    z.object({
      day: z.string(),
      token: z.string(),
      received: ExactAmount,
      sent: ExactAmount,
    }),
  ),
  counterparties: z.array(
    z.object({
      address: z.string(),
      label: z.string().nullable().describe('What the hub knows it as; nothing that a contract says of itself.'),
      transfers: z.number(),
      first: z.string().nullable(),
      last: z.string().nullable(),
      flows: z.array(ValueFlow.omit({ address: true, net: true })),
      flags: z.array(z.enum(['poisoning', 'look-alike', 'fake-token'])),
    }),
  ),
  counterpartyCount: z.number(),
  counterpartyOrder: CounterpartyOrder,
  firstFunding: Funding.nullable().describe('The first coins that came; null: it could not be found.'),
  hours: z
    .array(z.object({ weekday: z.number().describe('1 is Monday.'), hour: z.number(), transfers: z.number() }))
    .describe('When it was active, in the time zone.'),
  timeZone: z.string(),
  ...read,
});
export type WalletActivity = z.infer<typeof WalletActivity>;

const Concentration = z.object({
  holders: z.number(),
  gini: z.string().nullable().describe('0: all hold the same; near 1: one holds all.'),
  herfindahl: z.string().nullable().describe('Herfindahl-Hirschman index, up to 10000.'),
  top: z.array(z.object({ holders: z.number(), share: z.string() })),
});
export type Concentration = z.infer<typeof Concentration>;

const Holder = z.object({
  address: z.string(),
  label: z.string().nullable(),
  kind: z.enum(['account', 'contract', 'burn']),
  balance: ExactAmount,
  share: z.string().nullable().describe('Of the whole supply.'),
});

export const TokenDistribution = z.object({
  token: z.string(),
  symbol: z.string(),
  totalSupply: ExactAmount.nullable(),
  holders: z.array(Holder),
  all: Concentration.describe('Of all addresses that hold some.'),
  accounts: Concentration.describe('Without contracts and burn addresses, of what these hold together.'),
  inContracts: ExactAmount,
  burnt: ExactAmount.describe('Lies at addresses that nobody can use.'),
  days: z.array(
    z.object({
      day: z.string(),
      minted: ExactAmount,
      burned: ExactAmount,
      transferred: ExactAmount,
      transfers: z.number(),
    }),
  ),
  flow: z.object({ minted: ExactAmount, burned: ExactAmount, transferred: ExactAmount, transfers: z.number() }),
  range: BlockRange,
  warnings,
  partial,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type TokenDistribution = z.infer<typeof TokenDistribution>;

const Depth = z.object({
  pays: ExactAmount.describe('What goes in.'),
  gets: ExactAmount.describe('What comes out.'),
});

export const TokenLiquidity = z.object({
  token: z.string(),
  symbol: z.string(),
  pools: z.array(
    z.object({
      pool: z.string(),
      kind: Price.shape.from.extract(['Uniswap V2', 'Uniswap V3']),
      reserves: z.array(ExactAmount).describe('The token first, then what it is traded for.'),
      price: z.string(),
      quote: z.string(),
      buying: Depth.nullable().describe('A purchase that moves the price up by 2 %, before the fee of the pool.'),
      selling: Depth.nullable().describe('A sale that moves it down by 2 %.'),
      shares: z
        .object({
          supply: ExactAmount,
          holders: z.array(z.object({ address: z.string(), label: z.string().nullable(), share: z.string() })),
          topShare: z.string(),
          burnt: z.string().describe('The share that nobody can withdraw.'),
        })
        .nullable()
        .describe('Who holds the shares of the pool; null: it has none that can be counted.'),
      explorerUrl: z.string(),
    }),
  ),
  warnings,
  partial,
  block: ChainBlock,
  explorerUrl: z.string(),
});
export type TokenLiquidity = z.infer<typeof TokenLiquidity>;

type Reading<Request, Result> = { request: Request; result: Result };
type Range = { fromBlock?: number | undefined; toBlock?: number | undefined; days?: number | undefined };

/** Readings that sum up a wallet or a token. Addresses may be ENS names. */
export type WalletReadings = {
  profit: Reading<{ address: string; own?: string[] | undefined } & Range, WalletProfit>;
  activity: Reading<
    {
      address: string;
      own?: string[] | undefined;
      timeZone?: string | undefined;
      rank?: CounterpartyOrder['by'] | undefined;
      token?: string | undefined;
    } & Range,
    WalletActivity
  >;
  distribution: Reading<{ token: string; most?: number | undefined } & Range, TokenDistribution>;
  /** `pool`: the address of a pool or vault, or a token's symbol, whose deepest pool is meant. */
  yield: Reading<{ pool: string } & Range, PoolYield>;
  liquidity: Reading<{ token: string; pool?: string | undefined; block?: number | undefined }, TokenLiquidity>;
};
