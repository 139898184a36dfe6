import type { Artifact, NamedAgent, RunEvent, Source } from '#server/contract/run-event.ts';
import type { Run, RunStep } from '#server/contract/run.ts';
import type { LiveRun } from './live-run.ts';
import type { RunEnd, StoredRun } from './run-records.ts';
import { findHandOver, joinText, sumUsage } from './sum-up.ts';
import { findOpenWaits } from './to-waits.ts';

/** What a run did, read from its events. Pure. */
export function toRunParts(events: readonly RunEvent[]): {
  steps: RunStep[];
  sources: Source[];
  artifacts: Artifact[];
  reasoning: string;
  /** Who answers since the last hand-over; null where there was none. */
  answeredBy: { agent: NamedAgent; version: number | null } | null;
} {
  const steps: RunStep[] = [];
  const toolSteps = new Map<string, Extract<RunStep, { kind: 'tool' }>>();
  const sources = new Map<number, Source>();
  const artifacts: Artifact[] = [];
  const approvals = new Map<string, string>();
  let reasoning = '';
  for (const event of events) {
    if (event.type === 'reasoning-delta') reasoning += event.text;
    if (event.type === 'source') sources.set(event.source.number, event.source);
    if (event.type === 'artifact') artifacts.push(event.artifact);
    if (event.type === 'usage') {
      const { type: _, payer: _payer, estimated = false, ...call } = event;
      steps.push({ kind: 'model', ...call, estimated });
    }
    if (event.type === 'notice') steps.push({ kind: 'notice', notice: event.notice });
    if (event.type === 'model-fallback') {
      const { from, to, problem, continues } = event;
      steps.push({ kind: 'fallback', from, to, code: problem.code, detail: problem.detail, continues });
    }
    if (event.type === 'guard') {
      const { type: kind, ...guard } = event;
      steps.push({ kind, ...guard });
    }
    if (event.type === 'hand-over') {
      const { type: kind, ...handOver } = event;
      steps.push({ kind, ...handOver });
    }
    if (event.type === 'tool-call') {
      const { call, tool, parent = null, intent, input } = event;
      const step = {
        kind: 'tool' as const,
        call,
        tool,
        parent,
        intent,
        input,
        output: null,
        isError: false,
        durationMs: null,
      };
      toolSteps.set(call, step);
      steps.push(step);
    }
    if (event.type === 'approval-request') approvals.set(event.approval, event.call);
    if (event.type === 'approval-result' && event.input !== undefined) {
      const step = toolSteps.get(approvals.get(event.approval) ?? '');
      if (step !== undefined) step.input = event.input;
    }
    if (event.type === 'tool-result') {
      const step = toolSteps.get(event.call);
      if (step !== undefined)
        Object.assign(step, { output: event.output, isError: event.isError, durationMs: event.durationMs });
    }
  }
  return { steps, sources: [...sources.values()], artifacts, reasoning, answeredBy: findHandOver(events) };
}

/** A stored or living run as the API shows it. */
export function presentRun(run: StoredRun): Run {
  const { steps, sources, artifacts } = toRunParts(run.events);
  const handOver = findHandOver(run.events);
  return {
    id: run.id,
    status: run.status,
    agent: run.agentHandle,
    version: run.version,
    answeredBy:
      handOver === null
        ? { agent: run.agentHandle, version: run.version }
        : { agent: handOver.agent.handle, version: handOver.version },
    conversationId: run.conversationId,
    model: run.model,
    output: run.output,
    finishReason: run.finishReason,
    steps,
    sources,
    artifacts,
    waitsFor: run.status === 'waiting' ? findOpenWaits(run.events) : [],
    usage: run.usage,
    costUsd: run.costUsd,
    costIsPartial: run.costIsPartial,
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
  // One answered call may be made while others still wait.
  const status = findOpenWaits(events).length > 0 ? ('waiting' as const) : ('running' as const);
  const state = end ?? { ...toUnfinished(events), status };
  return presentRun({ ...run, ...state, requestDigest: null, events: [...(end?.events ?? events)] });
}

/** A stored run as the API shows it; what one that has not ended came to is read from its events. */
export function presentStoredRun(run: StoredRun): Run {
  return presentRun(run.endedAt === null ? { ...run, ...toUnfinished(run.events) } : run);
}

function toUnfinished(events: readonly RunEvent[]) {
  return { output: joinText(events), finishReason: null, error: null, endedAt: null, ...sumUsage(events) };
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
      costIsPartial: run.costIsPartial,
      endedAt: run.endedAt ?? run.startedAt,
    },
  ];
}

/** The first event of a run's log. */
export function toRunStart(run: StoredRun): RunEvent {
  const { id, agentHandle, version, conversationId, model, startedAt } = run;
  return { type: 'run-start', run: id, agent: agentHandle, version, conversationId, model, startedAt };
}
