import type { Actor } from '#server/contract/actor.ts';
import { type AgentDefinition, AgentTool } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { LentFile } from '#server/contract/lent-file.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { FoundAgent, TakenTurn } from '#server/contract/run-checkpoint.ts';
import { noUsage, type RunEvent } from '#server/contract/run-event.ts';
import type { CallToolInput, SentRequest, ToolCall, ToolSummary } from '#server/contract/tool.ts';
import { HubError } from '#server/hub-error.ts';
import type { OpenWait } from './ask-person.ts';
import type { HistoryMessage } from './build-messages.ts';
import { guardInput } from './guards/guard-input.ts';
import { createToolGuard } from './guards/guard-tools.ts';
import { guardOutput } from './guards/guard-output.ts';
import { judgeAnswer, type Judgement } from './judge-answer.ts';
import { findFacts, type FoundFacts } from './memory/find-facts.ts';
import { openNotebook } from './memory/open-notebook.ts';
import type { RunMemory } from './memory/run-memory.ts';
import type { ModelCandidate } from './call-models.ts';
import { createCallGate } from './models/call-gate.ts';
import type { ModelSettings, ModelTarget, OpenChatModel } from './models/chat-model.ts';
import { createToolFinder, isConnected } from './find-tools.ts';
import { createTurnTaker, type RunnableAgent } from './hand-over.ts';
import { lendAttached } from './lend-attached.ts';
import { type RunLimits, runAgent, type RunOutcome } from './run-agent.ts';
import { createRunMaterial, type ReadFile } from './run-material.ts';
import type { EquippedTool } from './run-tool-call.ts';
import { toAgentToolSummary } from './tools/agent-tool.ts';
import type { ConnectedTool } from './tools/connected-tool.ts';
import { invokeTool } from './tools/invoke-tool.ts';
import type { ConversationSummary } from './summarise-turns.ts';
import { createTokenCounter } from './tokens/create-token-counter.ts';
import type { ToolPorts } from './tools/ports.ts';
import type { StoreFile, Tool, ToolSpending } from './tools/tool.ts';
import { toModelNames } from './tools/to-model-names.ts';
import { toToolSummary } from './tools/tool-schema.ts';
import type { CarriedTurn, ResumedTurn } from './turn-state.ts';

export type TurnInput = {
  actor: Actor;
  agentId: string;
  /** Whose toolsets the agent uses; null: it came with the hub. */
  ownerId: string | null;
  definition: AgentDefinition;
  /** How an agent came to a turn that another one had; null: it was begun with it. */
  taken?: TakenTurn | null;
  carried?: CarriedTurn | null;
  /** The agent that the conversation was begun with, by its handle, where another one answers. */
  handBackTo?: string | null;
  /** The agents that called this one, the first of the run first. */
  callers?: string[];
  history: HistoryMessage[];
  variables: Record<string, string>;
  language: 'en' | 'zh';
  limits: RunLimits;
  /** Where a turn that waited for a person goes on; null for one that begins. */
  resumed: ResumedTurn | null;
  /** Null in a test: no person can be asked then. */
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
  tools: ToolPorts;
  /** Where the runs of an agent, or a tool called by hand, put what they make for an actor. */
  storeFile: (turn: { actor: Actor; agentId: string | null }) => StoreFile;
  /** A stored file for a tool to send on: one that an agent's runs were given or made for the actor, or any of theirs by hand. */
  lendFile: (turn: { actor: Actor; agentId: string | null }, id: string) => Promise<LentFile | null>;
  /** A file of the actor's; null when it is gone. */
  readFile: (actor: Actor, id: string) => ReturnType<ReadFile>;
  /** The tools of a person's toolsets with these identifiers; those that are not there are left out. */
  findConnectedTools: (ownerId: string, ids: string[]) => Promise<ConnectedTool[]>;
  /** An agent that a person may use, by its handle; null: there is none. */
  findAgent: (ownerId: string | null, handle: string) => Promise<FoundAgent | null>;
  /** An agent that an actor may run, by its handle; null: there is none. */
  findRunnable: (actor: Actor, handle: string) => Promise<RunnableAgent | null>;
  /** @throws {HubError} `model_unavailable` */
  chooseModels: (definition: AgentDefinition) => Promise<ChosenModels>;
  /** What the agent remembers, as far as the run may know and change it; null where there is nothing to know or keep. */
  openMemory: (turn: TurnInput) => Promise<RunMemory | null>;
  /** A secret number for a name, always the same. */
  toNumber: (name: string) => string;
  logError: (error: unknown, message: string) => void;
};

/** Runs turns of agents: opens the model, equips the tools that the definition names, and lets the agent run. */
export function createTurnRunner(needs: Needs) {
  const { openChatModel, tools, storeFile, findConnectedTools, findAgent, findRunnable, logError } = needs;
  const gate = createCallGate();
  const tokens = createTokenCounter();
  const finder = createToolFinder({
    tools,
    findConnectedTools,
    findAgent,
    findRunnable,
    runAgentOf: async function* (turn) {
      return yield* run(turn, await needs.chooseModels(turn.definition));
    },
  });

  async function equip(turn: TurnInput): Promise<EquippedTool[]> {
    // Who was called owes an answer, so it calls where it would hand over.
    const isCalled = turn.callers !== undefined;
    const wanted = turn.definition.tools.map((tool) => (isCalled ? { ...tool, use: 'call' as const } : tool));
    const [found, back] = await Promise.all([finder.findTools(turn, wanted), finder.findHandBack(turn)]);
    const tools = wanted.flatMap((settings, index) => {
      const tool = found[index] ?? null;
      return tool === null ? [] : [{ tool, settings }];
    });
    const isOffered = tools.some(({ settings }) => settings.id === back?.id && settings.use === 'hand-over');
    if (back !== null && !isOffered)
      tools.push({ tool: back, settings: AgentTool.parse({ id: back.id, use: 'hand-over' }) });
    const names = toModelNames(tools.map(({ settings }) => settings));
    return tools.map((equipped, index) => ({ name: names[index] ?? equipped.tool.id, ...equipped }));
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

  async function* runPart(turn: TurnInput, { targets, missing }: ChosenModels): AsyncGenerator<RunEvent, RunOutcome> {
    const { definition, language, openWait, resumed, signal } = turn;
    const { temperature, maximumOutputTokens } = definition.model;
    if (resumed === null) for (const wish of missing) yield toFallback(wish, targets[0]);
    const guarded = resumed === null ? yield* guardInput(turn, definition.guards) : turn;
    const [equipped, memory] = await Promise.all([equip(turn), needs.openMemory(turn)]);
    const names = equipped.map(({ name }) => name);
    const notebook = openNotebook(memory, {
      question: guarded.history.at(-1)?.content ?? '',
      number: needs.toNumber(`memory:${turn.agentId}:${turn.actor.userId}`),
      taken: names,
    });
    let history: Promise<TurnInput['history']> | null = null;
    const readHistory = () =>
      (history ??=
        resumed === null
          ? Promise.resolve(guarded.history)
          : resumed.readHistory().then((read) => readMasked(turn, read)));
    const events = runAgent({
      ...guarded,
      models: toCandidates(targets, { temperature, maximumOutputTokens }),
      gate,
      tokens,
      tools: [...notebook.tools, ...equipped],
      memory: notebook.instructions,
      ports: {
        language,
        storeFile: storeFile(turn),
        guard: createToolGuard(definition.guards, language),
        lendFile: lendAttached(readHistory, (id) => needs.lendFile(turn, id)),
        material: createRunMaterial({
          readHistory,
          readFile: (id) => needs.readFile(turn.actor, id),
          earlier: resumed?.checkpoint.results ?? [],
        }),
        equipAgent: (agent) => finder.equipAgent(turn, agent),
        openWait,
        reportFailure: (failure) => logError(failure, 'a tool failed'),
        now: tools.now,
      },
      signal,
    });
    return yield* guardOutput(events, { guards: definition.guards, language });
  }

  const run = createTurnTaker({ runPart, chooseModels: needs.chooseModels });

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
      const expected = await finder.findInput(ownerId, id);
      if (expected === null) throw new HubError('tool_unavailable', `This hub has no tool "${id}" any more.`);
      const checked = expected.safeParse(input);
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
    ): Promise<{ call: ToolCall; spent: Omit<ToolSpending, 'model'> }> => {
      const tool = await finder.findTool(actor.userId, id);
      if (tool === null) throw new HubError('not_found', `There is no tool "${id}". GET /api/tools lists all.`);
      let request: SentRequest | null = null;
      const { spent, ...outcome } = await invokeTool({
        tool,
        input,
        fixedParameters: {},
        reportFailure: (failure) => logError(failure, 'a tool failed'),
        context: {
          signal,
          language,
          storeFile: storeFile({ actor, agentId: null }),
          reportProgress: () => undefined,
          lendFile: (id) => needs.lendFile({ actor, agentId: null }, id),
          reportRequest: (sent) => (request = sent),
        },
      });
      const { usage, costUsd } = spent ?? { usage: noUsage, costUsd: 0 };
      return { call: { ...outcome, request }, spent: { usage, costUsd } };
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

/** Messages of a turn that goes on, as its guards masked them when it began; what they found was told then. */
async function readMasked(turn: TurnInput, history: HistoryMessage[]): Promise<HistoryMessage[]> {
  const guarding = guardInput({ ...turn, history }, turn.definition.guards);
  for (;;) {
    const next = await guarding.next();
    if (next.done === true) return next.value.history;
  }
}

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
