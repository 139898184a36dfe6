import { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type { QueryTable } from '#server/contract/dataset.ts';
import type { QueryCost } from '#server/contract/query-cost.ts';
import type { SqlParameter } from '#server/contract/sql.ts';

/** From here on a table is big enough to look before one reads it. */
const bigTableRows = 1_000_000;
const makesRows = /\b(?:range|generate_series|cross\s+join|unnest|recursive)\b/i;
/** What a cell takes on average, and what two threads do of it in a second: measured on transfers of a chain. */
const cellBytes = 12;
const bytesPerSecond = 1_000_000_000;
const rowsPerSecond = 30_000_000;

type Query = { sql: string; parameters: SqlParameter[] };
type Needs = {
  listTables: (actor: Actor) => Promise<QueryTable[]>;
  /** The engine's plan of a query as JSON, without running it. @throws where it has none */
  explain: (actor: Actor, query: Query, signal: AbortSignal) => Promise<unknown>;
};

/**
 * Estimates what a query costs, as the engine plans it: the rows of its heaviest step, the bytes that it reads, and the time;
 * null where that is little for certain, or where there is no plan. Nothing is run.
 */
export function createCostEstimate({ listTables, explain }: Needs) {
  return async (actor: Actor, query: Query, signal: AbortSignal): Promise<QueryCost | null> => {
    const sql = query.sql.toLowerCase();
    const named = (await listTables(actor)).filter(({ name }) => sql.includes(name.toLowerCase()));
    const isSmall = named.length < 2 && named.every(({ rows }) => (rows ?? 0) < bigTableRows);
    if (isSmall && !makesRows.test(sql)) return null;
    try {
      const plan = readPlan(await explain(actor, query, signal));
      return plan === null ? null : { ...plan, wholeTables: findWhole(named, sql) };
    } catch {
      signal.throwIfAborted();
      // What is wrong with it is told when it is run.
      return null;
    }
  };
}

/** Large tables with a time that the query does not speak of. */
const findWhole = (named: QueryTable[], sql: string): QueryCost['wholeTables'] =>
  named.flatMap(({ name, rows, columns }) => {
    const time = columns.find(({ type }) => /^(?:DATE|TIMESTAMP)/.test(type))?.name;
    return rows === null || rows < bigTableRows || time === undefined || sql.includes(time.toLowerCase())
      ? []
      : [{ name, rows, time }];
  });

/** A step of a plan as the engine writes it; what a cross product makes, it does not say. */
type Step = { name: string; rows: number | null; cells: number; children: Step[] };
const Names = z.union([z.string().transform((name) => [name]), z.array(z.string())]).catch([]);
const Step: z.ZodType<Step> = z.lazy(() =>
  z
    .looseObject({
      name: z.string(),
      extra_info: z
        .looseObject({
          'Estimated Cardinality': z.coerce.number().optional(),
          Projections: Names.optional(),
          Filters: Names.optional(),
        })
        .catch({}),
      children: z.array(Step).default([]),
    })
    .transform(({ name, extra_info: info, children }) => {
      const rows = info['Estimated Cardinality'] ?? null;
      const columns = (info['Projections']?.length ?? 0) + (info['Filters']?.length ?? 0);
      return { name, rows, cells: name.includes('SCAN') ? (rows ?? 0) * Math.max(1, columns) : 0, children };
    }),
);

/** The most rows that a step of a plan makes, what its scans read, and how long both take; null for what is no plan. Pure. */
export function readPlan(plan: unknown): Omit<QueryCost, 'wholeTables'> | null {
  const steps = z.array(Step).safeParse(typeof plan === 'string' ? JSON.parse(plan) : null);
  if (!steps.success) return null;
  let rows = 0;
  let cells = 0;
  const weigh = ({ name, rows: own, cells: read, children }: Step): number => {
    const below = children.map(weigh);
    const made = name.trim().includes('CROSS_PRODUCT')
      ? below.reduce((product, count) => product * Math.max(1, count), 1)
      : (own ?? Math.max(0, ...below));
    rows = Math.max(rows, made);
    cells += read;
    return made;
  };
  steps.data.forEach(weigh);
  const bytes = cells * cellBytes;
  return { rows, bytes, seconds: bytes / bytesPerSecond + rows / rowsPerSecond };
}
