import type { Actor } from '#server/contract/actor.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { Scope } from '#server/contract/api-key.ts';
import type { AgentFacts } from './agent-record.ts';

type Judged = Pick<AgentFacts, 'id' | 'owner' | 'visibility' | 'publishedVersion' | 'licence'>;

/** A visitor asks in an owner's name, and is no owner. */
const isOwner = (actor: Actor, agent: Judged) => actor.visit === undefined && agent.owner?.id === actor.userId;
const isShared = (actor: Actor, { publishedVersion, visibility }: Judged) =>
  publishedVersion !== null &&
  visibility !== 'private' &&
  (actor.visit === undefined || visibility === 'link' || visibility === 'hub');
const isWithinKey = (actor: Actor, agent: Judged) =>
  actor.key === null || actor.key.agentIds.length === 0 || actor.key.agentIds.includes(agent.id);
const hasScope = (actor: Actor, scope: Scope) => actor.key === null || actor.key.scopes.includes(scope);

/** An administrator, asking through the page or with a key that has the scope `admin`. */
export function canAdministerAgents(actor: Actor) {
  return actor.role === 'administrator' && hasScope(actor, 'admin');
}

/** Administrators see every agent, so that they can judge and delete it; what they cannot do is edit or run a private one. */
export function canSee(actor: Actor, agent: Judged) {
  return isWithinKey(actor, agent) && (isOwner(actor, agent) || isShared(actor, agent) || canAdministerAgents(actor));
}

export function canEdit(actor: Actor, agent: Judged) {
  return isWithinKey(actor, agent) && isOwner(actor, agent) && actor.role !== 'member';
}

export function canRun(actor: Actor, agent: Judged) {
  return isWithinKey(actor, agent) && (isOwner(actor, agent) || isShared(actor, agent));
}

/**
 * Who runs a model themselves decides what it asks for: with another's agent it could reach the owner's toolsets and private
 * agents, and use up its budget.
 */
export function canUseOwnModels(actor: Actor, agent: Judged) {
  return (actor.key === null || actor.key.agentIds.length === 0) && (agent.owner === null || isOwner(actor, agent));
}

export function canDelete(actor: Actor, agent: Judged) {
  return isWithinKey(actor, agent) && (isOwner(actor, agent) || canAdministerAgents(actor));
}

/** A key that is bound to certain agents makes no others. */
export function canCreate(actor: Actor) {
  return actor.role !== 'member' && (actor.key === null || actor.key.agentIds.length === 0);
}

/** Whether what one sees of an agent may be taken along: as a copy, or as a package that can be imported again. */
export function canCopy(actor: Actor, agent: Judged) {
  return canSee(actor, agent) && (isOwner(actor, agent) || agent.licence !== 'all-rights-reserved');
}

/** Editors see the draft; so does an administrator while there is nothing else to see. */
export function canReadDraft(actor: Actor, agent: Judged) {
  return canEdit(actor, agent) || (canSee(actor, agent) && agent.publishedVersion === null);
}

export function toAbilities(actor: Actor, agent: Judged): Agent['can'] {
  const canWrite = hasScope(actor, 'agents:write');
  const edit = canEdit(actor, agent) && canWrite;
  return {
    run: canRun(actor, agent) && hasScope(actor, 'runs:write'),
    edit,
    publish: edit,
    delete: canDelete(actor, agent) && canWrite,
    duplicate: canCopy(actor, agent) && canCreate(actor) && canWrite,
    export: canCopy(actor, agent),
    useOwnModels: canRun(actor, agent) && canUseOwnModels(actor, agent),
  };
}
