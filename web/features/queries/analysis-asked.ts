import type { AnalysisKind } from '#server/contract/analysis.ts';
import type { SqlColumn } from '#server/contract/sql.ts';

/** What a person wants to know of a table or a result. */
export type AnalysisAsked = {
  kind: AnalysisKind;
  /** What it is called, for people. */
  name: string;
  source: { table: string } | { execution: string };
  columns: readonly SqlColumn[];
};
