import type { KnownBlocks } from './known-blocks.ts';
import type { RpcCall } from './rpc-fault.ts';

/**
 * How long an answer stays true: for ever, from a block on, while a block keeps its hash, or for the moment that the head
 * of the chain is kept.
 */
export type AnswerLife =
  | { kind: 'always' }
  | { kind: 'from'; number: bigint }
  | { kind: 'block'; number: bigint; hash: string }
  | { kind: 'head' };

/** Where a call says of which block's state it asks. */
const blockParameter: Record<string, number> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
};

const decimalsSelector = '0x313ce567';

/** What names an answer in the cache: facts that do not change with the blocks leave the block out. */
export function toCacheKey(call: RpcCall): string {
  const fact = toFact(call);
  return fact === null ? `${call.method} ${JSON.stringify(call.params)}` : `fact ${fact}`;
}

/** The block of whose state a call asks; null: another one than a number. */
export function toBlockNumber({ method, params }: RpcCall): bigint | null {
  const at = method === 'eth_getBlockByNumber' ? 0 : blockParameter[method];
  return at === undefined ? null : toNumber(params[at]);
}

export function isOfLatest({ method, params }: RpcCall): boolean {
  const at = blockParameter[method];
  return at !== undefined && params[at] === 'latest';
}

/** Null: the answer is not kept. */
export function toAnswerLife(call: RpcCall, result: unknown, blocks: KnownBlocks): AnswerLife | null {
  if (result === null || result === undefined) return null;
  const { method, params } = call;
  if (toFact(call) !== null) {
    if (!isLastingFact(method, result)) return null;
    const number = toBlockNumber(call) ?? (isOfLatest(call) ? blocks.highest() : null);
    return number === null ? null : { kind: 'from', number };
  }
  switch (method) {
    case 'eth_chainId':
    case 'eth_getBlockByHash':
      return { kind: 'always' };
    case 'eth_getTransactionByHash':
    case 'eth_getTransactionReceipt':
      return toPlaceLife(result, blocks);
    case 'eth_getBlockByNumber':
      return toNumber(params[0]) === null ? { kind: 'head' } : toStateLife(toNumber(params[0]), blocks);
    case 'eth_getLogs':
      return areLogsFinal(params[0], blocks) ? { kind: 'always' } : null;
    default: {
      const at = blockParameter[method];
      if (at === undefined) return null;
      const named = params[at];
      if (typeof named === 'object' && named !== null && 'blockHash' in named) return { kind: 'always' };
      return toStateLife(toNumber(named), blocks);
    }
  }
}

function toStateLife(number: bigint | null, blocks: KnownBlocks): AnswerLife | null {
  if (number === null) return null;
  if (blocks.isFinalised(number)) return { kind: 'always' };
  const hash = blocks.hashAt(number);
  return hash === null ? null : { kind: 'block', number, hash };
}

/** A transaction or receipt, which stays where it is when its block does. */
function toPlaceLife(result: unknown, blocks: KnownBlocks): AnswerLife | null {
  if (typeof result !== 'object' || result === null || !('blockNumber' in result) || !('blockHash' in result))
    return null;
  const number = toNumber(result.blockNumber);
  if (number === null || typeof result.blockHash !== 'string') return null;
  return blocks.isFinalised(number) ? { kind: 'always' } : { kind: 'block', number, hash: result.blockHash };
}

function areLogsFinal(filter: unknown, blocks: KnownBlocks): boolean {
  if (typeof filter !== 'object' || filter === null) return false;
  if ('blockHash' in filter) return true;
  const last = 'toBlock' in filter ? toNumber(filter.toBlock) : null;
  const first = 'fromBlock' in filter ? toNumber(filter.fromBlock) : null;
  return last !== null && first !== null && blocks.isFinalised(last);
}

/** What a contract keeps from its beginning on: its code, and a token's decimals. */
function toFact({ method, params: [first, , ...more] }: RpcCall): string | null {
  if (method === 'eth_getCode') return `code ${String(first).toLowerCase()}`;
  if (method !== 'eth_call' || more.length > 0 || typeof first !== 'object' || first === null) return null;
  const isDecimals = 'data' in first && first.data === decimalsSelector && 'to' in first;
  return isDecimals && Object.keys(first).length === 2 ? `decimals ${String(first.to).toLowerCase()}` : null;
}

/** An account that delegates (EIP-7702) has code that it can change, and one without code may get some. */
function isLastingFact(method: string, result: unknown): boolean {
  if (typeof result !== 'string') return false;
  return method === 'eth_getCode' ? result.length > 2 && !result.startsWith('0xef0100') : result.length === 66;
}

function toNumber(value: unknown): bigint | null {
  return typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value) ? BigInt(value) : null;
}
