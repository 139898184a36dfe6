import type { Actor } from '#server/contract/actor.ts';

/** Creators and administrators build agents; a key needs `agents:write` for it. */
export function canCreateAgents(actor: Actor): boolean {
  const mayWrite = actor.key === null || actor.key.scopes.includes('agents:write');
  return mayWrite && actor.role !== 'member';
}

/** Administrators run the hub; a key needs `admin` for it. */
export function canAdminister(actor: Actor): boolean {
  const mayAdminister = actor.key === null || actor.key.scopes.includes('admin');
  return mayAdminister && actor.role === 'administrator';
}
