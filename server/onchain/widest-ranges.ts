import type { RpcAnswer, RpcCall, RpcError } from './rpc-fault.ts';

const keptMs = 10 * 60_000;

/**
 * Remembers how many blocks each endpoint said that it gives at once, so that wider ranges of logs go to another first and
 * come back refused without being asked.
 */
export function createWidestRanges({ now }: { now: () => Date }) {
  const known = new Map<string, { error: RpcError; blocks: number; until: number }>();
  return {
    note: (endpointId: string, { method }: RpcCall, answer: RpcAnswer): void => {
      const blocks = 'error' in answer && method === 'eth_getLogs' ? answer.error.widestRange : null;
      if (blocks === null || !('error' in answer)) return;
      known.set(endpointId, { error: answer.error, blocks, until: now().getTime() + keptMs });
    },
    /** What the endpoint would answer to that; null: it may give it. */
    findRefusal: (endpointId: string, call: RpcCall): RpcError | null => {
      const limit = known.get(endpointId);
      const blocks = countBlocks(call);
      return limit !== undefined && blocks !== null && limit.until > now().getTime() && blocks > limit.blocks
        ? limit.error
        : null;
    },
  };
}

function countBlocks({ method, params: [filter] }: RpcCall): number | null {
  if (method !== 'eth_getLogs' || typeof filter !== 'object' || filter === null) return null;
  if (!('fromBlock' in filter) || !('toBlock' in filter)) return null;
  const count = Number(filter.toBlock) - Number(filter.fromBlock) + 1;
  return Number.isSafeInteger(count) ? count : null;
}
