import { AIMessage, HumanMessage } from '@langchain/core/messages';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { HandedResult, TakenTurn, TurnCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { FinishReason, RunEvent, RunEventOf, Source, Usage } from '#server/contract/run-event.ts';
import { addToParts, type NextCall, type Spent } from '#server/contract/spent.ts';
import { HubError } from '#server/hub-error.ts';
import { buildInstructions } from './build-instructions.ts';
import type { HistoryMessage } from './build-messages.ts';
import { addUsage, type ModelAnswer, type ModelTool } from './call-model.ts';
import { callModels, type ModelCandidate, type ModelLine } from './call-models.ts';
import { fitToWindow } from './fit-to-window.ts';
import { preferSeeing } from './hide-images.ts';
import { nameCalls } from './name-calls.ts';
import { keepThoughts } from './models/thoughts.ts';
import type { HandOver } from './hand-over.ts';
import { toHandedResults } from './handed-results.ts';
import type { CallGate } from './models/call-gate.ts';
import type { ConversationSummary } from './summarise-turns.ts';
import { mergeEvents } from './merge-events.ts';
import { prepareContext, resumeContext, type RunContext } from './prepare-context.ts';
import { toNextCall, toUsageEvent } from './cut-call.ts';
import type { TokenCounter } from './tokens/create-token-counter.ts';
import { type EquippedTool, runToolCall, type ToolCallPorts } from './run-tool-call.ts';
import { createToolShelf } from './tool-shelf.ts';
import { findUnsourcedFigures } from './check-figures.ts';
import { checkOutput, toRepairMessages } from './check-output.ts';
import {
  beginTurn,
  type CarriedTurn,
  createSourceNumbers,
  type OpenCall,
  type ResumedTurn,
  resumeTurn,
  toCheckpoint,
  toOpenCall,
  type TurnState,
} from './turn-state.ts';

export type RunLimits = {
  maximumSteps: number;
  /**
   * Told what the run has spent, before each model call (`next`) and each tool call; throws where it may spend no more, or who
   * pays for the next call may not.
   */
  check: (spent: Spent, next: NextCall | null) => Promise<void>;
};

export type RunAgentInput = {
  /** Whose calls begin alike. */
  agentId?: string;
  definition: AgentDefinition;
  history: HistoryMessage[];
  /** What the question rests on: the first sources of the answer. */
  sources?: Omit<Source, 'number'>[];
  variables: Record<string, string>;
  /** Best first, at least one. */
  models: readonly [ModelCandidate, ...ModelCandidate[]];
  gate: CallGate;
  tokens: TokenCounter;
  /** What is kept of the turns before `history`, and where a new summary of some of these goes. */
  summary?: ConversationSummary | null;
  keepSummary?: (summary: ConversationSummary) => Promise<void>;
  tools: EquippedTool[];
  /** Where a turn that waited for a person goes on; null for one that begins. */
  resumed: ResumedTurn | null;
  /** What the agent remembers, as it is told to the model. */
  memory: string | null;
  limits: RunLimits;
  /** What went before where another agent had the turn. */
  carried?: CarriedTurn | null;
  taken?: Pick<TakenTurn, 'brief' | 'results' | 'before'> | null;
  ports: Omit<ToolCallPorts, 'numberSource' | 'checkBudget' | 'handOver'> & { now: () => Date };
  signal: AbortSignal;
};

/**
 * What a turn came to; the generator's return value. `output`: the JSON alone, of an agent that promises some.
 * `checkpoint`: the turn has not ended but waits for a person, and goes on from there. `handOver`: another agent goes on
 * with it.
 */
export type RunOutcome = {
  finishReason: FinishReason;
  output?: string;
  checkpoint?: TurnCheckpoint;
  handOver?: HandOver & { carried: CarriedTurn; hasSpoken: boolean; results: HandedResult[] };
};

/**
 * Runs one turn of an agent and yields what happens, in order: text and tool events, and `usage` after each model call.
 *
 * The model is called, the tools that it asked for run side by side, and it is called again with their results, until it
 * asks for none. Where a call waits for a person, the others are made and the turn returns; it goes on in another call. An
 * agent that promises JSON says nothing until it is whole and right; the model gets one chance to correct it. Aborting the
 * signal stops the model call and any running tool; nothing is stored here.
 *
 * @throws {HubError} `model_…` if the provider failed, `budget_exceeded`, `output_invalid`
 */
export async function* runAgent(input: RunAgentInput): AsyncGenerator<RunEvent, RunOutcome> {
  const { definition, gate, limits, ports, signal } = input;
  const shelf = createToolShelf(input.tools, {
    knowsAll: isPlanned(input.models),
    found: input.resumed?.checkpoint.foundTools ?? [],
  });
  if (ports.material.list().some(({ file }) => file !== null)) shelf.offerReader();
  const { candidates, fallback } = preferSeeing(input.models, input.history, ports.language);
  if (fallback !== null) yield fallback;
  const before: RunEventOf<'usage'>[] = [];
  const context = yield* keepUsage(openContext(input, candidates[0], shelf.offer()), before);
  const turn = input.resumed === null ? beginTurn(context.messages, input.carried ?? null) : resumeTurn(input.resumed);
  const count = (call: RunEventOf<'usage'>) => {
    const { usage, costUsd } = call;
    addUsage(turn.spent, usage);
    turn.spentUsd += costUsd ?? 0;
    addToParts(turn.parts, call);
  };
  before.forEach(count);
  const checkBudget = (next: NextCall | null) => {
    const { spent, spentUsd: costUsd, parts } = turn;
    return limits.check({ tokens: spent.inputTokens + spent.outputTokens, costUsd, parts }, next);
  };
  const numberSource = createSourceNumbers(turn.sources);
  const isBeginning = input.resumed === null && (input.carried ?? null) === null;
  for (const source of isBeginning ? (input.sources ?? []) : []) yield { type: 'source', source: numberSource(source) };
  let handOver: HandOver | null = null;
  const toolPorts: ToolCallPorts = {
    ...ports,
    numberSource,
    checkBudget,
    handOver: (to) => {
      if (handOver !== null) throw handedOver();
      handOver = to;
    },
  };
  const line: ModelLine = { candidates, current: findCurrent(candidates, turn.model) };
  const { room: maximumTokens, overhead, countTokens } = context;
  const outputSchema = definition.output.kind === 'json' ? definition.output.schema : null;
  let isRepairing = false;
  // The planner's answers are made of results alone.
  const isReading = input.tools.some(({ tool }) => bringsFigures.has(tool.category)) && !isPlanned(candidates);
  for (;;) {
    if (turn.calls === null) {
      const messages = await fitToWindow(turn.messages, { maximumTokens, overhead, countTokens });
      const calling = callModels({
        line,
        gate,
        messages,
        beforeCall: (target) => checkBudget(toNextCall(target, messages, overhead)),
        tools: shelf.offer(),
        outputSchema,
        isHeldBack: outputSchema !== null,
        cacheKey: input.agentId ?? null,
        language: ports.language,
        tokens: input.tokens,
        onCut: count,
        signal,
      });
      const said = listSaid(turn, input).at(-1) ?? '';
      const answer = yield* /\S$/.test(said) ? asParagraph(calling) : calling;
      turn.step += 1;
      turn.model = answer.target.reference;
      if (turn.step === 1) learnTokens(input.tokens, context, answer);
      const used = toUsageEvent(answer.target, answer, answer.timing);
      count(used);
      yield used;
      if (answer.toolCalls.length === 0) {
        const { finishReason, text } = answer;
        if (outputSchema === null) {
          const figures = isReading ? findUnsourced(turn, [...listSaid(turn, input), text]) : [];
          if (figures.length > 0) yield { type: 'notice', notice: { kind: 'figures-unsourced', figures } };
          return { finishReason };
        }
        const { json, problem } = checkOutput(text, outputSchema);
        if (json !== null) {
          yield { type: 'text-delta', text: json };
          return { finishReason, output: json };
        }
        const isHopeless = finishReason === 'content_filter' || isPlanned([answer]);
        if (isRepairing || isHopeless || turn.step >= limits.maximumSteps) throw problem;
        isRepairing = true;
        turn.messages.push(...toRepairMessages(text, problem));
        continue;
      }
      checkSteps(turn.step, limits);
      const toolCalls = nameCalls(answer.toolCalls, turn.messages);
      turn.messages.push(toAssistantMessage({ ...answer, toolCalls }));
      turn.calls = toolCalls.map(toOpenCall);
    }
    await checkBudget(null);
    const make = (open: OpenCall, tell: (event: RunEvent) => void) => {
      const emit = (event: RunEvent) => {
        if (event.type === 'usage') count(event);
        if (event.type === 'tool-result' && event.file !== null) shelf.offerReader();
        tell(event);
      };
      return runToolCall({ open, equipped: shelf.find(open.call.name), ports: toolPorts, emit, signal });
    };
    const isLast = ({ call }: OpenCall) => shelf.find(call.name)?.settings.use === 'hand-over';
    let done = yield* mergeEvents(turn.calls, async (open, tell) => (isLast(open) ? open : make(open, tell)));
    // Nobody takes a turn over while something of it waits.
    if (!done.some(isWaiting) && done.some(isLast)) done = yield* mergeEvents(done, make);
    if (done.some(isWaiting)) {
      const kept = { results: ports.material.list(), foundTools: shelf.listFound() };
      return { finishReason: 'tool_calls', checkpoint: toCheckpoint({ ...turn, calls: done }, kept) };
    }
    turn.messages.push(...done.flatMap(({ result }) => (result === null ? [] : [result])));
    if (handOver !== null) {
      // What it remembers is not for the other one.
      const isTold = (name: string) => {
        const settings = shelf.find(name)?.settings;
        return settings?.use === 'call' && definition.tools.some(({ id }) => id === settings.id);
      };
      const results = toHandedResults(turn.messages, isTold);
      return { finishReason: 'stop', handOver: { ...toHandOver(handOver, turn, input), results } };
    }
    turn.calls = null;
  }
}

/** Kinds of tools whose figures an answer has to take as they are. */
const bringsFigures = new Set<string>(['on-chain', 'data']);

const isPlanned = (models: readonly Pick<ModelCandidate, 'target'>[]) =>
  models.every(({ target }) => target.provider === 'planner');

/** What of an answer is in none of what the model was given: what it said itself in this turn is no proof. */
function findUnsourced({ messages }: TurnState, said: string[]): string[] {
  const question = messages.findLastIndex((message) => HumanMessage.isInstance(message));
  const given = messages.filter((message, place) => place < question || !AIMessage.isInstance(message));
  return findUnsourcedFigures(
    said.join('\n\n'),
    given.map(({ text }) => text),
  );
}

const isWaiting = ({ wait, answer, frame }: OpenCall) => (wait !== null && answer === null) || frame !== null;

/** What the next agent is given of a turn; its own messages are the conversation's. */
function toHandOver(to: HandOver, turn: TurnState, input: RunAgentInput) {
  const { step, spent, spentUsd, parts, sources } = turn;
  const hasSpoken = listSaid(turn, input).length > 0;
  return { ...to, carried: { step, spent, spentUsd, parts, sources }, hasSpoken };
}

/** What the agent itself has said in the turn so far, step by step. */
function listSaid({ messages, step }: TurnState, { taken }: RunAgentInput): string[] {
  const answers = messages.filter((message) => AIMessage.isInstance(message));
  const own = answers.slice(answers.length - (step - (taken?.before.steps ?? 0)));
  return own.map(({ text }) => text).filter((text) => text !== '');
}

/** What is said after a tool's result stands under what was said before it. */
async function* asParagraph(deltas: ReturnType<typeof callModels>): ReturnType<typeof callModels> {
  let isBegun = false;
  try {
    for (let next = await deltas.next(); ; next = await deltas.next()) {
      if (next.done === true) return next.value;
      if (next.value.type === 'text-delta' && !isBegun) yield { type: 'text-delta', text: '\n\n' };
      isBegun ||= next.value.type === 'text-delta';
      yield next.value;
    }
  } finally {
    await deltas.return(undefined as never);
  }
}

/** What the model is sent first; of a turn that goes on, only the room that its messages have. */
async function* openContext(
  { definition, history, variables, memory, gate, ports, signal, tokens, taken = null, ...input }: RunAgentInput,
  candidate: ModelCandidate,
  tools: readonly ModelTool[],
): AsyncGenerator<RunEvent, RunContext> {
  if (input.resumed !== null) return resumeContext({ definition, candidate, tools, tokens });
  return yield* prepareContext({
    definition,
    instructions: buildInstructions({ definition, variables, tools: input.tools, now: ports.now(), memory, taken }),
    history,
    tools,
    candidate,
    gate,
    tokens,
    summary: input.summary ?? null,
    keepSummary: input.keepSummary ?? (async () => {}),
    signal,
  });
}

async function* keepUsage<Result>(events: AsyncGenerator<RunEvent, Result>, kept: RunEventOf<'usage'>[]) {
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done === true) return next.value;
    if (next.value.type === 'usage') kept.push(next.value);
    yield next.value;
  }
}

/** The place of a model in the line; the best one when it is no longer there. */
function findCurrent(models: readonly ModelCandidate[], reference: string | null): number {
  return Math.max(
    0,
    models.findIndex(({ target }) => target.reference === reference),
  );
}

function checkSteps(step: number, limits: RunLimits) {
  if (step < limits.maximumSteps) return;
  throw new HubError('budget_exceeded', {
    en: `The agent still wanted to use tools after ${limits.maximumSteps} steps. Raise its step limit or ask for less at once.`,
    zh: `智能体在 ${limits.maximumSteps} 个步骤后仍要使用工具。请提高其步骤上限，或一次少问一些。`,
  });
}

const handedOver = () =>
  new HubError('conflict', { en: 'The conversation is handed over already.', zh: '对话已经转交。' });

function toAssistantMessage(answer: ModelAnswer & { target: { reference: string } }): AIMessage {
  const signed = answer.toolCalls.flatMap(({ id, signature }) => (signature === undefined ? [] : [[id, signature]]));
  return new AIMessage({
    content: answer.text,
    additional_kwargs: {
      ...(signed.length === 0 ? {} : { signatures: Object.fromEntries(signed) }),
      ...keepThoughts(answer.target.reference, answer.thoughts, answer.usage.reasoningTokens),
    },
    tool_calls: answer.toolCalls.map((call) => ({
      id: call.id,
      name: call.name,
      args: call.input ?? {},
      type: 'tool_call' as const,
    })),
  });
}
function learnTokens(
  tokens: TokenCounter,
  { countedTokens }: RunContext,
  { target, usage }: { target: { model: string }; usage: Usage },
) {
  if (countedTokens === null) return;
  tokens.learn(target.model, { countedTokens, reportedTokens: usage.inputTokens });
}
