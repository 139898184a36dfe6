import { AIMessage } from '@langchain/core/messages';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { FinishReason, RunEvent, Source, Usage } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { buildInstructions } from './build-instructions.ts';
import type { HistoryMessage } from './build-messages.ts';
import { addUsage, type ModelAnswer } from './call-model.ts';
import { callModels, type ModelCandidate, type ModelLine } from './call-models.ts';
import { fitToWindow } from './fit-to-window.ts';
import { preferSeeing } from './hide-images.ts';
import type { CallGate } from './models/call-gate.ts';
import type { ConversationSummary } from './summarise-turns.ts';
import { mergeEvents } from './merge-events.ts';
import { prepareContext, type RunContext } from './prepare-context.ts';
import { costOf } from './cost-of.ts';
import type { TokenCounter } from './tokens/create-token-counter.ts';
import { type EquippedTool, runToolCall, type ToolCallPorts } from './run-tool-call.ts';
import { toModelSchema } from './tools/tool-schema.ts';
import { checkOutput, toRepairMessages } from './check-output.ts';

export type RunLimits = {
  maximumSteps: number;
  maximumTokens: number | null;
  maximumUsd: number | null;
};

export type RunAgentInput = {
  /** Whose calls begin alike. */
  agentId?: string;
  definition: AgentDefinition;
  history: HistoryMessage[];
  variables: Record<string, string>;
  /** Best first, at least one. */
  models: readonly [ModelCandidate, ...ModelCandidate[]];
  gate: CallGate;
  tokens: TokenCounter;
  /** What is kept of the turns before `history`, and where a new summary of some of these goes. */
  summary?: ConversationSummary | null;
  keepSummary?: (summary: ConversationSummary) => Promise<void>;
  tools: EquippedTool[];
  limits: RunLimits;
  ports: Omit<ToolCallPorts, 'numberSource'> & { now: () => Date };
  signal: AbortSignal;
};

/** What a turn came to; the generator's return value. `output`: the JSON alone, of an agent that promises some. */
export type RunOutcome = { finishReason: FinishReason; output?: string };

/**
 * Runs one turn of an agent and yields what happens, in order: text and tool events, and `usage` after each model call.
 *
 * The model is called, the tools that it asked for run side by side, and it is called again with their results, until it
 * asks for none. An agent that promises JSON says nothing until it is whole and right; the model gets one chance to
 * correct it. Aborting the signal stops the model call and any running tool; nothing is stored here.
 *
 * @throws {HubError} `model_…` if the provider failed, `step_limit_reached`, `budget_exceeded`, `output_invalid`
 */
export async function* runAgent(input: RunAgentInput): AsyncGenerator<RunEvent, RunOutcome> {
  const { definition, gate, limits, ports, signal } = input;
  const tools = input.tools.map(({ tool, settings }) => ({
    name: tool.id,
    description: tool.description.en,
    parameters: toModelSchema(tool, settings.fixedParameters),
  }));
  const equippedByName = new Map(input.tools.map((equipped) => [equipped.tool.id, equipped]));
  const toolPorts: ToolCallPorts = { ...ports, numberSource: createSourceNumbers() };
  const spent: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
  let spentUsd: number | null = 0;
  const { candidates, fallback } = preferSeeing(input.models, input.history);
  if (fallback !== null) yield fallback;
  const context = yield* prepareContext({
    definition,
    instructions: buildInstructions({ definition, variables: input.variables, now: ports.now() }),
    history: input.history,
    tools,
    candidate: candidates[0],
    gate,
    tokens: input.tokens,
    summary: input.summary ?? null,
    keepSummary: input.keepSummary ?? (async () => {}),
    signal,
  });
  const { messages, countTokens, overhead } = context;
  const line: ModelLine = { candidates, current: 0 };
  const outputSchema = definition.output.kind === 'json' ? definition.output.schema : null;
  let isRepairing = false;
  if (context.spent !== null) {
    addUsage(spent, context.spent.usage);
    spentUsd = context.spent.costUsd;
  }
  for (let step = 1; ; step += 1) {
    checkBudget(spent, spentUsd, limits);
    const answer = yield* callModels({
      line,
      gate,
      messages: await fitToWindow(messages, { maximumTokens: context.room, overhead, countTokens }),
      tools,
      outputSchema,
      isHeldBack: outputSchema !== null,
      cacheKey: input.agentId ?? null,
      signal,
    });
    if (step === 1) learnTokens(input.tokens, context, answer);
    addUsage(spent, answer.usage);
    const costUsd = costOf(answer.usage, answer.target.price, answer.keptTokens);
    spentUsd = spentUsd === null || costUsd === null ? null : spentUsd + costUsd;
    const { reference: model, contextTokens: contextWindow } = answer.target;
    yield { type: 'usage', model, usage: answer.usage, costUsd, contextWindow };
    if (answer.toolCalls.length === 0) {
      const { finishReason, text } = answer;
      if (outputSchema === null) return { finishReason };
      const { json, problem } = checkOutput(text, outputSchema);
      if (json !== null) {
        yield { type: 'text-delta', text: json };
        return { finishReason, output: json };
      }
      if (isRepairing || step >= limits.maximumSteps || finishReason === 'content_filter') throw problem;
      isRepairing = true;
      messages.push(...toRepairMessages(text, problem));
      continue;
    }
    if (step >= limits.maximumSteps) {
      throw new HubError(
        'step_limit_reached',
        `The agent still wanted to use tools after ${limits.maximumSteps} steps. Raise its step limit or ask for less at once.`,
      );
    }
    messages.push(toAssistantMessage(answer));
    const results = yield* mergeEvents(answer.toolCalls, (call, emit) =>
      runToolCall({ call, equipped: equippedByName.get(call.name), ports: toolPorts, emit, signal }),
    );
    messages.push(...results);
  }
}

function toAssistantMessage(answer: ModelAnswer): AIMessage {
  const signed = answer.toolCalls.flatMap(({ id, signature }) => (signature === undefined ? [] : [[id, signature]]));
  return new AIMessage({
    content: answer.text,
    ...(signed.length === 0 ? {} : { additional_kwargs: { signatures: Object.fromEntries(signed) } }),
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

function createSourceNumbers(): (source: Omit<Source, 'number'>) => Source {
  const numbers = new Map<string, number>();
  return (source) => {
    const key = `${source.url ?? ''} ${source.title}`;
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return { number, ...source };
  };
}

function checkBudget(spent: Usage, spentUsd: number | null, limits: RunLimits) {
  const tokens = spent.inputTokens + spent.outputTokens;
  if (limits.maximumTokens !== null && tokens >= limits.maximumTokens) {
    throw new HubError('budget_exceeded', `This run may use ${limits.maximumTokens} tokens and has used ${tokens}.`);
  }
  if (limits.maximumUsd !== null && spentUsd !== null && spentUsd >= limits.maximumUsd) {
    throw new HubError(
      'budget_exceeded',
      `This run may cost $${limits.maximumUsd} and has cost $${spentUsd.toFixed(6)}.`,
    );
  }
}
