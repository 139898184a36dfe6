import { formatUnits } from 'viem';
import { toRoot } from './pool-depth.ts';

/** Ratios are integers times ten to this power. */
const places = 24;
const whole = 10n ** BigInt(places);
const secondsOfYear = 31_536_000n;
const shownPlaces = 4n;

/** What lay in a pool of two tokens, with all of its shares. */
export type PoolState = { first: bigint; second: bigint; shares: bigint | null };

/** A ratio as a percentage with four places, rounded half away from zero. */
export function showPercent(ratio: bigint): string {
  const step = 10n ** (BigInt(places) - 2n - shownPlaces);
  const half = ratio < 0n ? -step / 2n : step / 2n;
  return formatUnits((ratio + half) / step, Number(shownPlaces));
}

export const toRatio = (part: bigint, all: bigint): bigint => (all === 0n ? 0n : (part * whole) / all);

/** What a gain over some seconds comes to in a year, without reinvesting. */
export const toYearly = (ratio: bigint, seconds: bigint): bigint | null =>
  seconds <= 0n ? null : (ratio * secondsOfYear) / seconds;

/** A yearly rate reinvested each day; null beyond what a number can tell. */
export function toCompounded(yearly: bigint): bigint | null {
  const rate = Number(yearly) / Number(whole);
  const grown = (1 + rate / 365) ** 365 - 1;
  return Number.isFinite(grown) && Math.abs(grown) < 1e6 ? (BigInt(Math.round(grown * 1e9)) * whole) / 10n ** 9n : null;
}

/** How the price of the first token in the second changed. */
export function measurePriceChange(start: PoolState, end: PoolState): bigint | null {
  const before = start.second * end.first;
  return before === 0n ? null : toRatio(end.second * start.first, before) - whole;
}

/**
 * The impermanent loss of a constant-product pool: twice the root of the price's ratio over one more than it, less one. It is
 * what a share lost against holding both tokens, before fees, and is never above zero.
 */
export function measureImpermanentLoss(start: PoolState, end: PoolState): bigint | null {
  const change = measurePriceChange(start, end);
  if (change === null) return null;
  const ratio = change + whole;
  return (2n * toRoot(ratio * whole) * whole) / (whole + ratio) - whole;
}

/** By how much the root of both reserves grew for each share: what swaps left in the pool. */
export function measureGrowth(start: PoolState, end: PoolState): bigint | null {
  if (start.shares === null || end.shares === null || start.shares === 0n || end.shares === 0n) return null;
  const root = ({ first, second }: PoolState) => toRoot(first * second * whole);
  const before = root(start) * end.shares;
  return before === 0n ? null : (root(end) * start.shares * whole) / before - whole;
}

/** What a share of the pool came to against holding what was in it, at the price of the end. */
export function measureAgainstHolding(start: PoolState, end: PoolState): bigint | null {
  if (start.shares === null || end.shares === null || start.shares === 0n || end.shares === 0n) return null;
  if (end.first === 0n) return null;
  const held = start.second * end.first + start.first * end.second;
  const kept = 2n * end.second * end.first;
  return held === 0n ? null : (kept * start.shares * whole) / (held * end.shares) - whole;
}
