import type { Actor } from '#server/contract/actor.ts';
import type { CallToolInput, ToolCall, ToolSummary } from '#server/contract/tool.ts';

type Needs = {
  listHubTools: () => ToolSummary[];
  listConnectedTools: (actor: Actor) => Promise<ToolSummary[]>;
  /** @throws {HubError} `not_found` */
  callTool: (
    caller: { actor: Actor; language: 'en' | 'zh'; signal: AbortSignal },
    call: CallToolInput,
  ) => Promise<ToolCall>;
};

/** The catalogue: what comes with the hub, and what the person brought; and calls of it by hand. */
export function createToolService({ listHubTools, listConnectedTools, callTool }: Needs) {
  return {
    listTools: async (actor: Actor): Promise<ToolSummary[]> => [
      ...listHubTools(),
      ...(await listConnectedTools(actor)),
    ],
    callTool,
  };
}
export type ToolService = ReturnType<typeof createToolService>;
