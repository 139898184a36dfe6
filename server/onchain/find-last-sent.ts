import type { Address } from 'viem';
import type { ChainContext } from './chain-context.ts';

/** How far back it is looked for, step by step; most RPCs keep the state of the first alone. */
const steps = [100n, 10_000n, 1_000_000n, 100_000_000n];

/**
 * The block before another in which an address sent its last transaction: by when its nonce became what it is.
 *
 * Null where no RPC keeps the state of blocks that far back.
 */
export async function findLastSent(
  { client, signal }: Pick<ChainContext, 'client' | 'signal'>,
  { whose, sent, before }: { whose: Address; sent: number; before: bigint },
): Promise<bigint | null> {
  const nonceAt = (blockNumber: bigint) => readNonce({ client, signal }, whose, blockNumber);
  let high = before - 1n;
  for (const step of steps) {
    let low = high > step ? before - 1n - step : 0n;
    const nonce = await nonceAt(low);
    if (nonce === null) return null;
    if (nonce >= sent) {
      high = low;
      if (low === 0n) return null;
      continue;
    }
    while (high - low > 1n) {
      const middle = (low + high) / 2n;
      const known = await nonceAt(middle);
      if (known === null) return null;
      if (known >= sent) high = middle;
      else low = middle;
    }
    return high;
  }
  return null;
}

/** How many transactions an address had sent up to a block; null where no RPC keeps its state. */
export async function readNonce(
  { client, signal }: Pick<ChainContext, 'client' | 'signal'>,
  address: Address,
  blockNumber: bigint,
): Promise<number | null> {
  try {
    return await client.getTransactionCount({ address, blockNumber });
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
