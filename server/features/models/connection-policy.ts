import type { Actor } from '#server/contract/actor.ts';

export const canManageHubConnections = ({ role, key }: Actor): boolean =>
  role === 'administrator' && (key === null || key.scopes.includes('admin'));

/** A key that is bound to agents reaches nothing beside them. */
export const canUseOwnConnections = ({ key }: Actor): boolean => key === null || key.agentIds.length === 0;
