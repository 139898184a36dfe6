import { parseEther, toHex } from 'viem';
import type { DevnetPayment, DevnetPaymentInput } from '#server/contract/devnet.ts';
import { payerUnknown } from './devnet-errors.ts';
import type { DevnetRpc } from './devnet-rpc.ts';

/** Pays from an account whose key Anvil holds, in a block of its own, and makes some blocks on top of that. */
export async function makePayment(
  rpc: DevnetRpc,
  { from, to, amount, moreBlocks }: DevnetPaymentInput,
  signal: AbortSignal,
): Promise<DevnetPayment> {
  const accounts = await rpc.call<string[]>('eth_accounts', [], signal);
  const value = parseEther(amount);
  const balance = BigInt(await rpc.call<string>('eth_getBalance', [from, 'latest'], signal));
  if (!accounts.some((account) => account.toLowerCase() === from.toLowerCase()) || balance <= value)
    throw payerUnknown();
  // Plain `eth_sendTransaction` answers before its block is there.
  const { transactionHash, blockNumber } = await rpc.call<{ transactionHash: string; blockNumber: string }>(
    'eth_sendTransactionSync',
    [{ from, to, value: toHex(value) }],
    signal,
  );
  if (moreBlocks > 0) await rpc.call('anvil_mine', [toHex(moreBlocks)], signal);
  return { transaction: transactionHash, blockNumber: Number(blockNumber) };
}
