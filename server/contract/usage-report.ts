import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';
import { NamedAgent, Usage } from './run-event.ts';

/**
 * Whose runs: one's own (`me`), those that others made with one's agents (`my-agents`), everybody's (`all`), or those of
 * one person (`personId`, which goes before `person`); the last two are for administrators.
 */
export const UsageQuery = z.object({
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  groupBy: z.enum(['day', 'agent', 'model', 'key', 'source', 'person']).default('day'),
  person: z.enum(['me', 'my-agents', 'all']).default('me'),
  personId: Identifier.optional(),
});
export type UsageQuery = z.infer<typeof UsageQuery>;

export const UsageRow = z.object({
  /** The day (`2026-11-23`), or the identifier that it is grouped by. */
  group: z.string(),
  label: z.string(),
  /** The names of an agent in other languages, by the tag. */
  translations: NamedAgent.shape.translations,
  runs: z.number().int(),
  usage: Usage,
  /** Cost of the calls whose price is known. */
  costUsd: z.number(),
  /** Runs with calls whose price is not. */
  runsWithUnknownCost: z.number().int(),
});
export type UsageRow = z.infer<typeof UsageRow>;
export const UsageReport = z.object({ from: Timestamp, to: Timestamp, rows: z.array(UsageRow), total: UsageRow });
export type UsageReport = z.infer<typeof UsageReport>;
