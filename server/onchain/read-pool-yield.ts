import {
  decodeAbiParameters,
  erc20Abi,
  formatUnits,
  hexToBigInt,
  numberToHex,
  type RpcLog,
  toEventSelector,
} from 'viem';
import type { PoolYield } from '#server/contract/pool-yield.ts';
import { findRange } from './block-range.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { findYielding, isSecondQuote, yieldAbi, type Yielding } from './find-yielding.ts';
import { toTokenAmount } from './list-transfers.ts';
import {
  measureAgainstHolding,
  measureGrowth,
  measureImpermanentLoss,
  measurePriceChange,
  type PoolState,
  showPercent,
  toCompounded,
  toRatio,
  toYearly,
} from './measure-yield.ts';
import { readPriceEvents } from './price-events.ts';
import { createPriceHistory } from './price-history.ts';
import { readLogs, toMissingNote } from './read-logs.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';
import { readVaultYield } from './read-vault-yield.ts';
import { toDollars, valueOf } from './value-asset.ts';

const usualDays = 30;
const millionth = 1_000_000n;
/** PancakeSwap's pools of this form take less than Uniswap's (docs.pancakeswap.finance). */
const feesOfChains: Record<number, bigint> = { 56: 2_500n };
const usualFee = 3_000n;
const shownDecimals = 18;
const topics = {
  v2: toEventSelector('Swap(address,uint256,uint256,uint256,uint256,address)'),
  v3: toEventSelector('Swap(address,address,int256,int256,uint160,uint128,int24)'),
  transfer: toEventSelector('Transfer(address,address,uint256)'),
};
const nobody = numberToHex(0n, { size: 32 });

type Pool = Exclude<Yielding, { kind: 'ERC-4626' }>;
type Paid = { count: number; first: bigint; second: bigint };

/** What a pool or vault brought over a range, all of it from its own state and events. */
export const readPoolYield: ReadChain<'yield'> = async (context, { pool: named, ...asked }) => {
  const { from, to, range, warnings } = await findRange(context, {
    ...asked,
    ...(asked.fromBlock === undefined && asked.days === undefined ? { days: usualDays } : {}),
  });
  const found = await findYielding(context, named, to);
  const seconds = BigInt(Math.round((Date.parse(range.to.timestamp) - Date.parse(range.from.timestamp)) / 1000));
  const daysRead = formatUnits((seconds * 100n) / 86_400n, 2);
  const place = { from, to, range, seconds };
  const read =
    found.kind === 'ERC-4626' ? await readVaultYield(context, found, place) : await readPair(context, found, place);
  return {
    ...read,
    daysRead,
    range,
    warnings: [
      ...warnings,
      ...read.warnings,
      `Annual rates go on from ${daysRead} days that are over: they are no forecast, and nothing here is advice.`,
    ],
    block: range.to,
    explorerUrl: `${context.chain.explorerUrl}/address/${found.address}`,
  };
};

type Place = { from: bigint; to: bigint; seconds: bigint; range: PoolYield['range'] };
export type YieldRead = Omit<PoolYield, 'daysRead' | 'range' | 'block' | 'explorerUrl'>;

async function readPair(context: ChainContext, pool: Pool, { from, to, seconds, range }: Place): Promise<YieldRead> {
  const { client, chain } = context;
  const [first, second, fee, end] = await Promise.all([
    readTokenDetails(client, pool.first, to),
    readTokenDetails(client, pool.second, to),
    pool.kind === 'Uniswap V2'
      ? (feesOfChains[chain.id] ?? usualFee)
      : client
          .readContract({ address: pool.address, abi: yieldAbi, functionName: 'fee', blockNumber: to })
          .then(BigInt),
    readState(context, pool, to),
  ]);
  const isV2 = pool.kind === 'Uniswap V2';
  const logs = await readLogs(context, {
    filters: [
      { address: pool.address, topics: [isV2 ? topics.v2 : topics.v3] },
      ...(isV2
        ? [
            { address: pool.address, topics: [topics.transfer, nobody] },
            { address: pool.address, topics: [topics.transfer, null, nobody] },
          ]
        : []),
    ],
    from: from + 1n,
    to,
  });
  const start = await readStart(context, pool, { from, to, end, logs: logs.logs });
  const paid = sumPaid(logs.logs, isV2);
  const isSecond = isSecondQuote(chain.id, pool);
  const price = priceOf(end);
  const own = isSecond ? first : second;
  /** Prices are of the other token in the quote, whichever the pool calls its first. */
  const toPrice = (state: State): PoolState => {
    const { first: one, second: other } = priceOf(state);
    return isSecond ? { first: one, second: other, shares: null } : { first: other, second: one, shares: null };
  };
  /** Both amounts together in what values are counted in. */
  const together = (one: bigint, other: bigint) =>
    isSecond
      ? other + (price.second === 0n ? 0n : (one * price.second) / price.first)
      : one + (price.first === 0n ? 0n : (other * price.first) / price.second);
  const quote = isSecond ? second : first;
  const quoteToken = isSecond ? pool.second : pool.first;
  const ofQuote = (raw: bigint) => toTokenAmount(raw, quote, quoteToken);
  const fees = { first: (paid.first * fee) / millionth, second: (paid.second * fee) / millionth };
  const tvl = together(end.first, end.second);
  const feesValue = together(fees.first, fees.second);
  const isWhole = logs.missing === null;
  const yearly = isWhole ? toYearly(toRatio(feesValue, tvl), seconds) : null;
  const compounded = yearly === null ? null : toCompounded(yearly);
  const dollars = await createPriceHistory(context, { start: to, end: to }).priceAt(
    { token: quoteToken, symbol: quote.symbol, decimals: quote.decimals },
    { block: to, seconds: Math.floor(Date.parse(range.to.timestamp) / 1000) },
  );
  const show = (ratio: bigint | null) => (ratio === null ? null : showPercent(ratio));
  const ofPrices = (measure: (one: PoolState, other: PoolState) => bigint | null) =>
    start === null ? null : show(measure(toPrice(start), toPrice(end)));
  const ofShares = (measure: (one: PoolState, other: PoolState) => bigint | null) =>
    start === null || !isV2 ? null : show(measure(start, end));
  const toYieldState = (state: State) => ({
    reserves:
      state.first === 0n && state.second === 0n
        ? []
        : [toTokenAmount(state.first, first, pool.first), toTokenAmount(state.second, second, pool.second)],
    price: showPrice(toPrice(state), own, quote),
    assetsPerShare: null,
  });
  const notes = [
    toMissingNote(logs),
    start === null
      ? 'What lay in the pool at the beginning is not known: its state is gone and no event tells it.'
      : null,
  ].filter((note) => note !== null);
  return {
    kind: pool.kind,
    address: pool.address,
    pair: `${own.symbol}/${quote.symbol}`,
    quote: quote.symbol,
    tvl: ofQuote(tvl),
    tvlUsd: dollars === null ? null : toDollars(valueOf(tvl, dollars, quote.decimals ?? 0)),
    swaps: paid.count,
    feePercent: formatUnits(fee, 4),
    volume: ofQuote(together(paid.first, paid.second)),
    fees: [toTokenAmount(fees.first, first, pool.first), toTokenAmount(fees.second, second, pool.second)],
    feesValue: ofQuote(feesValue),
    growthPercent: ofShares(measureGrowth),
    aprPercent: show(yearly),
    apyPercent: show(compounded),
    priceChangePercent: ofPrices(measurePriceChange),
    impermanentLossPercent: ofPrices(measureImpermanentLoss),
    againstHoldingPercent: ofShares(measureAgainstHolding),
    start: start === null ? null : toYieldState(start),
    end: toYieldState(end),
    warnings: [
      'The annual rate is of the fees of all swaps alone: impermanent loss, gas and rewards of other programmes are not in it.',
      ...(isV2
        ? [
            `A pool of this kind does not tell its fee: ${formatUnits(fee, 4)} % is counted as its first makers set it, and a copy of it may take another.`,
          ]
        : [
            'In a pool of concentrated liquidity each position earns differently: the rate is the average of all that lies in it.',
          ]),
    ],
    partial: notes.join(' ') || null,
  };
}

/** A pool of concentrated liquidity has a price of its own, which what lies in it does not tell. */
type State = PoolState & { root: bigint | null };

const priceOf = ({ first, second, root }: State) =>
  root === null ? { first, second } : { first: 2n ** 192n, second: root * root };

const showPrice = (price: { first: bigint; second: bigint }, first: TokenDetails, second: TokenDetails) =>
  price.first === 0n
    ? null
    : formatUnits(
        (price.second * 10n ** BigInt(shownDecimals + (first.decimals ?? 0))) /
          (price.first * 10n ** BigInt(second.decimals ?? 0)),
        shownDecimals,
      );

async function readState({ client }: ChainContext, pool: Pool, blockNumber: bigint): Promise<State> {
  const ask = { address: pool.address, abi: yieldAbi, blockNumber } as const;
  if (pool.kind === 'Uniswap V2') {
    const [[first, second], shares] = await Promise.all([
      client.readContract({ ...ask, functionName: 'getReserves' }),
      client.readContract({ ...ask, abi: erc20Abi, functionName: 'totalSupply' }),
    ]);
    return { first, second, shares, root: null };
  }
  const [[root], first, second] = await Promise.all([
    client.readContract({ ...ask, functionName: 'slot0' }),
    ...[pool.first, pool.second].map((token) =>
      client.readContract({
        address: token,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [pool.address],
        blockNumber,
      }),
    ),
  ]);
  return { first: first ?? 0n, second: second ?? 0n, shares: null, root };
}

/** The state at the beginning; where no RPC keeps it, by the last event before, and shares by those that came and went since. */
async function readStart(
  context: ChainContext,
  pool: Pool,
  { from, to, end, logs }: { from: bigint; to: bigint; end: State; logs: RpcLog[] },
): Promise<State | null> {
  const kept = await readState(context, pool, from).catch(() => null);
  if (kept !== null) return kept.shares === 0n || kept.root === 0n ? null : kept;
  const isV2 = pool.kind === 'Uniswap V2';
  const before = from > to - from ? from - (to - from) : 0n;
  const kind = isV2 ? 'reserves' : 'root';
  const told = (await readPriceEvents(context, { kind, address: pool.address, from: before, to: from })).upTo(from);
  const [first, second] = told ?? [];
  if (first === undefined) return null;
  if (!isV2) return { first: 0n, second: 0n, shares: null, root: first };
  return second === undefined ? null : { first, second, shares: (end.shares ?? 0n) - sumMade(logs), root: null };
}

/** Shares that were made in the range, less those that were burnt. */
function sumMade(logs: RpcLog[]): bigint {
  return logs
    .filter(({ topics: [topic] }) => topic === topics.transfer)
    .reduce((sum, { topics: [, from, to], data }) => {
      const raw = data.length === 66 ? hexToBigInt(data) : 0n;
      return sum + (from === nobody ? raw : 0n) - (to === nobody ? raw : 0n);
    }, 0n);
}

function sumPaid(logs: RpcLog[], isV2: boolean): Paid {
  const swaps = logs.filter(({ topics: [topic] }) => topic === (isV2 ? topics.v2 : topics.v3));
  const paid: Paid = { count: swaps.length, first: 0n, second: 0n };
  for (const { data } of swaps) {
    if (data.length < 130) continue;
    const [first, second] = isV2
      ? decodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], data)
      : decodeAbiParameters([{ type: 'int256' }, { type: 'int256' }], data);
    if (first > 0n) paid.first += first;
    if (second > 0n) paid.second += second;
  }
  return paid;
}
