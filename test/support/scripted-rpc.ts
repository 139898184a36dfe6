import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type Hex, numberToHex, padHex } from 'viem';
import { answerCall, type ScriptedContract } from './scripted-contracts.ts';

export type ScriptedLog = { address: string; topics: Hex[]; data: Hex };
/** A log in a block of its own. */
export type PlacedLog = ScriptedLog & { block: bigint };
export type ScriptedTransaction = {
  hash: string;
  from: string;
  to: string | null;
  value?: bigint;
  input?: Hex;
  /** Null: not in a block yet. */
  receipt?: { status?: 'success' | 'reverted'; logs?: ScriptedLog[]; contractAddress?: string; l1Fee?: bigint } | null;
};

export type ScriptedChain = {
  chainId: number;
  balances: Record<string, bigint>;
  contracts: Record<string, ScriptedContract>;
  /** Contracts as they were in a block and before it, where calls name one. */
  earlier?: { until: bigint; contracts: Record<string, ScriptedContract> };
  transactions: ScriptedTransaction[];
  /** What `eth_getLogs` finds. */
  logs: PlacedLog[];
  /** How many blocks it gives at once. */
  widestRange: bigint;
  /** What it says of a wider one. */
  rangeWords?: string;
  /** Answers to other methods. */
  others: Record<string, (...params: unknown[]) => unknown>;
  /** Blocks with their transactions, by number. */
  blocks?: (number: unknown) => unknown;
  /** The newest block; each one before it is twelve seconds older. */
  head: bigint;
  /** The last block that cannot be undone. */
  finalised: bigint;
  /** What the hashes of blocks after the last final one begin with, such as `b1`: another branch has another one. */
  branch: string;
  /** Calls that one batch may have at most; a larger one is refused as a whole. */
  mostInBatch: number;
  /** When one that limits wants to be asked again, in seconds. */
  retryAfter: string;
  /** What is sent instead of an answer to these calls; null: the usual one. */
  reply: (methods: string[]) => { status?: number; headers?: Record<string, string>; body: string | Buffer } | null;
  /** Errors instead of answers, by method. */
  errors: Record<string, { code: number; message: string; data?: Hex }>;
};

export const scriptedBlock = {
  number: 21_000_000n,
  hash: `0x${'b1'.repeat(32)}`,
  time: '2026-03-01T12:00:00.000Z',
};
const gasUsed = 21_000n;
const gasPrice = 10n ** 9n;
/** What every scripted transaction costs, in wei. */
export const scriptedFee = gasUsed * gasPrice;

type RpcRequest = { id: number; method: string; params?: unknown[] };
type Mode = 'answers' | 'hangs' | 'fails' | 'shows a page' | 'breaks off' | 'limits' | 'refuses' | 'never ends';

const statuses: Partial<Record<Mode, number>> = { fails: 500, limits: 429, refuses: 401 };
const secretPage = '<html>secret-key-in-page</html>';

/** An Ethereum JSON-RPC server on this machine that knows a line of blocks and what a test puts into it. */
export async function startScriptedRpc(chain: Partial<ScriptedChain> = {}) {
  const state: ScriptedChain = {
    chainId: 1,
    balances: {},
    contracts: {},
    transactions: [],
    logs: [],
    widestRange: 10n ** 9n,
    others: {},
    head: scriptedBlock.number,
    finalised: scriptedBlock.number - 64n,
    branch: 'b1',
    mostInBatch: Infinity,
    retryAfter: '30',
    reply: () => null,
    errors: {},
    ...chain,
  };
  const batches: string[][] = [];
  let mode: Mode = 'answers';
  // After the usual five seconds a busy machine would write its next request to a connection that is being closed.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as RpcRequest | RpcRequest[];
      const calls = [body].flat();
      batches.push(calls.map(({ method }) => method));
      if (mode === 'hangs') return;
      const reply = state.reply(calls.map(({ method }) => method));
      if (reply !== null) {
        response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
        response.end(reply.body);
        return;
      }
      response.writeHead(statuses[mode] ?? 200, {
        'content-type': 'application/json',
        'retry-after': state.retryAfter,
      });
      if (mode === 'never ends') {
        const endless = Readable.from(writeForEver());
        response.once('close', () => endless.destroy());
        endless.pipe(response);
      } else if (mode === 'breaks off') response.end('[{"jsonrpc":"2.0","id":0,"result":"0x');
      else if (mode !== 'answers') response.end(secretPage);
      else if (calls.length > state.mostInBatch) {
        response.end(JSON.stringify({ error: { code: 31, message: 'this batch has too many calls' } }));
      } else {
        const answers = calls.map((one) => ({ jsonrpc: '2.0', id: one.id, ...answer(state, one) }));
        response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The methods of each request that came, in order. */
    batches,
    /** What the chain is; a test may change it. */
    state,
    setMode: (next: Mode) => {
      mode = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function* writeForEver() {
  for (;;) yield ' '.repeat(65_536);
}
export type ScriptedRpc = Awaited<ReturnType<typeof startScriptedRpc>>;

function answer(state: ScriptedChain, { method, params = [] }: RpcRequest): object {
  const [first] = params;
  const find = () => state.transactions.find(({ hash }) => hash === first);
  const failure = state.errors[method];
  if (failure !== undefined) return { error: failure };
  switch (method) {
    case 'eth_chainId':
      return { result: numberToHex(state.chainId) };
    case 'eth_blockNumber':
      return { result: numberToHex(state.head) };
    case 'eth_getBlockByNumber':
      if (params[1] === true && state.blocks !== undefined) return { result: state.blocks(first) };
      return { result: toBlock(state, toNumber(state, String(first))) };
    case 'eth_getBlockByHash':
      return { result: toBlock(state, scriptedBlock.number) };
    case 'eth_getCode':
      return { result: toCode(state.contracts[String(first).toLowerCase()]) };
    case 'eth_getStorageAt': {
      const found = state.contracts[String(first).toLowerCase()]?.storage?.[String(params[1])];
      return { result: found ?? padHex('0x', { size: 32 }) };
    }
    case 'eth_getLogs':
      return answerLogs(state, first as LogFilter);
    case 'eth_getBalance':
      return { result: numberToHex(state.balances[String(first).toLowerCase()] ?? 0n) };
    case 'eth_getTransactionByHash':
      return { result: toTransaction(find()) };
    case 'eth_getTransactionReceipt':
      return { result: toReceipt(find()) };
    case 'eth_call': {
      const { to, data } = first as { to: string; data: Hex };
      const { earlier } = state;
      const isEarlier =
        earlier !== undefined && toNumber(state, typeof params[1] === 'string' ? params[1] : 'latest') <= earlier.until;
      const known = isEarlier ? { ...state, contracts: { ...state.contracts, ...earlier.contracts } } : state;
      const result = answerCall(known, to, data);
      return result === null ? { error: { code: 3, message: 'execution reverted', data: '0x' } } : { result };
    }
    default: {
      const other = state.others[method];
      if (other !== undefined) return { result: other(...params) };
      return { error: { code: -32601, message: `the method ${method} does not exist` } };
    }
  }
}

type LogFilter = { address?: string | string[]; topics?: (string | string[] | null)[]; fromBlock: Hex; toBlock: Hex };

function answerLogs(state: ScriptedChain, { address, topics = [], fromBlock, toBlock }: LogFilter): object {
  const [from, to] = [BigInt(fromBlock), BigInt(toBlock)];
  if (to - from >= state.widestRange) {
    const message = state.rangeWords ?? `exceeds the maximum block range: ${state.widestRange}`;
    return { error: { code: -32_602, message } };
  }
  const fits = (topic: string | undefined, wanted: string | string[] | null | undefined) =>
    wanted === null ||
    wanted === undefined ||
    [wanted].flat().some((one) => one.toLowerCase() === topic?.toLowerCase());
  const found = state.logs.flatMap((log, index) => {
    const { block, ...rest } = log;
    const isMeant =
      block >= from &&
      block <= to &&
      (address === undefined || fits(log.address, address)) &&
      topics.every((wanted, place) => fits(log.topics[place], wanted));
    return isMeant
      ? [
          {
            ...rest,
            blockNumber: numberToHex(block),
            blockHash: toHash(state, block),
            transactionHash: padHex(numberToHex(block), { size: 32 }),
            transactionIndex: '0x0',
            logIndex: numberToHex(index),
            removed: false,
          },
        ]
      : [];
  });
  return { result: found };
}

const toCode = (contract: ScriptedContract | undefined) =>
  contract === undefined ? '0x' : (contract.code ?? '0x6001');

function toNumber(state: ScriptedChain, tag: string): bigint {
  if (tag === 'latest') return state.head;
  return tag === 'finalized' ? state.finalised : BigInt(tag);
}

/** The hash of a block: the sample block's own, else its branch and number. */
function toHash({ branch, finalised }: ScriptedChain, number: bigint): string {
  if (number === scriptedBlock.number && branch === 'b1') return scriptedBlock.hash;
  return `0x${number > finalised ? branch : 'f1'}${number.toString(16).padStart(62, '0')}`;
}

function toBlock(state: ScriptedChain, number: bigint) {
  const time = Date.parse(scriptedBlock.time) / 1000 + 12 * Number(number - scriptedBlock.number);
  return {
    number: numberToHex(number),
    hash: toHash(state, number),
    parentHash: toHash(state, number - 1n),
    timestamp: numberToHex(time),
    gasUsed: '0xe4e1c0',
    gasLimit: '0x1c9c380',
    transactions: [],
  };
}

function toTransaction(transaction: ScriptedTransaction | undefined) {
  if (transaction === undefined) return null;
  const { hash, from, to, value = 0n, input = '0x' } = transaction;
  const common = {
    hash,
    from,
    to,
    value: numberToHex(value),
    input,
    type: '0x2',
    nonce: '0x1',
    gas: numberToHex(gasUsed),
    chainId: '0x1',
  };
  return transaction.receipt === null
    ? common
    : {
        ...common,
        blockHash: scriptedBlock.hash,
        blockNumber: numberToHex(scriptedBlock.number),
        transactionIndex: '0x0',
      };
}

function toReceipt(transaction: ScriptedTransaction | undefined) {
  if (transaction === undefined || transaction.receipt === null) return null;
  const { status = 'success', logs = [], contractAddress = null, l1Fee } = transaction.receipt ?? {};
  const place = {
    blockHash: scriptedBlock.hash,
    blockNumber: numberToHex(scriptedBlock.number),
    transactionHash: transaction.hash,
    transactionIndex: '0x0',
  };
  return {
    ...place,
    from: transaction.from,
    to: transaction.to,
    status: status === 'success' ? '0x1' : '0x0',
    type: '0x2',
    gasUsed: numberToHex(gasUsed),
    cumulativeGasUsed: numberToHex(gasUsed),
    effectiveGasPrice: numberToHex(gasPrice),
    contractAddress,
    logsBloom: '0x',
    logs: logs.map((log, index) => ({ ...log, ...place, logIndex: numberToHex(index), removed: false })),
    ...(l1Fee === undefined ? {} : { l1Fee: numberToHex(l1Fee) }),
  };
}
