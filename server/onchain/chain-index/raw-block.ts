/** A block as an RPC tells it, with what an index keeps of it; checked only as far as `checkBlock` does. */
export type RawBlock = {
  header: RawHeader;
  receipts: RawReceipt[] | null;
  logs: RawLog[];
  traces: RawTrace[] | null;
};

export type RawHeader = {
  number: string;
  hash: string;
  parentHash: string;
  timestamp: string;
  miner?: string;
  gasLimit?: string;
  gasUsed?: string;
  baseFeePerGas?: string | null;
  size?: string;
  transactions: (string | RawTransaction)[];
};

export type RawTransaction = {
  hash: string;
  transactionIndex: string;
  from: string;
  to: string | null;
  value: string;
  nonce: string;
  type?: string;
  gas: string;
  gasPrice?: string;
  input: string;
};

export type RawReceipt = {
  transactionHash: string;
  blockHash: string;
  gasUsed: string;
  effectiveGasPrice?: string;
  status?: string;
  contractAddress: string | null;
  logs: RawLog[];
};

export type RawLog = {
  address: string;
  topics: string[];
  data: string;
  blockNumber: string;
  blockHash: string;
  transactionHash: string;
  transactionIndex: string;
  logIndex: string;
  removed?: boolean;
};

export type RawTrace = {
  action: Record<string, string | undefined>;
  result?: Record<string, string | undefined> | null;
  error?: string;
  subtraces: number;
  traceAddress: number[];
  blockHash?: string;
  transactionHash?: string | null;
  transactionPosition?: number | null;
  type: string;
};

const hash = /^0x[0-9a-f]{64}$/i;
const quantity = /^0x[0-9a-f]{1,16}$/i;

/** An RPC's answer is no block, or its pieces are not of one block: it is asked again. */
export class UnreadableBlock extends Error {
  /** The pieces are of different blocks, as while a chain is being reorganised. */
  readonly isMixed: boolean;

  constructor(message: string, isMixed = false) {
    super(message);
    this.isMixed = isMixed;
  }
}

/** @throws {UnreadableBlock} when it is no header of this number */
export function checkHeader(answer: unknown, number: number): RawHeader {
  const header = answer as RawHeader | null;
  if (
    typeof header !== 'object' ||
    header === null ||
    !hash.test(header.hash) ||
    !hash.test(header.parentHash) ||
    !quantity.test(header.number) ||
    !quantity.test(header.timestamp) ||
    !Array.isArray(header.transactions)
  )
    throw new UnreadableBlock(`no block ${number}`);
  if (Number(header.number) !== number) throw new UnreadableBlock(`another block than ${number}`);
  return header;
}

/** @throws {UnreadableBlock} when any of it belongs to another block */
export function checkBlock(block: RawBlock): RawBlock {
  const { header, receipts, logs, traces } = block;
  const isOther = ({ blockHash = header.hash }: { blockHash?: string }) => blockHash !== header.hash;
  if ([receipts, logs, traces].some((pieces) => pieces?.some(isOther) === true)) {
    throw new UnreadableBlock(`pieces of different blocks ${Number(header.number)}`, true);
  }
  if (receipts !== null && receipts.length !== header.transactions.length) {
    throw new UnreadableBlock(`not all receipts of block ${Number(header.number)}`);
  }
  return block;
}
