import type { Actor } from '#server/contract/actor.ts';
import type { SharedAgent } from './hub-ports.ts';

type Judged = Pick<SharedAgent['agent'], 'owner'>;

export const isOwner = (actor: Actor, { owner }: Judged) => owner?.id === actor.userId;

/** Speaking for an agent is its owner's; a key that may change agents does it for them. */
export const canAnswer = (actor: Actor, agent: Judged) =>
  isOwner(actor, agent) && (actor.key === null || actor.key.scopes.includes('agents:write'));

export const canModerate = (actor: Actor) =>
  actor.role === 'administrator' && (actor.key === null || actor.key.scopes.includes('admin'));

/** The agents that an actor may see on the hub; null: all that stand there. */
export const listSeenAgents = ({ key }: Actor): string[] | null =>
  key === null || key.agentIds.length === 0 ? null : key.agentIds;
