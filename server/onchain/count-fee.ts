import type { TransactionReceipt } from 'viem';

/** What a transaction cost. Roll-ups on the OP stack charge for data on Ethereum beside the gas; their receipts carry it as `l1Fee`. */
export function countFee(receipt: TransactionReceipt): bigint {
  const dataFee = 'l1Fee' in receipt ? receipt.l1Fee : null;
  const extra = typeof dataFee === 'bigint' ? dataFee : typeof dataFee === 'string' ? BigInt(dataFee) : 0n;
  return receipt.gasUsed * receipt.effectiveGasPrice + extra;
}
