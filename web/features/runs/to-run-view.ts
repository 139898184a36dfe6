import type { Message } from '#server/contract/conversation.ts';
import type { RunStep } from '#server/contract/run.ts';
import { addCost, noCost } from '#server/contract/cost.ts';
import {
  addUsage,
  emptyRunView,
  type FallbackView,
  type GuardView,
  type HandOverView,
  noUsage,
  type RunView,
  type StepView,
  toFilled,
} from './run-view.ts';

/** Reads a stored answer into the same view that its live events gave; approvals that were answered are not stored. */
export function toRunView(message: Pick<Message, 'content' | 'run' | 'sources' | 'createdAt'>): RunView {
  const { run } = message;
  if (!run) return { ...emptyRunView, status: 'completed', text: message.content, sources: message.sources };
  const modelSteps = run.steps.filter((step) => step.kind === 'model');
  return {
    ...emptyRunView,
    run: run.id,
    version: run.version,
    answeredBy: run.agent,
    model: run.model,
    startedBy: run.startedBy,
    status: run.status,
    finishReason: run.finishReason,
    text: message.content,
    reasoning: run.reasoning,
    steps: run.steps.flatMap((step) => (step.kind === 'tool' ? [toStepView(step)] : [])),
    fallbacks: run.steps.flatMap((step) => (step.kind === 'fallback' ? [toFallbackView(step)] : [])),
    notices: run.steps.flatMap((step) => (step.kind === 'notice' ? [step.notice] : [])),
    handOvers: run.steps.flatMap((step) => (step.kind === 'hand-over' ? [toHandOverView(step)] : [])),
    guards: run.steps.flatMap((step) => (step.kind === 'guard' ? [toGuardView(step)] : [])),
    sources: run.sources,
    artifacts: run.artifacts,
    usage: modelSteps.reduce((total, step) => addUsage(total, step.usage), noUsage),
    ...modelSteps.reduce((cost, step) => addCost(cost, step.costUsd), noCost),
    firstTokenMs: modelSteps.find(({ timing }) => timing !== null)?.timing?.firstTokenMs ?? null,
    filled: toLastFilled(modelSteps),
    error: run.error,
    startedAt: run.startedAt,
    endedAt: message.createdAt,
  };
}

function toLastFilled(steps: Extract<RunStep, { kind: 'model' }>[]): RunView['filled'] {
  const last = steps.findLast(({ contextWindow }) => contextWindow !== null);
  return last ? toFilled(last.usage, last.contextWindow) : null;
}

function toStepView(step: Extract<RunStep, { kind: 'tool' }>): StepView {
  return {
    call: step.call,
    tool: step.tool,
    parent: step.parent,
    intent: step.intent,
    input: step.input,
    output: step.output,
    isError: step.isError,
    isRunning: false,
    durationMs: step.durationMs,
    progress: null,
    file: null,
  };
}

function toFallbackView({ from, to, detail, continues }: Extract<RunStep, { kind: 'fallback' }>): FallbackView {
  return { from, to, detail, continues };
}

function toHandOverView({ kind: _, ...handOver }: Extract<RunStep, { kind: 'hand-over' }>): HandOverView {
  return handOver;
}

function toGuardView({ kind: _, ...guard }: Extract<RunStep, { kind: 'guard' }>): GuardView {
  return guard;
}
