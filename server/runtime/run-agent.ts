import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { TurnCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { FinishReason, RunEvent, Usage } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { buildInstructions } from './build-instructions.ts';
import { buildMessages, type HistoryMessage } from './build-messages.ts';
import { addUsage, type ModelAnswer } from './call-model.ts';
import { callModels, type ModelCandidate, type ModelLine } from './call-models.ts';
import type { CallGate } from './models/call-gate.ts';
import { mergeEvents } from './merge-events.ts';
import { costOf } from './cost-of.ts';
import { type EquippedTool, listWaits, runToolCall, type ToolCallPorts } from './run-tool-call.ts';
import { createToolShelf } from './tool-shelf.ts';
import { checkOutput } from './check-output.ts';
import {
  beginTurn,
  createSourceNumbers,
  type OpenCall,
  type ResumedTurn,
  resumeTurn,
  toCheckpoint,
  toOpenCall,
} from './turn-state.ts';

export type RunLimits = {
  maximumSteps: number;
  /** Told what the run has spent, before each model call and each tool call; throws where it may spend no more. */
  check: (spent: { tokens: number; costUsd: number | null }) => Promise<void>;
};

export type RunAgentInput = {
  definition: AgentDefinition;
  history: HistoryMessage[];
  variables: Record<string, string>;
  /** Best first, at least one. */
  models: readonly ModelCandidate[];
  gate: CallGate;
  tools: EquippedTool[];
  /** Where a turn that waited for a person goes on; null for one that begins. */
  resumed: ResumedTurn | null;
  /** What the agent remembers, as it is told to the model. */
  memory: string | null;
  limits: RunLimits;
  ports: Omit<ToolCallPorts, 'numberSource' | 'checkBudget'> & { now: () => Date };
  signal: AbortSignal;
};

/**
 * What a turn came to; the generator's return value. `output`: the JSON alone, of an agent that promises some.
 * `checkpoint`: the turn has not ended but waits for a person, and goes on from there.
 */
export type RunOutcome = { finishReason: FinishReason; output?: string; checkpoint?: TurnCheckpoint };

/**
 * Runs one turn of an agent and yields what happens, in order: text and tool events, and `usage` after each model call.
 *
 * The model is called, the tools that it asked for run side by side, and it is called again with their results, until it
 * asks for none. Where a call waits for a person, the others are made and the turn returns; it goes on in another call.
 * Aborting the signal stops the model call and any running tool; nothing is stored here.
 *
 * @throws {HubError} `model_…` if the provider failed, `step_limit_reached`, `budget_exceeded`, `output_invalid`
 */
export async function* runAgent(input: RunAgentInput): AsyncGenerator<RunEvent, RunOutcome> {
  const { definition, gate, limits, ports, signal } = input;
  const turn = input.resumed === null ? beginTurn(toFirstMessages(input)) : resumeTurn(input.resumed);
  const shelf = createToolShelf(input.tools, {
    knowsAll: input.models.every(({ target }) => target.provider === 'planner'),
  });
  const count = (usage: Usage, costUsd: number | null) => {
    addUsage(turn.spent, usage);
    turn.spentUsd = turn.spentUsd === null || costUsd === null ? null : turn.spentUsd + costUsd;
  };
  const checkBudget = () =>
    limits.check({ tokens: turn.spent.inputTokens + turn.spent.outputTokens, costUsd: turn.spentUsd });
  const toolPorts: ToolCallPorts = {
    ...ports,
    numberSource: createSourceNumbers(turn.sources),
    checkBudget,
  };
  const line: ModelLine = { candidates: input.models, current: findCurrent(input.models, turn.model) };
  for (;;) {
    if (turn.calls === null) {
      await checkBudget();
      const answer = yield* callModels({
        line,
        gate,
        messages: turn.messages,
        tools: shelf.offer(),
        outputSchema: definition.output.kind === 'json' ? definition.output.schema : null,
        signal,
      });
      turn.step += 1;
      turn.model = answer.target.reference;
      const costUsd = costOf(answer.usage, answer.target.price);
      count(answer.usage, costUsd);
      yield { type: 'usage', model: answer.target.reference, usage: answer.usage, costUsd };
      if (answer.toolCalls.length === 0) {
        const { finishReason } = answer;
        return definition.output.kind === 'json'
          ? { finishReason, output: checkOutput(answer.text, definition.output.schema) }
          : { finishReason };
      }
      checkSteps(turn.step, limits);
      turn.messages.push(toAssistantMessage(answer));
      turn.calls = answer.toolCalls.map(toOpenCall);
    }
    await checkBudget();
    const done: OpenCall[] = yield* mergeEvents(turn.calls, (open, tell) => {
      const emit = (event: RunEvent) => {
        if (event.type === 'usage') count(event.usage, event.costUsd);
        tell(event);
      };
      return runToolCall({ open, equipped: shelf.find(open.call.name), ports: toolPorts, emit, signal });
    });
    if (listWaits(done).length > 0) {
      return { finishReason: 'tool_calls', checkpoint: toCheckpoint({ ...turn, calls: done }) };
    }
    turn.messages.push(...done.flatMap(({ result }) => (result === null ? [] : [result])));
    turn.calls = null;
  }
}

function toFirstMessages({ definition, history, variables, memory, ports }: RunAgentInput): BaseMessage[] {
  return buildMessages({
    instructions: buildInstructions({ definition, variables, now: ports.now(), memory }),
    history,
    ...definition.context,
  });
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
  throw new HubError(
    'step_limit_reached',
    `The agent still wanted to use tools after ${limits.maximumSteps} steps. Raise its step limit or ask for less at once.`,
  );
}

function toAssistantMessage(answer: ModelAnswer): AIMessage {
  return new AIMessage({
    content: answer.text,
    tool_calls: answer.toolCalls.map((call) => ({
      id: call.id,
      name: call.name,
      args: call.input ?? {},
      type: 'tool_call' as const,
    })),
  });
}
