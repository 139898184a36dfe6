import { LRUCache } from 'lru-cache';
import { type AnswerLife, isOfLatest, toAnswerLife, toBlockNumber, toCacheKey } from './answer-life.ts';
import { createKnownBlocks } from './known-blocks.ts';
import type { RpcCall } from './rpc-fault.ts';

type Entry = { result: unknown; life: AnswerLife; storedAt: number };

const mostCharacters = 32 * 1024 * 1024;
const largestEntry = 1024 * 1024;
const undoneAtMost = 1_024n;

export type AnswerCache = ReturnType<typeof createAnswerCache>;

/**
 * Keeps what a chain answered, for as long as it is true: what is final for ever, the state at a block while that block has
 * the same hash, the head for a part of a block's time.
 */
export function createAnswerCache({ headMs, now }: { headMs: number; now: () => Date }) {
  const blocks = createKnownBlocks();
  const entries = new LRUCache<string, Entry>({ maxSize: mostCharacters, maxEntrySize: largestEntry });

  const isTrue = ({ life, storedAt }: Entry, call: RpcCall): boolean => {
    switch (life.kind) {
      case 'always':
        return true;
      case 'from':
        return isOfLatest(call) || (toBlockNumber(call) ?? -1n) >= life.number;
      case 'block':
        return blocks.hashAt(life.number) === life.hash;
      case 'head':
        return now().getTime() - storedAt < headMs;
    }
  };

  return {
    noteFinalised: blocks.noteFinalised,
    reorganisations: blocks.reorganisations,
    find: (call: RpcCall): { result: unknown } | null => {
      const entry = entries.get(toCacheKey(call));
      return entry !== undefined && isTrue(entry, call) ? entry : null;
    },
    /** Takes note of the block that was told; one far behind the newest cannot be of another branch any more. */
    see: (call: RpcCall, result: unknown): void => {
      const block = call.method === 'eth_getBlockByNumber' ? toKnownBlock(result) : null;
      const isOld = block !== null && block.number + undoneAtMost < (blocks.highest() ?? 0n);
      if (block !== null && !isOld) blocks.note(block);
    },
    /** `askedAt` is what `reorganisations` said before the call: the answer may be of the branch that was left since. */
    store: (call: RpcCall, result: unknown, askedAt: number): void => {
      const isOfThisBranch = askedAt === blocks.reorganisations();
      if (call.method === 'eth_getBlockByNumber') {
        const block = toKnownBlock(result);
        if (block !== null) blocks.note(block);
      }
      const life = toAnswerLife(call, result, blocks);
      if (life === null || (life.kind === 'block' && !isOfThisBranch)) return;
      entries.set(
        toCacheKey(call),
        { result, life, storedAt: now().getTime() },
        { size: JSON.stringify(result).length },
      );
    },
  };
}

function toKnownBlock(result: unknown): { number: bigint; hash: string; parentHash: string | null } | null {
  if (typeof result !== 'object' || result === null || !('number' in result) || !('hash' in result)) return null;
  const { number, hash } = result;
  if (typeof number !== 'string' || !/^0x[0-9a-f]{1,16}$/i.test(number) || typeof hash !== 'string') return null;
  const parentHash = 'parentHash' in result && typeof result.parentHash === 'string' ? result.parentHash : null;
  return { number: BigInt(number), hash, parentHash };
}
