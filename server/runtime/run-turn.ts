import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { CallToolInput, SentRequest, ToolCall, ToolSummary } from '#server/contract/tool.ts';
import { HubError } from '#server/hub-error.ts';
import type { HistoryMessage } from './build-messages.ts';
import { createCallGate } from './models/call-gate.ts';
import type { ModelTarget, OpenChatModel } from './models/chat-model.ts';
import type { FoundAgent } from './call-agent.ts';
import { createToolFinder, isConnected } from './find-tools.ts';
import { type RunLimits, runAgent, type RunOutcome } from './run-agent.ts';
import type { EquippedTool, RequestApproval } from './run-tool-call.ts';
import { toAgentToolSummary } from './tools/agent-tool.ts';
import type { ConnectedTool } from './tools/connected-tool.ts';
import { invokeTool } from './tools/invoke-tool.ts';
import type { ToolPorts } from './tools/ports.ts';
import type { StoreFile, Tool } from './tools/tool.ts';
import { toModelNames } from './tools/to-model-names.ts';
import { toToolSummary } from './tools/tool-schema.ts';

export type TurnInput = {
  actor: Actor;
  agentId: string;
  /** Whose toolsets the agent uses; null: it came with the hub. */
  ownerId: string | null;
  definition: AgentDefinition;
  /** The agents that called this one, the first of the run first. */
  callers?: string[];
  history: HistoryMessage[];
  variables: Record<string, string>;
  language: 'en' | 'zh';
  limits: RunLimits;
  requestApproval: RequestApproval;
  signal: AbortSignal;
};

/** The models of a turn: those that are connected, best first, and the better wishes that are not. */
export type ChosenModels = { targets: readonly [ModelTarget, ...ModelTarget[]]; missing: string[] };

type Needs = {
  openChatModel: OpenChatModel;
  tools: Omit<ToolPorts, 'storeFile'>;
  /** Where the runs of an agent, or a tool called by hand, put what they make for an actor. */
  storeFile: (turn: { actor: Actor; agentId: string | null }) => StoreFile;
  /** The tools of a person's toolsets with these identifiers; those that are not there are left out. */
  findConnectedTools: (ownerId: string, ids: string[]) => Promise<ConnectedTool[]>;
  /** An agent that a person may use, by its handle; null: there is none. */
  findAgent: (ownerId: string | null, handle: string) => Promise<FoundAgent | null>;
  /** @throws {HubError} `model_unavailable` */
  chooseModels: (definition: AgentDefinition) => Promise<ChosenModels>;
  logError: (error: unknown, message: string) => void;
};

/** Runs turns of agents: opens the model, equips the tools that the definition names, and lets the agent run. */
export function createTurnRunner(needs: Needs) {
  const { openChatModel, tools, storeFile, findConnectedTools, findAgent, logError } = needs;
  const gate = createCallGate();
  const finder = createToolFinder({
    tools,
    findConnectedTools,
    findAgent,
    runAgentOf: async function* (turn) {
      return yield* run(turn, await needs.chooseModels(turn.definition));
    },
  });

  async function equip(turn: TurnInput, store: StoreFile): Promise<EquippedTool[]> {
    const { definition } = turn;
    const names = toModelNames(definition.tools);
    const ids = definition.tools.map(({ id }) => id);
    const found = await finder.findTools(turn, ids, store);
    return definition.tools.flatMap((settings, index) => {
      const tool = found[index] ?? null;
      return tool === null ? [] : [{ name: names[index] ?? settings.id, tool, settings }];
    });
  }

  async function* run(turn: TurnInput, { targets, missing }: ChosenModels): AsyncGenerator<RunEvent, RunOutcome> {
    const { definition, language, requestApproval, signal } = turn;
    const { temperature, maximumOutputTokens } = definition.model;
    for (const wish of missing) yield toFallback(wish, targets[0]);
    const store = storeFile(turn);
    return yield* runAgent({
      ...turn,
      models: targets.map((target) => ({
        target,
        open: () => openChatModel(target, { temperature, maximumOutputTokens }),
      })),
      gate,
      tools: await equip(turn, store),
      ports: {
        language,
        storeFile: store,
        requestApproval,
        reportFailure: (failure) => logError(failure, 'a tool failed'),
        now: tools.now,
      },
      signal,
    });
  }

  return {
    findTool: (id: string): Tool | null => finder.findHubTool(id),
    describeAgent: toAgentToolSummary,
    listTools: (): ToolSummary[] => finder.listHubTools().map(toToolSummary),

    /** The tools of a definition that neither this hub nor a toolset of the agent's owner has. */
    findMissingTools: finder.findMissingTools,

    /** @throws {HubError} `tool_unavailable`, naming every tool that is missing */
    checkTools: async (ownerId: string | null, definition: AgentDefinition): Promise<void> => {
      const missing = await finder.findMissingTools(ownerId, definition);
      if (missing.length > 0) throw toolsMissing(missing);
    },

    /**
     * Calls one tool by hand, with the toolsets of the actor. What the tool did wrong is the outcome's `isError`. Agents
     * are no tools here: their runs are started as such, and counted.
     *
     * @throws {HubError} `not_found`
     */
    callTool: async (
      { actor, language, signal }: Pick<TurnInput, 'actor' | 'language' | 'signal'>,
      { tool: id, input }: CallToolInput,
    ): Promise<ToolCall> => {
      const store = storeFile({ actor, agentId: null });
      const tool = await finder.findTool(actor.userId, id, store);
      if (tool === null) throw new HubError('not_found', `There is no tool "${id}". GET /api/tools lists all.`);
      let request: SentRequest | null = null;
      const outcome = await invokeTool({
        tool,
        input,
        fixedParameters: {},
        storeFile: store,
        reportFailure: (failure) => logError(failure, 'a tool failed'),
        context: {
          signal,
          language,
          reportProgress: () => undefined,
          reportRequest: (sent) => (request = sent),
        },
      });
      return { ...outcome, request };
    },

    run,
  };
}

function toolsMissing(ids: string[]): HubError {
  const named = ids.map((id) => `"${id}"`).join(', ');
  const advice = ids.some(isConnected)
    ? 'Its toolset is gone, or no longer offers it: load the toolset again, or take the tool out of the agent in the builder.'
    : 'Take it out of the agent in the builder.';
  return new HubError('tool_unavailable', `This hub has no tool ${named}. ${advice}`);
}

function toFallback(wish: string, { reference }: ModelTarget): RunEvent {
  const problem = new HubError('model_unavailable', `${wish} is not connected to this hub.`).toProblem();
  return { type: 'model-fallback', from: wish, to: reference, problem, continues: false };
}
