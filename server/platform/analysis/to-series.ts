import type { CombineValues, SeriesPoint } from '#server/contract/analysis.ts';
import type { RawSeries } from './place-series.ts';

/** A series that was pasted. */
export const toSeries = (points: SeriesPoint[], combine: CombineValues): RawSeries => ({
  source: 'points',
  time: null,
  value: 'value',
  sql: null,
  parameters: [],
  points,
  combine,
  notes: [],
});
