import type { IndexPart } from '#server/contract/chain-index.ts';
import type { RpcAnswer, RpcCall, RpcError } from '#server/onchain/rpc-fault.ts';
import { checkBlock, checkHeader, type RawBlock, type RawLog, type RawReceipt, UnreadableBlock } from './raw-block.ts';
import { type TraceMethod, traceMethods, toTraces } from './to-traces.ts';

export type AskNow = (calls: readonly RpcCall[], signal: AbortSignal) => Promise<RpcAnswer[]>;

/** What the RPCs of a chain turned out not to give. */
export type ChainLacks = { blockReceipts: boolean; traces: Set<TraceMethod> };

/** How a chain's RPCs may still be asked for traces; null when they give none. */
export const findTraceMethod = ({ traces }: ChainLacks): TraceMethod | null =>
  (Object.keys(traceMethods) as TraceMethod[]).find((method) => !traces.has(method)) ?? null;

const toHex = (number: number) => `0x${number.toString(16)}`;
const toList = <Item>(result: unknown, what: string): Item[] => {
  if (!Array.isArray(result)) throw new UnreadableBlock(`no ${what}`);
  return result as Item[];
};

/**
 * Fetches the blocks of a range with all that is kept of them, in their order; each is whole and of one hash.
 *
 * @throws {UnreadableBlock} when the answers do not fit each other
 * @throws {RpcError} when a node refuses
 */
export async function fetchBlocks(
  ask: AskNow,
  { from, to, parts, lacks }: { from: number; to: number; parts: readonly IndexPart[]; lacks: ChainLacks },
  signal: AbortSignal,
): Promise<RawBlock[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const withTransactions = parts.includes('transactions');
  const withReceipts = withTransactions && !lacks.blockReceipts;
  const tracing = parts.includes('traces') ? findTraceMethod(lacks) : null;
  const kinds = [
    { method: 'eth_getBlockByNumber', toParams: (number: string): unknown[] => [number, withTransactions] },
    ...(withReceipts ? [{ method: 'eth_getBlockReceipts', toParams: (number: string): unknown[] => [number] }] : []),
    ...(tracing === null ? [] : [{ method: tracing, toParams: traceMethods[tracing] }]),
  ];
  const calls = kinds.flatMap(({ method, toParams }) =>
    numbers.map((number) => ({ method, params: toParams(toHex(number)) })),
  );
  const answers = await ask(calls, signal);
  const resultsOf = (method: string): unknown[] | null => {
    const place = kinds.findIndex((kind) => kind.method === method);
    if (place === -1) return null;
    const own = answers.slice(place * numbers.length, (place + 1) * numbers.length);
    const errors = own.flatMap((answer, at) =>
      'error' in answer && !isGenesis(method, from + at) ? answer.error : [],
    );
    const [refused] = errors;
    if (refused === undefined) return own.map((answer) => ('result' in answer ? answer.result : []));
    if (method !== 'eth_getBlockByNumber' && errors.some(isLack)) return null;
    throw refused;
  };
  const headers = (resultsOf('eth_getBlockByNumber') ?? []).map((answer, index) => checkHeader(answer, from + index));
  const receipts = resultsOf('eth_getBlockReceipts');
  if (withReceipts && receipts === null) lacks.blockReceipts = true;
  const traces = tracing === null ? null : resultsOf(tracing);
  if (tracing !== null && traces === null) {
    lacks.traces.add(tracing);
    // The other way of asking may be theirs; what was fetched is fetched anew, once for a chain.
    if (findTraceMethod(lacks) !== null) return fetchBlocks(ask, { from, to, parts, lacks }, signal);
  }
  const ofBlock = withTransactions
    ? (receipts ?? (await fetchReceipts(ask, headers, signal))).map((answer) => toList<RawReceipt>(answer, 'receipts'))
    : null;
  const logs = ofBlock === null && parts.includes('logs') ? await fetchLogs(ask, { from, to }, signal) : [];
  return headers.map((header, index) => {
    const own = ofBlock?.[index] ?? null;
    return checkBlock({
      header,
      receipts: own,
      logs:
        own === null
          ? logs.filter((log) => log.blockNumber === header.number)
          : parts.includes('logs')
            ? own.flatMap((receipt) => receipt.logs)
            : [],
      traces: traces === null || tracing === null ? null : toTraces(tracing, traces[index], header),
    });
  });
}

/**
 * Fetches what some contracts log in a range: the blocks in which they do and the last one, with their logs alone, and the
 * hash of the block before the range, for nothing else shows that both are of one branch.
 *
 * @throws {UnreadableBlock} when the answers do not fit each other
 * @throws {RpcError} when a node refuses
 */
export async function fetchBlocksOf(
  ask: AskNow,
  { from, to, addresses }: { from: number; to: number; addresses: readonly string[] },
  signal: AbortSignal,
): Promise<{ blocks: RawBlock[]; before: string | null }> {
  const logs = await fetchLogs(ask, { from, to, addresses }, signal);
  const wanted = [...new Set([...logs.map(({ blockNumber }) => Number(blockNumber)), to])].sort(
    (one, other) => one - other,
  );
  const numbers = from === 0 ? wanted : [from - 1, ...wanted];
  const calls = numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [toHex(number), false] }));
  const headers = (await ask(calls, signal)).map((answer, index) => checkHeader(toResult(answer), numbers[index] ?? 0));
  const before = from === 0 ? null : (headers.shift()?.hash ?? null);
  const blocks = headers.map((header) => {
    const own = logs.filter(({ blockNumber }) => Number(blockNumber) === Number(header.number));
    return checkBlock({ header, receipts: null, logs: own, traces: null });
  });
  return { blocks, before };
}

/** Receipts one by one, for nodes that do not give those of a block together. */
async function fetchReceipts(ask: AskNow, headers: RawBlock['header'][], signal: AbortSignal): Promise<unknown[][]> {
  const hashes = headers.map(({ transactions }) =>
    transactions.map((one) => (typeof one === 'string' ? one : one.hash)),
  );
  const calls = hashes.flat().map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] }));
  const found = (await ask(calls, signal)).map(toResult);
  let taken = 0;
  return hashes.map(({ length }) => found.slice(taken, (taken += length)));
}

/** The logs of a range; one that is refused as too wide is asked for in pieces as wide as allowed, else in halves. */
async function fetchLogs(
  ask: AskNow,
  { from, to, addresses }: { from: number; to: number; addresses?: readonly string[] },
  signal: AbortSignal,
): Promise<RawLog[]> {
  const filter = { fromBlock: toHex(from), toBlock: toHex(to), ...(addresses && { address: addresses }) };
  const [answer] = await ask([{ method: 'eth_getLogs', params: [filter] }], signal);
  if (answer !== undefined && 'error' in answer && answer.error.isTooWide && from < to) {
    const half = Math.ceil((to - from + 1) / 2);
    const width = Math.min(half, answer.error.allowedWidth ?? half);
    const logs: RawLog[] = [];
    for (let first = from; first <= to; first += width) {
      const piece = { from: first, to: Math.min(to, first + width - 1), ...(addresses && { addresses }) };
      logs.push(...(await fetchLogs(ask, piece, signal)));
    }
    return logs;
  }
  return toList<RawLog>(answer === undefined ? null : toResult(answer), 'logs').filter(
    ({ removed }) => removed !== true,
  );
}

const toResult = (answer: RpcAnswer): unknown => {
  if ('error' in answer) throw answer.error;
  return answer.result;
};

/** Nothing ran in the first block of a chain, which Geth refuses to trace. */
const isGenesis = (method: string, number: number): boolean => number === 0 && method in traceMethods;

/** What a node does not do at all; that it keeps no state of an old block says nothing of later ones. */
const isLack = (error: RpcError): boolean =>
  error.code === -32_601 ||
  /\b(?:trace|debug)\b.*not (?:supported|available|enabled|allowed)/i.test(error.message) ||
  (!error.isUnknownBlock &&
    !error.isPruned &&
    /method|not (?:supported|available|enabled)|unsupported|disabled/i.test(error.message));
