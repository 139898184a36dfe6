import { formatUnits } from 'viem';
import type { ExactAmount } from '#server/contract/chain-readings.ts';

export function toExactAmount(raw: bigint, { decimals, symbol }: { decimals: number; symbol: string }): ExactAmount {
  return { raw: raw.toString(), formatted: formatUnits(raw, decimals), decimals, symbol };
}
