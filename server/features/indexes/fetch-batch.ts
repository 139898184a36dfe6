import type { IndexPart } from '#server/contract/chain-index.ts';
import type { RawBlock } from '#server/onchain/chain-index/raw-block.ts';
import type { Spool } from '#server/platform/chain-index/index-store.ts';
import type { IndexRecord } from './index-repository.ts';
import type { IndexPorts } from './index-ports.ts';

/** What one segment is made of, at most; it also ends when so much time has passed, for what is written is safe. */
const mostRows = 60_000;
const longestMs = 8_000;
/** What one answer of an RPC is to bring, about. */
const wantedRows = 2_000;
const mostBlocks = 512;
/** Where only some contracts' logs are asked for. */
const mostSparseBlocks = 5_000;
const keptMarks = 256;

export type Batch = {
  spool: Spool;
  to: number;
  toHash: string;
  blocks: number;
  logs: number;
  rows: number;
  marks: [number, string][];
  missingParts: IndexPart[];
};

/** How many blocks are asked for at once; grows and shrinks with what they bring. */
export type Width = { blocks: number };

/**
 * Fetches blocks into a spool, as many as make a segment. Null: the first of them does not follow the last indexed one, for
 * the chain has changed.
 */
export async function fetchBatch(
  { source, store, now }: Pick<IndexPorts, 'source' | 'store' | 'now'>,
  {
    index: { chainId, parts, contracts, onlyContracts },
    from,
    target,
    parentHash,
    width,
  }: {
    index: Pick<IndexRecord, 'chainId' | 'parts' | 'contracts' | 'onlyContracts'>;
    from: number;
    target: number;
    parentHash: string | null;
    width: Width;
  },
  signal: AbortSignal,
): Promise<Batch | null> {
  const spool = await store.openSpool();
  const batch: Batch = {
    spool,
    to: from - 1,
    toHash: parentHash ?? '',
    blocks: 0,
    logs: 0,
    rows: 0,
    marks: [],
    missingParts: [],
  };
  const only = onlyContracts ? contracts.map(({ address }) => address) : null;
  const most = onlyContracts ? mostSparseBlocks : mostBlocks;
  const until = now().getTime() + longestMs;
  const fetchNext = async (start: number) => {
    const to = Math.min(target, start + width.blocks - 1);
    try {
      return await source.fetch(chainId, { from: start, to, parts, only }, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      if (to === start) throw thrown;
      // Too much at once is the most frequent reason.
      width.blocks = Math.max(1, Math.floor((to - start + 1) / 4));
      const less = Math.min(target, start + width.blocks - 1);
      return await source.fetch(chainId, { from: start, to: less, parts, only }, signal);
    }
  };
  try {
    let coming = fetchNext(from);
    while (batch.to < target && batch.rows < mostRows && (batch.blocks === 0 || now().getTime() < until)) {
      const { blocks, missingParts, from: first, before } = await coming;
      batch.missingParts = missingParts;
      const last = blocks.at(-1);
      if (last === undefined) break;
      const rows = blocks.reduce((sum, { header, logs }) => sum + 1 + header.transactions.length + logs.length, 0);
      const next = Number(last.header.number) + 1;
      adapt(width, { blocks: next - first, rows, most });
      const expected = parentHash === null && batch.blocks === 0 ? null : batch.toHash;
      const isFollowing = onlyContracts ? expected === null || before === expected : followsOn(blocks, expected);
      if (!isFollowing) {
        if (batch.blocks > 0) break;
        await spool.discard();
        return null;
      }
      // The next blocks come while these are worked on.
      const isMore = next <= target && batch.rows + rows < mostRows && now().getTime() < until;
      if (isMore) {
        coming = fetchNext(next);
        coming.catch(() => undefined);
      }
      const facts = await source.readFacts(chainId, blocks, signal);
      await spool.append([{ facts }, ...blocks.map((block) => ({ block }))]);
      batch.blocks += next - first;
      batch.rows += rows;
      batch.logs += blocks.reduce((sum, { logs }) => sum + logs.length, 0);
      batch.to = next - 1;
      batch.toHash = last.header.hash;
      batch.marks.push(...blocks.map(({ header }): [number, string] => [Number(header.number), header.hash]));
      batch.marks.splice(0, batch.marks.length - keptMarks);
    }
    return batch;
  } catch (thrown) {
    // What came before the fault is kept.
    if (batch.blocks > 0 && !signal.aborted) return batch;
    await spool.discard();
    throw thrown;
  }
}

function adapt(width: Width, { blocks, rows, most }: Record<'blocks' | 'rows' | 'most', number>): void {
  const wanted = Math.floor((blocks * wantedRows) / Math.max(1, rows));
  // It grows slowly and shrinks at once.
  width.blocks = Math.max(1, Math.min(most, wanted, Math.max(width.blocks, blocks) * 2));
}

function followsOn(blocks: RawBlock[], parentHash: string | null): boolean {
  let parent = parentHash;
  return blocks.every(({ header }) => {
    const follows = parent === null || header.parentHash === parent;
    parent = header.hash;
    return follows;
  });
}
