import type { SegmentRecord } from './index-repository.ts';

const largeRows = 30_000;

/** What a segment weighs, about. */
export const countRows = ({ rows }: Pick<SegmentRecord, 'rows'>) =>
  (rows.blocks ?? 0) + (rows.transactions ?? 0) + (rows.logs ?? 0);

export const isLarge = (rows: number) => rows > largeRows;
