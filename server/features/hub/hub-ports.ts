import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition, Visibility } from '#server/contract/agent-definition.ts';
import type { AgentAbilities } from '#server/contract/agent.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import type { z } from 'zod';

/** An agent that an actor may see, as others see it. */
export type SharedAgent = {
  agent: {
    id: string;
    handle: string;
    owner: { id: string; name: string } | null;
    visibility: Visibility;
    publishedVersion: number | null;
    origin: { id: string; handle: string; version: number | null } | null;
  };
  definition: AgentDefinition;
  can: z.infer<typeof AgentAbilities>;
};

/** What the hub needs from the rest of the house. */
export type HubPorts = {
  /** @throws {HubError} `not_found`, also for an agent that the actor may not see. */
  findAgent: (actor: Actor, reference: string) => Promise<SharedAgent>;
  /** The tools that every agent may have. */
  listTools: () => ToolSummary[];
  now: () => Date;
};
