import { numberToHex } from 'viem';
import type { GasReading } from '#server/contract/chain-readings.ts';
import { pinBlock } from './chain-block.ts';
import type { ReadChain } from './chain-context.ts';
import { toExactAmount } from './exact-amount.ts';
import { showShare } from './show-share.ts';

const gwei = { decimals: 9, symbol: 'gwei' };
const usualBlocks = 20;
const actions = [
  { action: 'transfer of the coin', gas: 21_000n },
  { action: 'transfer of a token', gas: 65_000n },
  { action: 'swap at an exchange', gas: 180_000n },
];

/** What gas costs now, and what its base fee was in the last blocks (EIP-1559; `eth_feeHistory`). */
export const readGas: ReadChain<'gas'> = async (context, { blocks = usualBlocks }) => {
  const { client, chain } = context;
  const block = await pinBlock(context);
  const [price, fees] = await Promise.all([
    client.request({ method: 'eth_gasPrice' }),
    client
      .request({ method: 'eth_feeHistory', params: [numberToHex(blocks), numberToHex(block.number), [10, 50, 90]] })
      .catch(() => {
        context.signal.throwIfAborted();
        return null;
      }),
  ]);
  const base = (fees?.baseFeePerGas ?? []).map(BigInt);
  const hasBase = base.some((fee) => fee > 0n);
  const gasPrice = BigInt(price);
  const rewards = (fees?.reward ?? []).map((row) => row.map(BigInt));
  const percentile = (place: number) => toExactAmount(findMiddle(rewards.flatMap((row) => row[place] ?? [])), gwei);
  const past = base.slice(0, -1);
  const oldest = BigInt(fees?.oldestBlock ?? 0);
  return {
    baseFee: hasBase ? toExactAmount(base.at(-1) ?? 0n, gwei) : null,
    priorityFee: rewards.length === 0 ? null : { slow: percentile(0), usual: percentile(1), fast: percentile(2) },
    gasPrice: toExactAmount(gasPrice, gwei),
    costs: actions.map(({ action, gas }) => ({
      action,
      gas: gas.toString(),
      cost: toExactAmount(gas * gasPrice, chain.nativeCurrency),
    })),
    history: hasBase
      ? past.map((fee, index) => ({
          block: (oldest + BigInt(index)).toString(),
          baseFee: toExactAmount(fee, gwei),
          usedShare: showShare(BigInt(Math.round((fees?.gasUsedRatio[index] ?? 0) * 10_000)), 10_000n),
        }))
      : [],
    lowest: hasBase
      ? toExactAmount(
          past.reduce((low, fee) => (fee < low ? fee : low), past[0] ?? 0n),
          gwei,
        )
      : null,
    highest: hasBase
      ? toExactAmount(
          past.reduce((high, fee) => (fee > high ? fee : high), past[0] ?? 0n),
          gwei,
        )
      : null,
    warnings: block.warnings,
    block: block.at,
  } satisfies GasReading;
};

function findMiddle(values: bigint[]): bigint {
  const sorted = values.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  return sorted[Math.floor(sorted.length / 2)] ?? 0n;
}
