import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { Usage } from '#server/contract/run-event.ts';
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

/** What a look through a conversation brought, and what it cost. */
export type FoundFacts = {
  facts: { text: string; messageId: string }[];
  model: string;
  usage: Usage;
  costUsd: number | null;
};

/** What the hub itself had a model do, for the usage. */
export type PaidLook = Omit<FoundFacts, 'facts'> & {
  agentId: string;
  userId: string;
  startedAt: Date;
  endedAt: Date;
};

/** What the memories feature needs from the rest of the hub. */
export type MemoryPorts = {
  /** @throws {HubError} `not_found`, `forbidden` */
  resolveAgent: (actor: Actor, reference: string) => Promise<AgentWithMemory>;
  findPerson: (userId: string) => Promise<Pick<Actor, 'name' | 'role'> | null>;
  /**
   * Has the agent's model look for facts; null when it has no language model.
   *
   * @throws {HubError} `model_…`
   */
  findFacts: (
    agent: { definition: AgentDefinition; modelOwnerId: string },
    request: { known: string[]; messages: SaidMessage[]; maximumTokens: number; signal: AbortSignal },
  ) => Promise<FoundFacts | null>;
  /** Whether the person's and the agent's budgets leave something for a look. */
  maySpend: (look: {
    agentId: string;
    userId: string;
    conversationId: string;
    budget: AgentDefinition['budget'];
  }) => Promise<boolean>;
  /** Counts a look as usage of its person, of the agent and of the model. */
  countLook: (look: PaidLook) => Promise<void>;
  /** How many looks were made for a person since a time. */
  countLooksSince: (userId: string, since: Date) => Promise<number>;
  now: () => Date;
  /** Where failures that are nobody's request go. */
  logError: (error: unknown, message: string) => void;
};
