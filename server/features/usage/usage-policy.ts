import type { Actor } from '#server/contract/actor.ts';

/** Everybody sees their own usage; administrators everybody's, and set the budgets. */
export function canReadEverybodysUsage(actor: Actor): boolean {
  return actor.role === 'administrator';
}
