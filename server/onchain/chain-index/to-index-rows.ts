import { decodeLog, type AddRow, type FindFacts, type IndexRow } from './decode-logs.ts';
import type { RawBlock, RawHeader, RawLog, RawReceipt, RawTrace, RawTransaction } from './raw-block.ts';

/** Also decodes the events of contracts whose ABI was given. */
export type DecodeMore = (log: RawLog, place: IndexRow, add: AddRow) => void;

const quantity = (value: string | null | undefined) => (value === null || value === undefined ? null : BigInt(value));
const small = (value: string | null | undefined) => (value === null || value === undefined ? null : Number(value));
const lower = (value: string | null | undefined) => value?.toLowerCase() ?? null;
/** A BIGINT holds what it can. */
const fitting = (value: bigint | null) => (value !== null && value < 2n ** 63n ? value : null);

/** Adds a block to the tables of an index. @throws {Error} for an answer that is no block */
export function addBlock(
  { header, receipts, logs, traces }: RawBlock,
  { add, find, decodeMore }: { add: AddRow; find: FindFacts; decodeMore: DecodeMore | null },
): void {
  const number = BigInt(header.number);
  const time = BigInt(header.timestamp) * 1_000_000n;
  add('blocks', toBlockRow(header, time, number));
  if (receipts !== null) {
    const byHash = new Map(receipts.map((receipt) => [receipt.transactionHash, receipt]));
    for (const transaction of header.transactions) {
      if (typeof transaction === 'string') continue;
      add('transactions', [time, number, ...toTransactionRow(transaction, byHash.get(transaction.hash))]);
    }
  }
  for (const log of logs) {
    const address = log.address.toLowerCase();
    const index = Number(log.logIndex);
    const place: IndexRow = [time, number, log.transactionHash, index, address];
    const [topic0 = null, topic1 = null, topic2 = null, topic3 = null] = log.topics;
    const at = [log.blockHash, log.transactionHash, Number(log.transactionIndex), index, address];
    add('logs', [time, number, ...at, topic0, topic1, topic2, topic3, log.data]);
    decodeLog(log, place, { add, find });
    decodeMore?.(log, place, add);
  }
  for (const trace of traces ?? []) add('traces', [time, number, ...toTraceRow(trace)]);
}

function toBlockRow(header: RawHeader, time: bigint, number: bigint): IndexRow {
  const { hash, parentHash, miner, gasLimit, gasUsed, baseFeePerGas, size, transactions } = header;
  const amounts = [gasLimit, gasUsed, baseFeePerGas, size].map((value) => fitting(quantity(value)));
  return [time, number, hash, parentHash, lower(miner), ...amounts, transactions.length];
}

function toTransactionRow(transaction: RawTransaction, receipt: RawReceipt | undefined): IndexRow {
  const { hash, transactionIndex, from, to, value, nonce, type, gas, gasPrice, input } = transaction;
  return [
    hash,
    Number(transactionIndex),
    from.toLowerCase(),
    lower(to),
    BigInt(value),
    fitting(BigInt(nonce)),
    small(type),
    fitting(BigInt(gas)),
    fitting(quantity(receipt?.gasUsed)),
    quantity(receipt?.effectiveGasPrice ?? gasPrice),
    receipt?.status === undefined ? null : Number(receipt.status) === 1,
    lower(receipt?.contractAddress),
    input,
  ];
}

function toTraceRow({ action, result, error, subtraces, traceAddress, type, ...at }: RawTrace): IndexRow {
  return [
    at.transactionHash ?? null,
    at.transactionPosition ?? null,
    traceAddress.join(','),
    subtraces,
    type,
    action.callType ?? null,
    lower(action.from ?? action.address),
    lower(action.to ?? result?.address ?? action.refundAddress),
    quantity(action.value ?? action.balance),
    fitting(quantity(action.gas)),
    fitting(quantity(result?.gasUsed)),
    action.input ?? action.init ?? null,
    result?.output ?? result?.code ?? null,
    error === undefined,
    error ?? null,
  ];
}
