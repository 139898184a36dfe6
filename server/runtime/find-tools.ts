import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition, AgentTool } from '#server/contract/agent-definition.ts';
import { agentToolPrefix, isToolsetTool } from '#server/contract/identifier.ts';
import type { FoundAgent } from '#server/contract/run-checkpoint.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { type CallingTurn, toCallableAgent } from './call-agent.ts';
import { type RunnableAgent, toHandOverTool } from './hand-over.ts';
import type { RunOutcome } from './run-agent.ts';
import { AgentTask, createAgentTool } from './tools/agent-tool.ts';
import { createToolCatalogue } from './tools/catalogue.ts';
import { type ConnectedTool, createConnectedTool } from './tools/connected-tool.ts';
import type { ToolPorts } from './tools/ports.ts';
import type { Tool } from './tools/tool.ts';
import { toolsMissing } from './tools-missing.ts';
import { toToolsetOwner, type TurnInput } from './turn-input.ts';

type Needs = {
  tools: ToolPorts;
  findConnectedTools: (ownerId: string, ids: string[]) => Promise<ConnectedTool[]>;
  findAgent: (ownerId: string | null, handle: string) => Promise<FoundAgent | null>;
  findRunnable: (actor: Actor, handle: string) => Promise<RunnableAgent | null>;
  runAgentOf: (turn: TurnInput) => AsyncGenerator<RunEvent, RunOutcome>;
};

/** Who made an agent (null: it came with the hub), and whose toolsets it uses (null: nobody's). */
export type ToolOwners = { ownerId: string | null; toolsetOwnerId: string | null };

/** Tools that are nowhere, and the names of toolsets that somebody has to sign in with before their tools work. */
export type ToolGaps = { missing: string[]; lockedToolsets: string[] };

const isAgent = (id: string) => id.startsWith(agentToolPrefix);

/** Finds tools by their identifiers: the hub's own, those of a person's toolsets, and agents that an agent's owner may use. */
export function createToolFinder({ tools, findConnectedTools, findAgent, findRunnable, runAgentOf }: Needs) {
  const catalogue = createToolCatalogue(tools);

  async function findConnected(toolsetOwnerId: string | null, ids: string[]): Promise<Map<string, ConnectedTool>> {
    const connected = ids.filter(isToolsetTool);
    const isNone = toolsetOwnerId === null || connected.length === 0;
    const found = isNone ? [] : await findConnectedTools(toolsetOwnerId, connected);
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

  const equipAgent = (turn: CallingTurn, agent: FoundAgent): Tool =>
    createAgentTool(toCallableAgent(turn, agent, runAgentOf));

  /** One tool that is no agent. */
  async function findTool(toolsetOwnerId: string, id: string): Promise<Tool | null> {
    const found = (await findConnected(toolsetOwnerId, [id])).get(id);
    return found === undefined ? catalogue.find(id) : createConnectedTool(found);
  }

  /** What keeps the tools of a definition from working. */
  async function findToolGaps({ ownerId, toolsetOwnerId }: ToolOwners, definition: AgentDefinition): Promise<ToolGaps> {
    const ids = definition.tools.map(({ id }) => id);
    const [connected, agents] = await Promise.all([findConnected(toolsetOwnerId, ids), findAgents(ownerId, ids)]);
    const locked = [...connected.values()].filter(({ toolset }) => toolset.needsSignIn);
    return {
      missing: ids.filter((id) => catalogue.find(id) === null && !connected.has(id) && !agents.has(id)),
      lockedToolsets: [...new Set(locked.map(({ toolset }) => toolset.name))],
    };
  }

  const findMissingTools = async (owners: ToolOwners, definition: AgentDefinition): Promise<string[]> =>
    (await findToolGaps(owners, definition)).missing;

  /** Who takes a turn over, if they may and have their tools. */
  async function findTaker(actor: Actor, handle: string): Promise<RunnableAgent | null> {
    const taker = await findRunnable(actor, handle);
    if (taker === null) return null;
    const { ownerId, definition } = taker;
    const missing = await findMissingTools({ ownerId, toolsetOwnerId: ownerId }, definition);
    if (missing.length > 0) throw toolsMissing(missing, { actor, ownerId, handBackTo: handle });
    return taker;
  }

  return {
    listHubTools: catalogue.list,
    findHubTool: catalogue.find,

    /** The tools of a turn, in the order of the identifiers; null where there is none. */
    findTools: async (turn: TurnInput, settings: AgentTool[]): Promise<(Tool | null)[]> => {
      if (settings.length === 0) return [];
      const ids = settings.map(({ id }) => id);
      const [connected, agents] = await Promise.all([
        findConnected(toToolsetOwner(turn), ids),
        findAgents(turn.ownerId, ids),
      ]);
      return settings.map(({ id, use }) => {
        const agent = agents.get(id);
        if (agent !== undefined && use === 'hand-over') return toHandOverTool(turn, agent, findTaker);
        if (agent !== undefined) return equipAgent(turn, agent);
        const found = connected.get(id);
        return found === undefined ? catalogue.find(id) : createConnectedTool(found);
      });
    },

    /** The tool with which an agent that took over hands back; null where there is nobody to hand back to. */
    findHandBack: async (turn: TurnInput): Promise<Tool | null> => {
      const { handBackTo = null } = turn;
      const home = handBackTo === null ? null : await findRunnable(turn.actor, handBackTo);
      return home === null ? null : toHandOverTool(turn, home, findTaker);
    },

    /** The tool for an agent that a turn has found already. */
    equipAgent,

    /** What a call of a tool takes; null: there is no such tool. */
    findInput: async (toolsetOwnerId: string, id: string): Promise<Tool['input'] | null> =>
      isAgent(id) ? AgentTask : ((await findTool(toolsetOwnerId, id))?.input ?? null),

    findTool,

    findToolGaps,
    findMissingTools,
  };
}
export type ToolFinder = ReturnType<typeof createToolFinder>;
