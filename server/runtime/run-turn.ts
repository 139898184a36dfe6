import type { Actor } from '#server/contract/actor.ts';
import { AgentTool } from '#server/contract/agent-definition.ts';
import type { LentFile } from '#server/contract/lent-file.ts';
import type { FoundAgent } from '#server/contract/run-checkpoint.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import { HubError } from '#server/hub-error.ts';
import { createLanguageModelAsker } from './ask-language-models.ts';
import type { HistoryMessage } from './build-messages.ts';
import { createToolCaller } from './call-tool-by-hand.ts';
import { createToolChecker } from './check-tools.ts';
import { createToolFinder } from './find-tools.ts';
import type { DraftDesk } from './drafts/draft-desk.ts';
import { openWorkbench } from './drafts/open-workbench.ts';
import { proposeTemplate } from './drafts/propose-template.ts';
import { guardInput } from './guards/guard-input.ts';
import { guardOutput } from './guards/guard-output.ts';
import { createToolGuard } from './guards/guard-tools.ts';
import { guardHandedResults } from './handed-results.ts';
import { type ChooseModels, createTurnTaker, type RunnableAgent } from './hand-over.ts';
import { lendAttached } from './lend-attached.ts';
import { openNotebook } from './memory/open-notebook.ts';
import type { RunMemory } from './memory/run-memory.ts';
import { createCallGate } from './models/call-gate.ts';
import type { ModelTarget, OpenChatModel } from './models/chat-model.ts';
import { runAgent, type RunOutcome } from './run-agent.ts';
import { createRunMaterial, type ReadFile } from './run-material.ts';
import type { EquippedTool } from './run-tool-call.ts';
import { type ChosenModels, toCandidates } from './to-candidates.ts';
import { createTokenCounter } from './tokens/create-token-counter.ts';
import { toAgentToolSummary } from './tools/agent-tool.ts';
import type { ConnectedTool } from './tools/connected-tool.ts';
import type { AlertDesk, DataDesk, ToolPorts } from './tools/ports.ts';
import type { StoreFile, Tool } from './tools/tool.ts';
import { toModelNames } from './tools/to-model-names.ts';
import { toToolSummary } from './tools/tool-schema.ts';
import { toolsMissing } from './tools-missing.ts';
import { toModelOwner, toToolsetOwner, type TurnInput } from './turn-input.ts';

type Needs = {
  openChatModel: OpenChatModel;
  tools: ToolPorts;
  /** Where the runs of an agent, or a tool called by hand, put what they make for an actor. */
  storeFile: (turn: { actor: Actor; agentId: string | null }) => StoreFile;
  /** A stored file for a tool to send on: one that an agent's runs were given or made for the actor, or any of theirs by hand. */
  lendFile: (turn: { actor: Actor; agentId: string | null }, id: string) => Promise<LentFile | null>;
  /** The tables that an actor's queries may read. */
  openData: (actor: Actor) => DataDesk;
  openAlerts: (asker: { actor: Actor; agentId: string | null; language: 'en' | 'zh' }) => AlertDesk;
  /** A file of the actor's; null when it is gone. */
  readFile: (actor: Actor, id: string) => ReturnType<ReadFile>;
  /** The tools of a person's toolsets with these identifiers; those that are not there are left out. */
  findConnectedTools: (ownerId: string, ids: string[]) => Promise<ConnectedTool[]>;
  /** An agent that a person may use, by its handle; null: there is none. */
  findAgent: (ownerId: string | null, handle: string) => Promise<FoundAgent | null>;
  /** An agent that an actor may run, by its handle; null: there is none. */
  findRunnable: (actor: Actor, handle: string) => Promise<RunnableAgent | null>;
  /** @throws {HubError} `model_unavailable` */
  chooseModels: ChooseModels;
  /** What the agent remembers, as far as the run may know and change it; null where there is nothing to know or keep. */
  openMemory: (turn: TurnInput) => Promise<RunMemory | null>;
  /** The draft that the run may work on; null where there is none. */
  openDesk: (turn: TurnInput) => Promise<DraftDesk | null>;
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
      return yield* run(turn, await needs.chooseModels(turn.definition, toModelOwner(turn)));
    },
  });

  async function equip(turn: TurnInput): Promise<EquippedTool[]> {
    // Who was called owes an answer, so it calls where it would hand over.
    const isCalled = turn.callers !== undefined;
    const wanted = turn.definition.tools.map((tool) => (isCalled ? { ...tool, use: 'call' as const } : tool));
    const [found, back] = await Promise.all([finder.findTools(turn, wanted), finder.findHandBack(turn)]);
    const missing = wanted.filter((_, index) => found[index] === null).map(({ id }) => id);
    // What was asked of a person goes on with the tools that are left.
    if (missing.length > 0 && turn.resumed === null) throw toolsMissing(missing, turn);
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

  async function* runPart(turn: TurnInput, chosen: ChosenModels): AsyncGenerator<RunEvent, RunOutcome> {
    const { definition, language, openWait, resumed, signal } = turn;
    const { temperature, maximumOutputTokens, reasoning } = definition.model;
    if (resumed === null) for (const wish of chosen.missing) yield toFallback(wish, chosen.targets[0], language);
    const guarded = resumed === null ? yield* guardInput(turn, definition.guards) : turn;
    const [equipped, memory, desk] = await Promise.all([equip(turn), needs.openMemory(turn), needs.openDesk(turn)]);
    if (desk !== null && chosen.targets.every(({ provider }) => provider === 'planner')) {
      return yield* proposeTemplate(desk, guarded.history.at(-1)?.content ?? '');
    }
    const workbench = openWorkbench(desk);
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
    const guard = createToolGuard(definition.guards, language);
    const { taken = null } = turn;
    const handed = taken === null || resumed !== null ? [] : yield* guardHandedResults(taken.results, guard);
    const events = runAgent({
      ...guarded,
      taken: taken === null ? null : { ...taken, results: handed },
      models: toCandidates(chosen, { temperature, maximumOutputTokens, reasoning, language }, openChatModel),
      gate,
      tokens,
      tools: [...notebook.tools, ...workbench.tools, ...equipped],
      memory: joinTold(notebook.instructions, workbench.instructions),
      ports: {
        language,
        modelOwnerId: toModelOwner(turn),
        storeFile: storeFile(turn),
        guard,
        lendFile: lendAttached(readHistory, (id) => needs.lendFile(turn, id)),
        // With the tables of whoever runs it, another's agent could take them elsewhere.
        openData: () => (toToolsetOwner(turn) === turn.actor.userId ? needs.openData(turn.actor) : null),
        openAlerts: () => (toToolsetOwner(turn) === turn.actor.userId ? needs.openAlerts(turn) : null),
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

    ...createToolChecker(finder),
    callTool: createToolCaller({ ...needs, findTool: finder.findTool }),

    run,
    ...createLanguageModelAsker({ openChatModel, gate, tokens }),
  };
}
export type TurnRunner = ReturnType<typeof createTurnRunner>;

const joinTold = (...told: (string | null)[]) => told.filter((part) => part !== null).join('\n\n') || null;

/** Messages of a turn that goes on, as its guards masked them when it began; what they found was told then. */
async function readMasked(turn: TurnInput, history: HistoryMessage[]): Promise<HistoryMessage[]> {
  const guarding = guardInput({ ...turn, history }, turn.definition.guards);
  for (;;) {
    const next = await guarding.next();
    if (next.done === true) return next.value.history;
  }
}

function toFallback(wish: string, { reference }: ModelTarget, language: 'en' | 'zh'): RunEvent {
  const words = { en: `${wish} is not connected to this hub.`, zh: `${wish} 未连接到本中枢。` };
  const problem = new HubError('model_unavailable', words).toProblem(undefined, language);
  return { type: 'model-fallback', from: wish, to: reference, problem, continues: false };
}
