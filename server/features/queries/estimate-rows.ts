import { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type { QueryTable } from '#server/contract/dataset.ts';
import type { SqlParameter } from '#server/contract/sql.ts';

/** From here on a table is big enough to look before one reads it. */
const bigTableRows = 1_000_000;
const makesRows = /\b(?:range|generate_series|cross\s+join|unnest|recursive)\b/i;

type Query = { sql: string; parameters: SqlParameter[] };
type Needs = {
  listTables: (actor: Actor) => Promise<QueryTable[]>;
  /** The engine's plan of a query as JSON, without running it. @throws where it has none */
  explain: (actor: Actor, query: Query, signal: AbortSignal) => Promise<unknown>;
};

/**
 * Estimates how many rows the heaviest step of a query works on, as the engine plans it; null where that is little for
 * certain, or where there is no plan. Nothing is run.
 */
export function createRowEstimate({ listTables, explain }: Needs) {
  return async (actor: Actor, query: Query, signal: AbortSignal): Promise<number | null> => {
    const sql = query.sql.toLowerCase();
    const named = (await listTables(actor)).filter(({ name }) => sql.includes(name.toLowerCase()));
    const isSmall = named.length < 2 && named.every(({ rows }) => (rows ?? 0) < bigTableRows);
    if (isSmall && !makesRows.test(sql)) return null;
    try {
      return readEstimate(await explain(actor, query, signal));
    } catch {
      signal.throwIfAborted();
      // What is wrong with it is told when it is run.
      return null;
    }
  };
}

/** A step of a plan as the engine writes it; what a cross product makes, it does not say. */
type Step = { name: string; rows: number | null; children: Step[] };
const Step: z.ZodType<Step> = z.lazy(() =>
  z
    .looseObject({
      name: z.string(),
      extra_info: z.looseObject({ 'Estimated Cardinality': z.coerce.number().optional() }).catch({}),
      children: z.array(Step).default([]),
    })
    .transform(({ name, extra_info: info, children }) => ({
      name,
      rows: info['Estimated Cardinality'] ?? null,
      children,
    })),
);

/** The most rows that a step of a plan makes; null for what is no plan. Pure. */
export function readEstimate(plan: unknown): number | null {
  const steps = z.array(Step).safeParse(typeof plan === 'string' ? JSON.parse(plan) : null);
  if (!steps.success) return null;
  let most = 0;
  const weigh = ({ name, rows, children }: Step): number => {
    const below = children.map(weigh);
    const made = name.trim().includes('CROSS_PRODUCT')
      ? below.reduce((product, count) => product * Math.max(1, count), 1)
      : (rows ?? Math.max(0, ...below));
    most = Math.max(most, made);
    return made;
  };
  steps.data.forEach(weigh);
  return most;
}
