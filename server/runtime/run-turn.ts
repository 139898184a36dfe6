import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { CallToolInput, SentRequest, ToolCall, ToolSummary } from '#server/contract/tool.ts';
import { HubError } from '#server/hub-error.ts';
import type { OpenWait } from './ask-person.ts';
import type { HistoryMessage } from './build-messages.ts';
import { guardInput } from './guards/guard-input.ts';
import { guardOutput } from './guards/guard-output.ts';
import { judgeAnswer, type Judgement } from './judge-answer.ts';
import { findFacts, type FoundFacts } from './memory/find-facts.ts';
import { openNotebook } from './memory/open-notebook.ts';
import type { RunMemory } from './memory/run-memory.ts';
import type { ModelCandidate } from './call-models.ts';
import { createCallGate } from './models/call-gate.ts';
import type { ModelSettings, ModelTarget, OpenChatModel } from './models/chat-model.ts';
import type { FoundAgent } from './call-agent.ts';
import { createToolFinder, isConnected, refuseFile } from './find-tools.ts';
import { type RunLimits, runAgent, type RunOutcome } from './run-agent.ts';
import { createRunMaterial } from './run-material.ts';
import type { EquippedTool } from './run-tool-call.ts';
import { toAgentToolSummary } from './tools/agent-tool.ts';
import type { ConnectedTool } from './tools/connected-tool.ts';
import { invokeTool } from './tools/invoke-tool.ts';
import type { ConversationSummary } from './summarise-turns.ts';
import { createTokenCounter } from './tokens/create-token-counter.ts';
import type { ToolPorts } from './tools/ports.ts';
import type { StoreFile, Tool } from './tools/tool.ts';
import { toModelNames } from './tools/to-model-names.ts';
import { toToolSummary } from './tools/tool-schema.ts';
import type { ResumedTurn } from './turn-state.ts';

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
  /** Where a turn that waited for a person goes on; null for one that begins. */
  resumed: ResumedTurn | null;
  /** Null within a call of another agent and in a test: no person can be asked then. */
  openWait: OpenWait | null;
  /** What the run may do with what the agent remembers, and where new facts come from; null: nothing. */
  memory: { access: MemoryAccess; conversationId: string; messageId: string | null } | null;
  summary: ConversationSummary | null;
  keepSummary: (summary: ConversationSummary) => Promise<void>;
  signal: AbortSignal;
};

/** The models of a turn: those that are connected, best first, and the better wishes that are not. */
export type ChosenModels = { targets: readonly [ModelTarget, ...ModelTarget[]]; missing: string[] };

type Candidates = [ModelCandidate, ...ModelCandidate[]];

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
  /** What the agent remembers, as far as the run may know and change it; null where there is nothing to know or keep. */
  openMemory: (turn: TurnInput) => Promise<RunMemory | null>;
  logError: (error: unknown, message: string) => void;
};

/** Runs turns of agents: opens the model, equips the tools that the definition names, and lets the agent run. */
export function createTurnRunner(needs: Needs) {
  const { openChatModel, tools, storeFile, findConnectedTools, findAgent, logError } = needs;
  const gate = createCallGate();
  const tokens = createTokenCounter();
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

  const toCandidates = ([first, ...others]: ChosenModels['targets'], settings: ModelSettings): Candidates => [
    toCandidate(first, settings),
    ...others.map((target) => toCandidate(target, settings)),
  ];
  const toLanguageModels = (targets: ChosenModels['targets'], settings: ModelSettings) =>
    toCandidates(targets, settings).filter(({ target }) => target.provider !== 'planner');
  const toCandidate = (target: ModelTarget, settings: ModelSettings): ModelCandidate => ({
    target,
    open: () => openChatModel(target, settings),
  });

  async function* run(turn: TurnInput, { targets, missing }: ChosenModels): AsyncGenerator<RunEvent, RunOutcome> {
    const { definition, language, openWait, resumed, signal } = turn;
    const { temperature, maximumOutputTokens } = definition.model;
    if (resumed === null) for (const wish of missing) yield toFallback(wish, targets[0]);
    const guarded = resumed === null ? yield* guardInput(turn, definition.guards) : turn;
    const store = storeFile(turn);
    const [equipped, memory] = await Promise.all([equip(turn, store), needs.openMemory(turn)]);
    const names = equipped.map(({ name }) => name);
    const notebook = openNotebook(memory, guarded.history.at(-1)?.content ?? '', names);
    const events = runAgent({
      ...guarded,
      models: toCandidates(targets, { temperature, maximumOutputTokens }),
      gate,
      tokens,
      tools: [...notebook.tools, ...equipped],
      memory: notebook.instructions,
      ports: {
        language,
        storeFile: store,
        material: createRunMaterial(guarded.history),
        openWait,
        reportFailure: (failure) => logError(failure, 'a tool failed'),
        now: tools.now,
      },
      signal,
    });
    return yield* guardOutput(events, { guards: definition.guards, language });
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
     * Checks arguments that a person wrote for a tool's call.
     *
     * @throws {HubError} `validation_failed`, with every issue; `tool_unavailable`, when the hub no longer has the tool
     */
    checkToolInput: async (ownerId: string | null, id: string, input: JsonObject, root: string): Promise<void> => {
      const tool = await finder.findTool(ownerId, id, refuseFile);
      if (tool === null) throw new HubError('tool_unavailable', `This hub has no tool "${id}" any more.`);
      const checked = tool.input.safeParse(input);
      if (checked.success) return;
      const errors = checked.error.issues.map(({ path, message }) => ({ path: [root, ...path].join('.'), message }));
      throw new HubError('validation_failed', 'The tool does not take these arguments.', { errors });
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

    /**
     * Has an agent's models look through what was said for facts to remember; null when none of them is a language model.
     *
     * @throws {HubError} `model_…`
     */
    findFacts: async (
      request: Omit<Parameters<typeof findFacts>[0], 'models' | 'gate'>,
      { targets }: Pick<ChosenModels, 'targets'>,
    ): Promise<FoundFacts | null> => {
      const models = toLanguageModels(targets, { temperature: null, maximumOutputTokens: mostFactTokens });
      return models.length === 0 ? null : findFacts({ ...request, models, gate });
    },

    /**
     * Has models judge an answer by a rubric; null when none of them is a language model.
     *
     * @throws {HubError} `model_…`
     */
    judge: async (
      request: Omit<Parameters<typeof judgeAnswer>[0], 'models' | 'gate'>,
      { targets }: Pick<ChosenModels, 'targets'>,
    ): Promise<Judgement | null> => {
      const models = toLanguageModels(targets, { temperature: null, maximumOutputTokens: mostJudgeTokens });
      return models.length === 0 ? null : judgeAnswer({ ...request, models, gate });
    },
  };
}
export type TurnRunner = ReturnType<typeof createTurnRunner>;

/** Room for ten facts, and for a model that thinks before it writes. */
const mostFactTokens = 4000;
/** Room for a verdict, and for a model that thinks before it writes. */
const mostJudgeTokens = 4000;

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
