import { hexToBigInt, type Hex } from 'viem';
import type { ChainContext } from './chain-context.ts';
import type { GatheredWallet } from './gather-wallet.ts';
import { inSteps } from './in-steps.ts';

export type PaidFee = { transaction: string; block: bigint; amount: bigint };

const mostReceipts = 400;
const receiptsTogether = 50;

/**
 * What a wallet paid for its transactions, failed ones too; those that moved nothing are known only where an RPC traces. A
 * roll-up's part for Ethereum is included where the receipt tells it.
 */
export async function readFees(
  { client, signal, chain }: ChainContext,
  { addresses, sent, moves, rows }: Pick<GatheredWallet, 'addresses' | 'sent' | 'moves' | 'rows'>,
): Promise<{ fees: PaidFee[]; notes: string[] }> {
  const known = sent ?? [...new Set([...rows, ...moves].map(({ transaction }) => transaction))];
  const read = known.slice(-mostReceipts);
  const own = new Set(addresses.map((address) => address.toLowerCase()));
  const receipts = await inSteps(read, { together: receiptsTogether, signal }, async (hash) =>
    client.request({ method: 'eth_getTransactionReceipt', params: [hash as Hex] }),
  );
  const fees = receipts.flatMap((receipt): PaidFee[] => {
    if (receipt === null || !own.has(receipt.from.toLowerCase())) return [];
    const { transactionHash, blockNumber, gasUsed, effectiveGasPrice } = receipt;
    const ofRollUp = 'l1Fee' in receipt && typeof receipt.l1Fee === 'string' ? hexToBigInt(receipt.l1Fee as Hex) : 0n;
    const amount = hexToBigInt(gasUsed) * hexToBigInt(effectiveGasPrice) + ofRollUp;
    return [{ transaction: transactionHash, block: hexToBigInt(blockNumber), amount }];
  });
  return {
    fees: fees.sort((one, other) => (one.block < other.block ? -1 : one.block > other.block ? 1 : 0)),
    notes: [
      ...(sent === null ? [`Fees are of transactions that moved something: no RPC of ${chain.name} traces.`] : []),
      ...(known.length > read.length
        ? [`Fees are of the newest ${read.length} of ${known.length} transactions. Ask for fewer blocks.`]
        : []),
    ],
  };
}
