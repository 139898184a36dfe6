import type { TransferRow, ValueFlow } from '#server/contract/chain-readings.ts';
import { toExactAmount } from './exact-amount.ts';

/** What each address got and gave of each token, added up exactly; pieces of a collection are counted by their number. */
export function sumFlows(transfers: TransferRow[], only?: string): ValueFlow[] {
  const sums = new Map<string, { address: string; transfer: TransferRow; received: bigint; sent: bigint }>();
  const add = (address: string, transfer: TransferRow, side: 'received' | 'sent') => {
    if (address === '' || (only !== undefined && address !== only)) return;
    const name = `${address} ${transfer.token} ${transfer.amount.symbol} ${transfer.amount.decimals}`;
    const sum = sums.get(name) ?? { address, transfer, received: 0n, sent: 0n };
    sum[side] += BigInt(transfer.amount.raw);
    sums.set(name, sum);
  };
  for (const transfer of transfers) {
    add(transfer.from, transfer, 'sent');
    add(transfer.to, transfer, 'received');
  }
  return [...sums.values()].map(({ address, transfer: { token, amount }, received, sent }) => ({
    address,
    token,
    received: toExactAmount(received, amount),
    sent: toExactAmount(sent, amount),
    net: toExactAmount(received - sent, amount),
  }));
}
