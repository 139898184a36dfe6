import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { SaidMessage } from './watch-repository.ts';

export type AgentWithMemory = {
  agent: { id: string; ownerId: string | null };
  definition: AgentDefinition;
};

/** A run that asks what its agent remembers. */
export type RememberingRun = {
  actor: Actor;
  agentId: string;
  ownerId: string | null;
  definition: AgentDefinition;
  memory: { access: MemoryAccess; conversationId: string; messageId: string | null } | null;
};

/** What a look through a conversation brought. */
export type FoundFact = { text: string; messageId: string };

/** What the memories feature needs from the rest of the hub. */
export type MemoryPorts = {
  /** @throws {HubError} `not_found`, `forbidden` */
  resolveAgent: (actor: Actor, reference: string) => Promise<AgentWithMemory>;
  findPerson: (userId: string) => Promise<Pick<Actor, 'name' | 'role'> | null>;
  /**
   * Has the agent's models look for facts, for a person who pays for it; none where there is no language model.
   *
   * @throws {HubError} `budget_exceeded`, `model_…`
   */
  findFacts: (
    look: {
      agentId: string;
      userId: string;
      conversationId: string;
      definition: AgentDefinition;
      modelOwnerId: string;
    },
    request: { known: string[]; messages: SaidMessage[]; maximumTokens: number; signal: AbortSignal },
  ) => Promise<FoundFact[]>;
  /** How many looks were made for a person since a time. */
  countLooksSince: (userId: string, since: Date) => Promise<number>;
  now: () => Date;
  /** Where failures that are nobody's request go. */
  logError: (error: unknown, message: string) => void;
};
