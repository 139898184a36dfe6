import { z } from 'zod';
import { Timestamp } from './identifier.ts';
import { Usage } from './run-event.ts';

/** `person: all` is for administrators; others see their own. */
export const UsageQuery = z.object({
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  groupBy: z.enum(['day', 'agent', 'model', 'key', 'person']).default('day'),
  person: z.enum(['me', 'all']).default('me'),
});
export type UsageQuery = z.infer<typeof UsageQuery>;

export const UsageRow = z.object({
  /** The day (`2026-11-23`), or the identifier that it is grouped by. */
  group: z.string(),
  label: z.string(),
  runs: z.number().int(),
  usage: Usage,
  /** Cost of the runs whose price is known. */
  costUsd: z.number(),
  runsWithUnknownCost: z.number().int(),
});
export type UsageRow = z.infer<typeof UsageRow>;
export const UsageReport = z.object({ from: Timestamp, to: Timestamp, rows: z.array(UsageRow), total: UsageRow });
export type UsageReport = z.infer<typeof UsageReport>;
