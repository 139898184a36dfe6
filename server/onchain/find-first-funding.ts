import { type Address, hexToBigInt, numberToHex } from 'viem';
import type { ChainBlock } from '#server/contract/chain-figures.ts';
import type { WalletActivity } from '#server/contract/wallet-readings.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext } from './chain-context.ts';
import { isPruned } from './chain-errors.ts';
import { toExactAmount } from './exact-amount.ts';
import { findLabel } from './known-labels.ts';
import { type CoinTransfer, listCoinTransfers } from './list-coin-transfers.ts';
import { readFees } from './read-fees.ts';

const mostBlocks = 20_000n;
const mostTraced = 400;

type Found = { funding: WalletActivity['firstFunding']; note: string | null };

/**
 * The first coins that an address got, ever: the first block in which it had some or had sent something is found by halving,
 * about 25 reads deep, and needs the state of old blocks. What came and left within one block before that is not seen.
 */
export async function findFirstFunding(context: ChainContext, address: Address, end: bigint): Promise<Found> {
  const { client } = context;
  const balanceAt = async (block: bigint) =>
    hexToBigInt(await client.request({ method: 'eth_getBalance', params: [address, numberToHex(block)] }));
  const isUsed = async (block: bigint): Promise<boolean> => {
    const [balance, nonce] = await Promise.all([
      balanceAt(block),
      client.request({ method: 'eth_getTransactionCount', params: [address, numberToHex(block)] }),
    ]);
    return balance > 0n || hexToBigInt(nonce) > 0n;
  };
  try {
    if (!(await isUsed(end))) return { funding: null, note: null };
    let [low, high] = (await isUsed(0n)) ? [-1n, 0n] : [0n, end];
    while (high - low > 1n) {
      const middle = (low + high) / 2n;
      if (await isUsed(middle)) high = middle;
      else low = middle;
    }
    const { at } = await pinBlock(context, high);
    const { transfers } =
      high === 0n ? { transfers: [] } : await listCoinTransfers(context, { address, from: high, to: high });
    const first = transfers.find(({ to }) => to === address);
    return { funding: toFunding(context, { at, first, amount: first?.value ?? (await balanceAt(high)) }), note: null };
  } catch (thrown) {
    if (!isPruned(thrown)) throw thrown;
    return await findByTransfers(context, address, end);
  }
}

/** Where the state of old blocks is not kept: from all transfers of a short chain. What they leave over was there first. */
async function findByTransfers(context: ChainContext, address: Address, end: bigint): Promise<Found> {
  const { chain, client } = context;
  const missing = {
    funding: null,
    note: `The first funding was not found: no RPC of ${chain.name} keeps the state of old blocks. An administrator can add an archive node under Chains.`,
  };
  if (end > mostBlocks) return missing;
  const { transfers, means, sent, note } = await listCoinTransfers(context, {
    address,
    from: 0n,
    to: end,
    most: mostTraced,
  });
  if (means !== 'traced' || note !== null) return missing;
  const { fees } = await readFees(context, { addresses: [address], sent, moves: [], rows: [] });
  const balance = hexToBigInt(await client.request({ method: 'eth_getBalance', params: [address, numberToHex(end)] }));
  const net = transfers.reduce(
    (sum, { from, to, value }) => sum + (to === address ? value : 0n) - (from === address ? value : 0n),
    0n,
  );
  const opening = balance - net + fees.reduce((sum, { amount }) => sum + amount, 0n);
  const first =
    opening > 0n
      ? undefined
      : transfers.filter(({ to }) => to === address).sort((one, other) => Number(one.block - other.block))[0];
  if (opening <= 0n && first === undefined) return { funding: null, note: null };
  const { at } = await pinBlock(context, first?.block ?? 0n);
  return { funding: toFunding(context, { at, first, amount: first?.value ?? opening }), note: null };
}

function toFunding(
  { chain }: ChainContext,
  { at, first, amount }: { at: ChainBlock; first: CoinTransfer | undefined; amount: bigint },
): NonNullable<WalletActivity['firstFunding']> {
  return {
    from: first?.from ?? null,
    label: first === undefined ? null : findLabel(chain.id, first.from),
    amount: toExactAmount(amount, chain.nativeCurrency),
    block: at.number,
    time: at.timestamp,
    transaction: first?.transaction ?? null,
    explorerUrl: first === undefined ? at.explorerUrl : `${chain.explorerUrl}/tx/${first.transaction}`,
  };
}
