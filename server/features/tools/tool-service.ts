import type { Actor } from '#server/contract/actor.ts';
import type { CallToolInput, ToolCall, ToolSummary } from '#server/contract/tool.ts';

type Needs = {
  listHubTools: () => ToolSummary[];
  listConnectedTools: (actor: Actor) => Promise<ToolSummary[]>;
  /** Agents that the actor's own may call. */
  listCallableAgents: (actor: Actor) => Promise<ToolSummary[]>;
  /** @throws {HubError} `not_found` */
  callTool: (
    caller: { actor: Actor; language: 'en' | 'zh'; signal: AbortSignal },
    call: CallToolInput,
  ) => Promise<ToolCall>;
};

/** The catalogue: what comes with the hub, and what the person brought; and calls of it by hand. */
export function createToolService({ listHubTools, listConnectedTools, listCallableAgents, callTool }: Needs) {
  return {
    listTools: async (actor: Actor): Promise<ToolSummary[]> => {
      const others = await Promise.all([listCallableAgents(actor), listConnectedTools(actor)]);
      return [...listHubTools(), ...others.flat()];
    },
    callTool,
  };
}
export type ToolService = ReturnType<typeof createToolService>;
