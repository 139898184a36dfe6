import { type Address, type Hex, hexToBigInt, numberToHex, type RpcLog } from 'viem';
import type { ChainContext } from './chain-context.ts';
import { findAllowedWidth, findWidestRange, isTooWide } from './chain-errors.ts';

export type LogFilter = { address?: Address; topics: (Hex | Hex[] | null)[] };

/** `missing`: the blocks that were not read, when there was more than could be read at once. */
export type LogReading = { logs: RpcLog[]; missing: { from: bigint; to: bigint } | null };

const mostCalls = 240;
const mostLogs = 10_000;
/** Where a piece brought no more than that, the next may be twice as wide. */
const fewLogs = 1_000;

/**
 * Reads the logs of a range that fit any of the filters, each once, in the order of the chain.
 *
 * A range that the RPC refuses is halved, or as wide as it says; later ones grow again where there is little. It ends early after so many calls or logs, and
 * says which blocks are missing: the oldest ones, or the newest with `oldestFirst`.
 */
export async function readLogs(
  { client, signal }: Pick<ChainContext, 'client' | 'signal'>,
  { filters, from, to, oldestFirst = false }: { filters: LogFilter[]; from: bigint; to: bigint; oldestFirst?: boolean },
): Promise<LogReading> {
  const found = new Map<string, RpcLog>();
  let calls = 0;
  let width = to - from + 1n;
  let widest = width;
  let low = from;
  let high = to;
  const readPiece = async (first: bigint, last: bigint) => {
    calls += filters.length;
    const range = { fromBlock: numberToHex(first), toBlock: numberToHex(last) };
    const pieces = await Promise.all(
      filters.map((filter) => client.request({ method: 'eth_getLogs', params: [{ ...filter, ...range }] })),
    );
    for (const log of pieces.flat()) found.set(`${log.blockNumber}-${log.logIndex}`, log);
    return pieces.reduce((sum, { length }) => sum + length, 0);
  };
  while (low <= high) {
    signal.throwIfAborted();
    if (calls >= mostCalls || found.size >= mostLogs) break;
    const first = oldestFirst ? low : high - width + 1n > low ? high - width + 1n : low;
    const last = oldestFirst ? (low + width - 1n < high ? low + width - 1n : high) : high;
    try {
      const count = await readPiece(first, last);
      if (count < fewLogs && width < widest) width = width * 2n < widest ? width * 2n : widest;
    } catch (thrown) {
      if (!isTooWide(thrown) || first === last) throw thrown;
      const refused = last - first + 1n;
      const allowed = findAllowedWidth(thrown);
      width = allowed !== null && allowed < refused ? allowed : refused / 2n;
      widest = findWidestRange(thrown) === null ? refused - 1n : width;
      continue;
    }
    if (oldestFirst) low = last + 1n;
    else high = first - 1n;
  }
  const logs = [...found.values()].filter(({ removed }) => !removed).sort(byPlace);
  return { logs, missing: low <= high ? { from: low, to: high } : null };
}

function byPlace(one: RpcLog, other: RpcLog): number {
  const difference =
    hexToBigInt(one.blockNumber ?? '0x0') - hexToBigInt(other.blockNumber ?? '0x0') ||
    hexToBigInt(one.logIndex ?? '0x0') - hexToBigInt(other.logIndex ?? '0x0');
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** What is told of a range that was not read whole. */
export function toMissingNote({ missing }: Pick<LogReading, 'missing'>): string | null {
  return missing === null
    ? null
    : `Blocks ${missing.from} to ${missing.to} were not read: there is more than can be read at once. Ask again for these blocks, or an administrator adds an RPC under Chains that gives wider ranges.`;
}
