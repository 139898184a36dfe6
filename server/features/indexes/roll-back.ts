import { v7 } from 'uuid';
import type { Reorganisation } from '#server/contract/chain-index.ts';
import { finalContradicted } from './index-errors.ts';
import type { IndexPorts } from './index-ports.ts';
import type { IndexRecord, SegmentRecord } from './index-repository.ts';
import { nameOf } from './present-index.ts';
import { countRows, isLarge } from './segment-size.ts';

const askedAtOnce = 32;

type Place = { number: number; hash: string } | null;

/** The indexed blocks whose hashes are known, newest first. */
function placesOf(index: IndexRecord): [number, string][] {
  const known = new Map([
    ...index.segments.map(({ toBlock, toHash }): [number, string] => [toBlock, toHash]),
    ...index.recent,
  ]);
  return [...known].filter(([number]) => number < index.nextBlock).sort(([one], [other]) => other - one);
}

/** The last indexed block that the chain still has; null: it has none of them. */
async function findAncestor(
  { source }: Pick<IndexPorts, 'source'>,
  index: IndexRecord,
  signal: AbortSignal,
): Promise<Place> {
  const places = placesOf(index);
  for (let start = 0; start < places.length; start += askedAtOnce) {
    const asked = places.slice(start, start + askedAtOnce);
    const marks = await source.readMarks(
      index.chainId,
      asked.map(([number]) => number),
      signal,
    );
    const found = marks.find((mark, at) => mark !== null && mark.hash === asked[at]?.[1]);
    if (found !== undefined && found !== null) return found;
  }
  return null;
}

export type RollBack = {
  changes: Pick<IndexRecord, 'nextBlock' | 'recent' | 'updatedAt'> & { lastReorganisation: Reorganisation };
  dropped: SegmentRecord[];
  added: SegmentRecord | null;
};

/**
 * What is left of an index after its chain undid blocks: all up to the last block that both have. Null: nothing was undone.
 *
 * @throws {HubError} `unavailable`, where final blocks would be undone; only the hub's own chain is begun anew
 */
export async function rollBack(
  ports: Pick<IndexPorts, 'source' | 'store' | 'now'> & { devnet: Pick<IndexPorts['devnet'], 'chainId'> },
  index: IndexRecord,
  signal: AbortSignal,
): Promise<RollBack | null> {
  const ancestor = await findAncestor(ports, index, signal);
  const kept = ancestor?.number ?? index.fromBlock - 1;
  const depth = index.nextBlock - 1 - kept;
  if (depth <= 0) return null;
  const final = placesOf(index).find(([number]) => number <= (index.finalBlock ?? -1))?.[0];
  if (final !== undefined && kept < final && index.chainId !== ports.devnet.chainId)
    throw finalContradicted(nameOf(ports, index), final);
  const dropped = index.segments.filter(({ toBlock }) => toBlock > kept);
  const cut = dropped.find(({ fromBlock }) => fromBlock <= kept);
  const now = ports.now();
  const changes = {
    nextBlock: kept + 1,
    recent: index.recent.filter(([number]) => number <= kept),
    lastReorganisation: { at: now.toISOString(), depth, ancestor: kept },
    updatedAt: now,
  };
  if (cut === undefined || ancestor === null) return { changes, dropped, added: null };
  const { contracts } = index;
  const wanted = { bases: [cut.sha256], keepTo: kept, spool: null, contracts, isLarge: isLarge(countRows(cut)) };
  const made = await ports.store.write(wanted, signal);
  return {
    changes,
    dropped,
    added: { ...made, id: v7(), fromBlock: cut.fromBlock, toBlock: kept, toHash: ancestor.hash },
  };
}
