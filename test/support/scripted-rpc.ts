import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Hex, numberToHex } from 'viem';
import { answerCall, type ScriptedContract } from './scripted-contracts.ts';

export type ScriptedLog = { address: string; topics: Hex[]; data: Hex };
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
  transactions: ScriptedTransaction[];
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
type Mode = 'answers' | 'hangs' | 'fails' | 'garbage';

/** An Ethereum JSON-RPC server on this machine that knows one block and what a test puts into it. */
export async function startScriptedRpc(chain: Partial<ScriptedChain> = {}) {
  const state: ScriptedChain = { chainId: 1, balances: {}, contracts: {}, transactions: [], ...chain };
  const methods: string[] = [];
  let mode: Mode = 'answers';
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as RpcRequest | RpcRequest[];
      for (const { method } of [body].flat()) methods.push(method);
      if (mode === 'hangs') return;
      response.writeHead(mode === 'fails' ? 500 : 200, { 'content-type': 'application/json' });
      if (mode !== 'answers') {
        response.end('<html>secret-key-in-page</html>');
        return;
      }
      const answers = [body].flat().map((one) => ({ jsonrpc: '2.0', id: one.id, ...answer(state, one) }));
      response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    methods,
    setMode: (next: Mode) => {
      mode = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(state: ScriptedChain, { method, params = [] }: RpcRequest): object {
  const [first] = params;
  const find = () => state.transactions.find(({ hash }) => hash === first);
  switch (method) {
    case 'eth_chainId':
      return { result: numberToHex(state.chainId) };
    case 'eth_blockNumber':
      return { result: numberToHex(scriptedBlock.number) };
    case 'eth_getBlockByNumber':
    case 'eth_getBlockByHash':
      return { result: toBlock() };
    case 'eth_getBalance':
      return { result: numberToHex(state.balances[String(first).toLowerCase()] ?? 0n) };
    case 'eth_getTransactionByHash':
      return { result: toTransaction(find()) };
    case 'eth_getTransactionReceipt':
      return { result: toReceipt(find()) };
    case 'eth_call': {
      const { to, data } = first as { to: string; data: Hex };
      const result = answerCall(state.contracts, to, data);
      return result === null ? { error: { code: 3, message: 'execution reverted', data: '0x' } } : { result };
    }
    default:
      return { error: { code: -32601, message: `the method ${method} does not exist` } };
  }
}

function toBlock() {
  return {
    number: numberToHex(scriptedBlock.number),
    hash: scriptedBlock.hash,
    timestamp: numberToHex(Date.parse(scriptedBlock.time) / 1000),
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
