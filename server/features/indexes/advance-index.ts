import { v7 } from 'uuid';
import { fetchBatch, type Batch, type Width } from './fetch-batch.ts';
import { chainBehind, indexFull } from './index-errors.ts';
import type { IndexPorts } from './index-ports.ts';
import type { IndexRecord, IndexRepository, SegmentRecord } from './index-repository.ts';
import { nameOf } from './present-index.ts';
import { countRows, isFull, isLarge, limitsOf } from './segment-size.ts';
import { rollBack } from './roll-back.ts';

/** Blocks that far from the head count as final where the chain does not tell. */
const usualFinality = 64;
const keptMarks = 256;
/** One address stands for many nodes, of which some are a block behind. */
const usualLag = 3;
/** Small segments are joined as they come, so that there are few and a row is seldom written again. */
const joinFactor = 3;
const largestSegmentRows = 4_000_000;

/** `more`: there are blocks to fetch; `idle`: none now; `done`: the range is whole and final; `full`: it may not grow. */
export type Advance = 'more' | 'idle' | 'done' | 'full' | 'lost';

type Needs = Pick<IndexPorts, 'source' | 'store' | 'now'> & {
  devnet: Pick<IndexPorts['devnet'], 'chainId'>;
  repository: Pick<IndexRepository, 'commit' | 'note'>;
  holder: string;
};

/** One step of an index: takes note of the head, undoes what the chain undid, or adds a segment. */
export async function advanceIndex(
  needs: Needs,
  index: IndexRecord,
  width: Width,
  signal: AbortSignal,
): Promise<Advance> {
  const { source, repository, holder, now } = needs;
  const held = { id: index.id, holder };
  const head = await source.readHead(index.chainId, signal);
  const final = head.final ?? Math.max(0, head.number - usualFinality);
  const news = { headBlock: head.number, finalBlock: final };
  const tip = index.recent.at(-1);
  if (tip !== undefined && isBehind(needs, index, head)) {
    const isWorthSaying = tip[0] - head.number > usualLag;
    const fault = isWorthSaying ? chainBehind(nameOf(needs, index), { head: head.number, tip: tip[0] }) : null;
    await repository.note(held, { fault, blocksPerSecond: null, logsPerSecond: null });
    return 'idle';
  }
  const isUndone = tip !== undefined && (tip[0] > head.number || (tip[0] === head.number && tip[1] !== head.hash));
  if (isUndone) return await undo(needs, index, signal);
  const target = Math.min(index.toBlock ?? head.number, head.number);
  if (index.nextBlock > target) {
    const isWhole = index.toBlock !== null && index.nextBlock > index.toBlock && final >= index.toBlock;
    const changes = { ...news, fault: null, blocksPerSecond: null, logsPerSecond: null };
    await repository.note(held, isWhole ? { ...changes, state: 'done', updatedAt: now() } : changes);
    return isWhole ? 'done' : 'idle';
  }
  if (isFull(index)) {
    const rests = { blocksPerSecond: null, logsPerSecond: null, updatedAt: now() };
    await repository.note(held, { ...news, ...rests, state: 'paused', fault: indexFull(limitsOf(index)) });
    return 'full';
  }
  const started = now().getTime();
  const { nextBlock: from } = index;
  const wanted = { index, from, target: toTarget(index, target, final), parentHash: tip?.[1] ?? null, width };
  const batch = await fetchBatch(needs, wanted, signal);
  if (batch === null) return await undo(needs, index, signal);
  try {
    const { dropped, added } = await writeBatch(needs, index, batch, signal);
    const seconds = Math.max(0.001, (now().getTime() - started) / 1000);
    const isKept = await repository.commit(held, {
      changes: {
        ...news,
        nextBlock: batch.to + 1,
        recent: [...index.recent, ...batch.marks].slice(-keptMarks),
        missingParts: batch.missingParts,
        fault: null,
        blocksPerSecond: batch.blocks / seconds,
        logsPerSecond: batch.logs / seconds,
        updatedAt: now(),
      },
      dropped: dropped.map(({ id }) => id),
      added,
    });
    needs.store.retire(isKept ? dropped.map(({ sha256 }) => sha256) : [added.sha256]);
    if (!isKept) return 'lost';
    return batch.to < target ? 'more' : 'idle';
  } finally {
    await batch.spool.discard();
  }
}

/** Whether the head lies within what is indexed, as far as is known of it. The hub's own chain can become shorter. */
function isBehind(
  { devnet }: Needs,
  { chainId, recent }: IndexRecord,
  head: { number: number; hash: string },
): boolean {
  if (chainId === devnet.chainId || head.number >= (recent.at(-1)?.[0] ?? 0)) return false;
  const known = recent.find(([number]) => number === head.number);
  return known === undefined || known[1] === head.hash;
}

/** Where few blocks are kept, the last final one is: what is undone later is told from it. */
const toTarget = ({ onlyContracts, nextBlock }: IndexRecord, target: number, final: number): number =>
  onlyContracts && nextBlock <= final ? Math.min(target, final) : target;

async function writeBatch(
  { store }: Needs,
  index: IndexRecord,
  { spool, rows, to, toHash }: Batch,
  signal: AbortSignal,
) {
  const dropped: SegmentRecord[] = [];
  let joined = rows;
  for (const segment of index.segments.toReversed()) {
    const own = countRows(segment);
    if (own > joined * joinFactor || own + joined > largestSegmentRows) break;
    dropped.unshift(segment);
    joined += own;
  }
  const bases = dropped.map(({ sha256 }) => sha256);
  const { contracts } = index;
  const made = await store.write({ bases, keepTo: null, spool, contracts, isLarge: isLarge(joined) }, signal);
  const fromBlock = dropped[0]?.fromBlock ?? index.nextBlock;
  return { dropped, added: { ...made, id: v7(), fromBlock, toBlock: to, toHash } };
}

async function undo(needs: Needs, index: IndexRecord, signal: AbortSignal): Promise<Advance> {
  const undone = await rollBack(needs, index, signal);
  // Another RPC was behind, or ahead of itself.
  if (undone === null) return 'idle';
  const { changes, dropped, added } = undone;
  const ids = dropped.map(({ id }) => id);
  const isKept = await needs.repository.commit(
    { id: index.id, holder: needs.holder },
    { changes, dropped: ids, added },
  );
  needs.store.retire(isKept ? dropped.map(({ sha256 }) => sha256) : added === null ? [] : [added.sha256]);
  return isKept ? 'more' : 'lost';
}
