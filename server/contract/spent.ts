import { z } from 'zod';
import { Identifier } from './identifier.ts';
import type { RunEventOf } from './run-event.ts';

/** US dollars of the calls whose price is known. Kept as null before 2026-11-27, as soon as one price was not. */
export const KnownUsd = z
  .number()
  .nullable()
  .transform((usd) => usd ?? 0);

/** What of a run's calls one person pays for: `payer` what went over their own connection; null, who runs: all else. */
export const SpentPart = z.object({
  payer: Identifier.nullable(),
  tokens: z.number(),
  costUsd: KnownUsd,
});
export type SpentPart = z.infer<typeof SpentPart>;

/** What a run has spent so far, in all and by who pays for it; the cost is that of the calls whose price is known. */
export type Spent = { tokens: number; costUsd: number; parts: readonly SpentPart[] };

/**
 * A call of a model that is about to be made: `payer` as that of a part, and about what its request takes, where that can be
 * told. Of a tool's call there is none: who pays for what it brings shows when it does.
 */
export type NextCall = { payer: string | null; size: () => Pick<Spent, 'tokens' | 'costUsd'> };

/** The `payer` of a `usage` event, for a connection of somebody's; nothing, for one of the hub's. */
export const toPayer = (ownerId: string | null): { payer?: string } => (ownerId === null ? {} : { payer: ownerId });

type Used = Pick<RunEventOf<'usage'>, 'usage' | 'costUsd' | 'payer'>;

/** Adds what a call took to the part of who pays for it. Changes `parts`. */
export function addToParts(parts: SpentPart[], { usage, costUsd, payer }: Used): void {
  const known = parts.find((part) => part.payer === (payer ?? null));
  const part: SpentPart = known ?? { payer: payer ?? null, tokens: 0, costUsd: 0 };
  part.tokens += usage.inputTokens + usage.outputTokens;
  part.costUsd += costUsd ?? 0;
  if (known === undefined) parts.push(part);
}

/** What calls spent together. */
export function sumSpent(calls: readonly Used[]): Spent {
  const parts: SpentPart[] = [];
  for (const call of calls) addToParts(parts, call);
  const tokens = parts.reduce((sum, part) => sum + part.tokens, 0);
  const costUsd = parts.reduce((sum, part) => sum + part.costUsd, 0);
  return { tokens, costUsd, parts };
}

export const nothingSpent: Spent = { tokens: 0, costUsd: 0, parts: [] };
