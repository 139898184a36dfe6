import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import { HubError } from '#server/hub-error.ts';
import type { HistoryMessage } from './build-messages.ts';
import { guardInput } from './guards/guard-input.ts';
import { guardOutput } from './guards/guard-output.ts';
import { createCallGate } from './models/call-gate.ts';
import type { ModelTarget, OpenChatModel } from './models/chat-model.ts';
import { type RunLimits, runAgent, type RunOutcome } from './run-agent.ts';
import { createRunMaterial } from './run-material.ts';
import type { EquippedTool, RequestApproval } from './run-tool-call.ts';
import { createToolCatalogue } from './tools/catalogue.ts';
import type { ToolPorts } from './tools/ports.ts';
import type { StoreFile, Tool } from './tools/tool.ts';
import { toToolSummary } from './tools/tool-schema.ts';

export type TurnInput = {
  actor: Actor;
  agentId: string;
  definition: AgentDefinition;
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
  /** Where the runs of an agent put what they make for an actor. */
  storeFile: (turn: Pick<TurnInput, 'actor' | 'agentId'>) => StoreFile;
  logError: (error: unknown, message: string) => void;
};

/** Runs turns of agents: opens the model, equips the tools that the definition names, and lets the agent run. */
export function createTurnRunner({ openChatModel, tools, storeFile, logError }: Needs) {
  const gate = createCallGate();
  const refuseFile: StoreFile = async () => {
    throw new HubError('tool_unavailable', 'This tool was called outside of a run.');
  };
  const catalogue = createToolCatalogue({ ...tools, storeFile: refuseFile });

  function equip(definition: AgentDefinition, store: StoreFile): EquippedTool[] {
    if (definition.tools.length === 0) return [];
    const own = createToolCatalogue({ ...tools, storeFile: store });
    return definition.tools.flatMap((settings) => {
      const tool = own.find(settings.id);
      return tool === null ? [] : [{ tool, settings }];
    });
  }

  return {
    findTool: (id: string): Tool | null => catalogue.find(id),
    listTools: (): ToolSummary[] => catalogue.list().map(toToolSummary),

    /** @throws {HubError} `tool_unavailable`, naming every tool of a definition that this hub does not have */
    checkTools: (definition: AgentDefinition): void => {
      const unknown = definition.tools.map(({ id }) => id).filter((id) => catalogue.find(id) === null);
      if (unknown.length === 0) return;
      throw new HubError(
        'tool_unavailable',
        `This hub has no tool ${unknown.map((id) => `"${id}"`).join(', ')}. Take it out of the agent in the builder.`,
      );
    },

    async *run(turn: TurnInput, { targets, missing }: ChosenModels): AsyncGenerator<RunEvent, RunOutcome> {
      const { definition, language, requestApproval, signal } = turn;
      const { temperature, maximumOutputTokens } = definition.model;
      for (const wish of missing) yield toFallback(wish, targets[0]);
      const guarded = yield* guardInput(turn, definition.guards);
      const store = storeFile(turn);
      const events = runAgent({
        ...guarded,
        models: targets.map((target) => ({
          target,
          open: () => openChatModel(target, { temperature, maximumOutputTokens }),
        })),
        gate,
        tools: equip(definition, store),
        ports: {
          language,
          storeFile: store,
          material: createRunMaterial(guarded.history),
          requestApproval,
          reportFailure: (failure) => logError(failure, 'a tool failed'),
          now: tools.now,
        },
        signal,
      });
      return yield* guardOutput(events, { guards: definition.guards, language });
    },
  };
}

function toFallback(wish: string, { reference }: ModelTarget): RunEvent {
  const problem = new HubError('model_unavailable', `${wish} is not connected to this hub.`).toProblem();
  return { type: 'model-fallback', from: wish, to: reference, problem, continues: false };
}
