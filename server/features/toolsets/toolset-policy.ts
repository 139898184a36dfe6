import type { Actor } from '#server/contract/actor.ts';

/** A key that is bound to agents reaches nothing beside them. */
export const canSeeToolsets = (actor: Actor): boolean => actor.key === null || actor.key.agentIds.length === 0;

export const canManageToolsets = (actor: Actor): boolean => canSeeToolsets(actor) && actor.role !== 'member';
