import { formatUnits } from 'viem';

/** An exact amount: `raw` is the integer in the smallest unit, `formatted` the decimal number, without rounding. */
export type ExactAmount = { raw: string; formatted: string; decimals: number; symbol: string };

export function toExactAmount(raw: bigint, { decimals, symbol }: { decimals: number; symbol: string }): ExactAmount {
  return { raw: raw.toString(), formatted: formatUnits(raw, decimals), decimals, symbol };
}
