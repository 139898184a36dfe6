import { formatUnits } from 'viem';

/** A part of a whole as a percentage with two decimals, rounded half up; `0%` of nothing. */
export function showShare(part: bigint, whole: bigint): string {
  if (whole === 0n) return '0%';
  return `${formatUnits((part * 20_000n + whole) / (whole * 2n), 2)}%`;
}
