import { type Abi, type Address, getAddress, type Transaction, type TransactionReceipt } from 'viem';
import type { TransactionRow } from '#server/contract/transaction-list.ts';
import { pinBlock, toChainBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { countFee } from './count-fee.ts';
import { decodeCall } from './decode-data.ts';
import { toExactAmount } from './exact-amount.ts';
import { findLastSent, readNonce } from './find-last-sent.ts';
import { inSteps } from './in-steps.ts';

/** How many blocks are read whole; those of test chains are few and small. */
const mostBlocks = 50n;
const mostBlocksOfTests = 1_000n;
const together = 50;
const mostReceipts = 200;
const mostAbis = 6;
const usual = 10;

type Mined = { transaction: Transaction; timestamp: bigint };

/**
 * The newest transactions that an address sent or received, newest first; or those of a block, in its order.
 *
 * Blocks are read whole, from the newest back, no more than a few: what lies before is said to be missing. The last
 * transaction that an address sent is found by its nonce also further back, where an RPC keeps that state.
 *
 * @throws {HubError} `not_found`, for a block that the chain does not have yet
 */
export const listTransactions: ReadChain<'transactions'> = async (context, { address, block, most = usual }) => {
  const end = await pinBlock(context, block);
  if (address === undefined) return await listOfBlock(context, end, most);
  const { chain } = context;
  const whose = await context.resolve(address, 'address');
  const sent = await readNonce(context, whose, end.number);
  const reach = chain.isTestnet ? mostBlocksOfTests : mostBlocks;
  const oldest = end.number >= reach ? end.number - reach + 1n : 0n;
  const found: Mined[] = [];
  let first = end.number + 1n;
  while (first > oldest && found.length < most) {
    const from = first - BigInt(together) > oldest ? first - BigInt(together) : oldest;
    const numbers = Array.from({ length: Number(first - from) }, (_, index) => first - 1n - BigInt(index));
    const blocks = await inSteps(numbers, { together, signal: context.signal }, (number) => readMined(context, number));
    found.push(...blocks.flatMap((mined) => mined.filter((one) => isOf(one, whose)).reverse()));
    first = from;
  }
  const wasFound = found.some(({ transaction }) => getAddress(transaction.from) === whose);
  if (!wasFound && sent !== null && sent > 0 && first > 0n && found.length < most) {
    found.push(...(await findOlder(context, { whose, sent, before: first })));
  }
  const start = await pinBlock(context, first);
  const rows = await toRows(context, found.slice(0, most));
  const isWhole = first === 0n || found.length >= most;
  const last = rows.at(0);
  return {
    address: whose,
    sentInAll: sent,
    count: found.length,
    reverted: null,
    transactions: rows,
    range: { from: start.at, to: end.at },
    partial: isWhole
      ? null
      : `Only the newest ${String(end.number - first + 1n)} blocks were read for transactions of ${whose}. Name an earlier block to look further back, or ask for its transfers.`,
    warnings: end.warnings,
    block: end.at,
    explorerUrl: last?.explorerUrl ?? `${chain.explorerUrl}/address/${whose}`,
  };
};

type End = Awaited<ReturnType<typeof pinBlock>>;

async function listOfBlock(context: ChainContext, end: End, most: number) {
  const mined = await readMined(context, end.number);
  const rows = await toRows(context, mined.slice(0, mostReceipts));
  const isCut = mined.length > Math.min(most, mostReceipts);
  return {
    address: null,
    sentInAll: null,
    count: mined.length,
    reverted: mined.length > mostReceipts ? null : rows.filter(({ status }) => status === 'reverted').length,
    transactions: rows.slice(0, most),
    range: { from: end.at, to: end.at },
    partial: isCut ? `Only the first ${Math.min(most, rows.length)} of ${mined.length} transactions are listed.` : null,
    warnings: end.warnings,
    block: end.at,
    explorerUrl: end.at.explorerUrl,
  };
}

async function readMined({ client }: ChainContext, blockNumber: bigint): Promise<Mined[]> {
  const { transactions, timestamp } = await client.getBlock({ blockNumber, includeTransactions: true });
  return transactions.map((transaction) => ({ transaction, timestamp }));
}

const isOf = ({ transaction: { from, to } }: Mined, whose: Address): boolean =>
  getAddress(from) === whose || (to !== null && getAddress(to) === whose);

/** The last transaction that an address sent before a block. */
async function findOlder(
  context: ChainContext,
  { whose, sent, before }: { whose: Address; sent: number; before: bigint },
): Promise<Mined[]> {
  const number = await findLastSent(context, { whose, sent, before });
  if (number === null) return [];
  const mined = await readMined(context, number);
  return mined.filter(({ transaction }) => getAddress(transaction.from) === whose).slice(-1);
}

async function toRows(context: ChainContext, mined: Mined[]): Promise<TransactionRow[]> {
  const { client, chain, signal } = context;
  const strange = mined.flatMap(({ transaction: { to, input } }) =>
    to !== null && decodeCall(input)?.name.startsWith('0x') === true ? [getAddress(to)] : [],
  );
  const contracts = [...new Set(strange)].slice(0, mostAbis);
  const [receipts, abis] = await Promise.all([
    inSteps(mined, { together, signal }, ({ transaction: { hash } }) => client.getTransactionReceipt({ hash })),
    Promise.all(contracts.map((contract) => context.findVerifiedAbi(contract))),
  ]);
  return mined.flatMap((one, index) => {
    const receipt = receipts[index];
    const place = one.transaction.to === null ? -1 : contracts.indexOf(getAddress(one.transaction.to));
    return receipt === undefined ? [] : [toRow(chain, one, { receipt, abi: abis[place] ?? null })];
  });
}

function toRow(
  chain: ChainContext['chain'],
  { transaction, timestamp }: Mined,
  { receipt, abi }: { receipt: TransactionReceipt; abi: Abi | null },
): TransactionRow {
  const { hash, from, to, value, input } = transaction;
  const native = chain.nativeCurrency;
  const at = toChainBlock(chain, { number: receipt.blockNumber, hash: receipt.blockHash, timestamp });
  return {
    hash,
    timestamp: at.timestamp,
    from: getAddress(from),
    to: to === null ? null : getAddress(to),
    value: toExactAmount(value, native),
    call: decodeCall(input, abi)?.name ?? null,
    status: receipt.status,
    fee: toExactAmount(countFee(receipt), native),
    blockNumber: at.number,
    index: receipt.transactionIndex,
    explorerUrl: `${chain.explorerUrl}/tx/${hash}`,
  };
}
