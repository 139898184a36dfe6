import type { Actor } from '#server/contract/actor.ts';
import type { ChainIndex } from '#server/contract/chain-index.ts';
import type { IndexPorts } from './index-ports.ts';
import type { IndexRecord } from './index-repository.ts';
import { limitsOf, measureIndex } from './segment-size.ts';

export const canEdit = ({ role }: Actor) => role === 'administrator';

/** What people call its chain. */
export const nameOf = ({ source }: Pick<IndexPorts, 'source'>, { chainId, schema }: IndexRecord): string =>
  source.list().find(({ id }) => id === chainId)?.name ?? schema;

function listUnfit({ segments }: IndexRecord): ChainIndex['unfit'] {
  const counts = new Map<string, number>();
  for (const { unfit } of segments)
    for (const [table, logs] of Object.entries(unfit)) counts.set(table, (counts.get(table) ?? 0) + logs);
  return [...counts].map(([table, logs]) => ({ table, logs }));
}

/** An index as people see it. */
export function presentIndex(index: IndexRecord, actor: Actor, chain: string): ChainIndex {
  const { nextBlock, recent: _recent, segments, createdAt, updatedAt, ...rest } = index;
  const sum = (count: (segment: (typeof segments)[number]) => number) =>
    segments.reduce((total, segment) => total + count(segment), 0);
  const last = index.toBlock ?? index.headBlock;
  return {
    ...rest,
    chain,
    blocksDone: nextBlock - index.fromBlock,
    blocksLeft: last === null ? null : Math.max(0, last - nextBlock + 1),
    lastBlock: nextBlock > index.fromBlock ? nextBlock - 1 : null,
    logs: sum(({ rows }) => rows.logs ?? 0),
    transactions: sum(({ rows }) => rows.transactions ?? 0),
    ...measureIndex(index),
    unfit: listUnfit(index),
    ...limitsOf(index),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    can: { edit: canEdit(actor) },
  };
}
