import { formatUnits } from 'viem';
import type { Concentration } from '#server/contract/wallet-readings.ts';
import { showShare } from './show-share.ts';

const giniDecimals = 6;
const indexDecimals = 2;
const tops = [1, 5, 10, 50];

/** A fraction with so many decimals, rounded half up. */
function showFraction(part: bigint, whole: bigint, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  return formatUnits((2n * part * scale + whole) / (2n * whole), decimals);
}

/**
 * How unequally something is held: Gini's coefficient, the Herfindahl-Hirschman index (10000: one holds all) and what the
 * biggest hold, as exact fractions that are rounded only to be shown. Shares are of what all of these hold together.
 */
export function measureConcentration(balances: readonly bigint[]): Concentration {
  const sorted = [...balances].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const count = BigInt(sorted.length);
  const whole = sorted.reduce((total, balance) => total + balance, 0n);
  if (whole === 0n) return { holders: sorted.length, gini: null, herfindahl: null, top: [] };
  const ranked = sorted.reduce((total, balance, index) => total + BigInt(index + 1) * balance, 0n);
  const squares = sorted.reduce((total, balance) => total + balance * balance, 0n);
  const ofTop = (most: number) => sorted.slice(-most).reduce((total, balance) => total + balance, 0n);
  return {
    holders: sorted.length,
    gini: showFraction(2n * ranked - (count + 1n) * whole, count * whole, giniDecimals),
    herfindahl: showFraction(squares * 10_000n, whole * whole, indexDecimals),
    top: tops
      .filter((most, index) => index === 0 || sorted.length >= most)
      .map((holders) => ({ holders, share: showShare(ofTop(holders), whole) })),
  };
}
