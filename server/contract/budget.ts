import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';

export const TokenLimit = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null);
export const UsdLimit = z.number().positive().max(1_000_000_000).nullable().default(null);

/** What may be spent in a calendar month (UTC); null is no limit. Calls of unknown price count against tokens only. */
export const MonthlyBudget = z.strictObject({ maximumTokens: TokenLimit, maximumUsd: UsdLimit });
export type MonthlyBudget = z.infer<typeof MonthlyBudget>;

export const noBudget: MonthlyBudget = { maximumTokens: null, maximumUsd: null };

/** Tokens that were read and written, and the cost of known prices. */
export const Spending = z.object({ tokens: z.number().int(), costUsd: z.number() });
export type Spending = z.infer<typeof Spending>;

/** What a person may spend this month, and has. */
export const PersonBudget = z.object({
  person: Identifier,
  /** Set for this person; null: the hub's budget for everybody holds. */
  own: MonthlyBudget.nullable(),
  /** What holds. */
  budget: MonthlyBudget,
  spent: Spending,
  /** When the month's count starts anew. */
  renewsAt: Timestamp,
});
export type PersonBudget = z.infer<typeof PersonBudget>;

/** `budget: null`: the hub's budget for everybody holds. */
export const SetPersonBudgetInput = z.strictObject({ budget: MonthlyBudget.nullable() });
export type SetPersonBudgetInput = z.infer<typeof SetPersonBudgetInput>;
