import type { Actor } from '#server/contract/actor.ts';

type Judged = { ownerId: string; apiKeyId: string | null; agentIds: string[]; visitId: string | null };

/**
 * A person uses their own files. A key that is bound to certain agents uses those that it uploaded itself, that runs of
 * its agents made, and that its agents were given. A visitor, who acts in the owner's name, uses what the visit made.
 */
export function canUse(actor: Actor, file: Judged): boolean {
  if (file.ownerId !== actor.userId) return false;
  if (actor.visit !== undefined) return file.visitId === actor.visit.conversation;
  if (actor.key === null || actor.key.agentIds.length === 0) return true;
  const { id, agentIds } = actor.key;
  return file.apiKeyId === id || file.agentIds.some((agent) => agentIds.includes(agent));
}
