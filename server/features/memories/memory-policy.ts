import type { Actor } from '#server/contract/actor.ts';
import type { AgentMemory } from '#server/contract/agent-definition.ts';

/** Whose facts a run of an agent is told; null: nobody's. */
export function findOwnerOfFacts(memory: AgentMemory, actor: Actor, ownerId: string | null): string | null {
  switch (memory.kind) {
    case 'off':
      return null;
    case 'person':
      return actor.userId;
    case 'agent':
      return ownerId;
  }
}

/** Facts about a person are theirs to write; those for everybody are the owner's. */
export function canWrite(memory: AgentMemory, actor: Actor, ownerId: string | null): boolean {
  return memory.kind !== 'off' && findOwnerOfFacts(memory, actor, ownerId) === actor.userId;
}

/** The agents whose facts an actor sees; null: all. */
export const listSeenAgents = ({ key }: Actor): string[] | null =>
  key === null || key.agentIds.length === 0 ? null : key.agentIds;
