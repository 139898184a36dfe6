/** What a query is estimated to cost before it runs: a guess of the engine's plan, good to about a power of ten. */
export type QueryCost = {
  /** Of its heaviest step. */
  rows: number;
  /** That its scans read. */
  bytes: number;
  seconds: number;
  /** Large tables that it reads without a word about their time. */
  wholeTables: { name: string; rows: number; time: string }[];
};
