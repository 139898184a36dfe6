import { isFullIndex } from '#server/contract/chain-index.ts';
import type { IndexRecord, SegmentRecord } from './index-repository.ts';

const largeRows = 30_000;

/** What a segment weighs, about. */
export const countRows = ({ rows }: Pick<SegmentRecord, 'rows'>) =>
  (rows.blocks ?? 0) + (rows.transactions ?? 0) + (rows.logs ?? 0);

/** Of an index without a limit of its own: the hub's disk has other things to hold. */
const usualMaximumBytes = 50 * 1024 ** 3;

export const limitsOf = ({ maximumRows, maximumBytes }: Pick<IndexRecord, 'maximumRows' | 'maximumBytes'>) => ({
  maximumRows,
  maximumBytes: maximumBytes ?? usualMaximumBytes,
});

/** How large an index is, all its tables together. */
export function measureIndex({ segments }: Pick<IndexRecord, 'segments'>): { rows: number; bytes: number } {
  const sum = (count: (segment: SegmentRecord) => number) =>
    segments.reduce((total, segment) => total + count(segment), 0);
  return {
    rows: sum((segment) => Object.values(segment.rows).reduce((total, rows) => total + rows, 0)),
    bytes: sum(({ size }) => size),
  };
}

/** Whether it may not grow any more. */
export const isFull = (index: IndexRecord): boolean => isFullIndex({ ...measureIndex(index), ...limitsOf(index) });

export const isLarge = (rows: number) => rows > largeRows;
