import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { type CallingTurn, type FoundAgent, toCallableAgent } from './call-agent.ts';
import type { RunOutcome } from './run-agent.ts';
import type { TurnInput } from './run-turn.ts';
import { agentToolPrefix, createAgentTool } from './tools/agent-tool.ts';
import { createToolCatalogue } from './tools/catalogue.ts';
import { type ConnectedTool, createConnectedTool } from './tools/connected-tool.ts';
import type { ToolPorts } from './tools/ports.ts';
import type { Tool } from './tools/tool.ts';

type Needs = {
  tools: ToolPorts;
  findConnectedTools: (ownerId: string, ids: string[]) => Promise<ConnectedTool[]>;
  findAgent: (ownerId: string | null, handle: string) => Promise<FoundAgent | null>;
  runAgentOf: (turn: TurnInput) => AsyncGenerator<RunEvent, RunOutcome>;
};

const isAgent = (id: string) => id.startsWith(agentToolPrefix);
/** Whether a tool's identifier names one of a toolset. */
export const isConnected = (id: string) => id.includes('/') && !isAgent(id);

/** Finds tools by their identifiers: the hub's own, those of the owner's toolsets, and agents that the owner may use. */
export function createToolFinder({ tools, findConnectedTools, findAgent, runAgentOf }: Needs) {
  const catalogue = createToolCatalogue(tools);

  async function findConnected(ownerId: string | null, ids: string[]): Promise<Map<string, ConnectedTool>> {
    const connected = ids.filter(isConnected);
    const found = ownerId === null || connected.length === 0 ? [] : await findConnectedTools(ownerId, connected);
    return new Map(found.map((tool) => [tool.id, tool]));
  }

  async function findAgents(ownerId: string | null, ids: string[]): Promise<Map<string, FoundAgent>> {
    const found = await Promise.all(
      ids.filter(isAgent).map(async (id) => {
        const agent = await findAgent(ownerId, id.slice(agentToolPrefix.length));
        return agent === null ? [] : [[id, agent] as const];
      }),
    );
    return new Map(found.flat());
  }

  return {
    listHubTools: catalogue.list,
    findHubTool: catalogue.find,

    /** The tools of a turn, in the order of the identifiers; null where there is none. */
    findTools: async (turn: CallingTurn, ids: string[]): Promise<(Tool | null)[]> => {
      if (ids.length === 0) return [];
      const [connected, agents] = await Promise.all([findConnected(turn.ownerId, ids), findAgents(turn.ownerId, ids)]);
      return ids.map((id) => {
        const agent = agents.get(id);
        if (agent !== undefined) return createAgentTool(toCallableAgent(turn, agent, runAgentOf));
        const found = connected.get(id);
        return found === undefined ? catalogue.find(id) : createConnectedTool(found);
      });
    },

    /** One tool that is no agent. */
    findTool: async (ownerId: string | null, id: string): Promise<Tool | null> => {
      const found = (await findConnected(ownerId, [id])).get(id);
      return found === undefined ? catalogue.find(id) : createConnectedTool(found);
    },

    findMissingTools: async (ownerId: string | null, definition: AgentDefinition): Promise<string[]> => {
      const ids = definition.tools.map(({ id }) => id);
      const [connected, agents] = await Promise.all([findConnected(ownerId, ids), findAgents(ownerId, ids)]);
      return ids.filter((id) => catalogue.find(id) === null && !connected.has(id) && !agents.has(id));
    },
  };
}
