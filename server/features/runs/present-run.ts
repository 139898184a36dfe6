import type { Artifact, RunEvent, Source } from '#server/contract/run-event.ts';
import type { Run, RunStep } from '#server/contract/run.ts';
import type { LiveRun } from './live-run.ts';
import type { RunEnd, StoredRun } from './run-records.ts';
import { joinText, sumUsage } from './sum-up.ts';

/** What a run did, read from its events. Pure. */
export function toRunParts(events: readonly RunEvent[]): {
  steps: RunStep[];
  sources: Source[];
  artifacts: Artifact[];
  reasoning: string;
} {
  const steps: RunStep[] = [];
  const toolSteps = new Map<string, Extract<RunStep, { kind: 'tool' }>>();
  const sources = new Map<number, Source>();
  const artifacts: Artifact[] = [];
  let reasoning = '';
  for (const event of events) {
    if (event.type === 'reasoning-delta') reasoning += event.text;
    if (event.type === 'source') sources.set(event.source.number, event.source);
    if (event.type === 'artifact') artifacts.push(event.artifact);
    if (event.type === 'usage') {
      steps.push({ kind: 'model', model: event.model, usage: event.usage, costUsd: event.costUsd });
    }
    if (event.type === 'model-fallback') {
      const { from, to, problem, continues } = event;
      steps.push({ kind: 'fallback', from, to, code: problem.code, detail: problem.detail, continues });
    }
    if (event.type === 'guard') {
      const { type: kind, ...guard } = event;
      steps.push({ kind, ...guard });
    }
    if (event.type === 'tool-call') {
      const { call, tool, intent, input } = event;
      const step = { kind: 'tool' as const, call, tool, intent, input, output: null, isError: false, durationMs: null };
      toolSteps.set(call, step);
      steps.push(step);
    }
    if (event.type === 'tool-result') {
      const step = toolSteps.get(event.call);
      if (step !== undefined)
        Object.assign(step, { output: event.output, isError: event.isError, durationMs: event.durationMs });
    }
  }
  return { steps, sources: [...sources.values()], artifacts, reasoning };
}

/** A stored or living run as the API shows it. */
export function presentRun(run: StoredRun): Run {
  const { steps, sources, artifacts } = toRunParts(run.events);
  return {
    id: run.id,
    status: run.status,
    agent: run.agentHandle,
    version: run.version,
    conversationId: run.conversationId,
    model: run.model,
    output: run.output,
    finishReason: run.finishReason,
    steps,
    sources,
    artifacts,
    usage: run.usage,
    costUsd: run.costUsd,
    error: run.error,
    metadata: run.metadata,
    startedBy: run.startedBy,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}

/** A run that lives in this process as the API shows it; `end` when it ended and is not stored yet. */
export function presentLiveRun(run: LiveRun, end: RunEnd | null): Run {
  const events = run.log.events().slice(1);
  const state = end ?? {
    status: run.approvals.isWaiting() ? ('waiting' as const) : ('running' as const),
    output: joinText(events),
    finishReason: null,
    error: null,
    endedAt: null,
    ...sumUsage(events),
  };
  return presentRun({ ...run, ...state, requestDigest: null, events: [...(end?.events ?? events)] });
}

/** The whole log of a run that is not under way: its stored events between `run-start` and `run-end`. */
export function toWholeLog(run: StoredRun): RunEvent[] {
  const stored: RunEvent[] =
    run.status === 'interrupted' && run.error !== null
      ? [...run.events, { type: 'error', problem: run.error }]
      : run.events;
  return [
    toRunStart(run),
    ...stored,
    {
      type: 'run-end',
      status: run.status,
      finishReason: run.finishReason,
      usage: run.usage,
      costUsd: run.costUsd,
      endedAt: run.endedAt ?? run.startedAt,
    },
  ];
}

/** The first event of a run's log. */
export function toRunStart(run: StoredRun): RunEvent {
  const { id, agentHandle, version, conversationId, model, startedAt } = run;
  return { type: 'run-start', run: id, agent: agentHandle, version, conversationId, model, startedAt };
}
