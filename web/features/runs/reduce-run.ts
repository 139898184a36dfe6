import type { Artifact, RunEvent, RunEventOf, Source } from '#server/contract/run-event.ts';
import { addCost } from '#server/contract/cost.ts';
import { addUsage, type RunView, type StepView, toFilled } from './run-view.ts';

/** Folds one event into the view. Pure; an event that changes nothing returns the same object. */
export function reduceRun(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case 'run-start':
      return {
        ...view,
        run: event.run,
        conversationId: event.conversationId,
        version: event.version,
        model: event.model,
        status: 'running',
        startedAt: event.startedAt,
      };
    case 'text-delta':
      return { ...view, text: view.text + event.text };
    case 'reasoning-delta':
      return { ...view, reasoning: view.reasoning + event.text };
    case 'tool-call':
      return { ...view, steps: [...view.steps, toStep(event)] };
    case 'tool-progress':
      return changeStep(view, event.call, { progress: event.text });
    case 'tool-result':
      return changeStep(view, event.call, {
        output: event.output,
        isError: event.isError,
        isRunning: false,
        durationMs: event.durationMs,
        progress: null,
        file: event.file,
      });
    case 'source':
      return { ...view, sources: withSource(view.sources, event.source) };
    case 'artifact':
      return { ...view, artifacts: withArtifact(view.artifacts, event.artifact) };
    case 'approval-request': {
      const { type: _, ...request } = event;
      return { ...view, status: 'waiting', approvals: [...view.approvals, { ...request, decision: null }] };
    }
    case 'approval-result':
      return decide(view, event);
    case 'form-request': {
      const { type: _, ...request } = event;
      return { ...view, status: 'waiting', forms: [...view.forms, { ...request, outcome: null }] };
    }
    case 'form-result': {
      const forms = view.forms.map((form) => (form.form === event.form ? { ...form, outcome: event.outcome } : form));
      return withStatus({ ...view, forms });
    }
    case 'model-fallback': {
      const { from, to, continues, problem } = event;
      return { ...view, fallbacks: [...view.fallbacks, { from, to, continues, detail: problem.detail }] };
    }
    case 'notice':
      return { ...view, notices: [...view.notices, event.notice] };
    case 'hand-over': {
      const { type: _, ...handOver } = event;
      const { agent: answeredBy, version } = handOver;
      return { ...view, answeredBy, version, handOvers: [...view.handOvers, handOver] };
    }
    case 'guard': {
      const { type: _, ...guard } = event;
      return { ...view, guards: [...view.guards, guard] };
    }
    case 'usage':
      return {
        ...view,
        usage: addUsage(view.usage, event.usage),
        ...addCost(view, event.costUsd),
        firstTokenMs: view.firstTokenMs ?? event.timing?.firstTokenMs ?? null,
        // What a tool used fills no window.
        filled: toFilled(event.usage, event.contextWindow) ?? view.filled,
      };
    case 'error':
      return { ...view, error: event.problem };
    case 'run-end':
      return {
        ...view,
        status: event.status,
        finishReason: event.finishReason,
        usage: event.usage,
        costUsd: event.costUsd,
        costIsPartial: event.costIsPartial,
        endedAt: event.endedAt,
        steps: view.steps.map((step) => (step.isRunning ? { ...step, isRunning: false, progress: null } : step)),
      };
    default:
      return view;
  }
}

function toStep(event: RunEventOf<'tool-call'>): StepView {
  return {
    call: event.call,
    tool: event.tool,
    parent: event.parent ?? null,
    intent: event.intent,
    input: event.input,
    output: null,
    isError: false,
    isRunning: true,
    durationMs: null,
    progress: null,
    file: null,
  };
}

function changeStep(view: RunView, call: string, change: Partial<StepView>): RunView {
  if (!view.steps.some((step) => step.call === call)) return view;
  return { ...view, steps: view.steps.map((step) => (step.call === call ? { ...step, ...change } : step)) };
}

function withSource(sources: Source[], source: Source): Source[] {
  const others = sources.filter(({ number }) => number !== source.number);
  return [...others, source].sort((left, right) => left.number - right.number);
}

function withArtifact(artifacts: Artifact[], artifact: Artifact): Artifact[] {
  return [...artifacts.filter(({ id }) => id !== artifact.id), artifact];
}

function decide(view: RunView, event: RunEventOf<'approval-result'>): RunView {
  const decided = view.approvals.find(({ approval }) => approval === event.approval);
  const approvals = view.approvals.map((approval) =>
    approval === decided ? { ...approval, decision: event.decision } : approval,
  );
  const made =
    decided === undefined || event.input === undefined ? view : changeStep(view, decided.call, { input: event.input });
  return withStatus({ ...made, approvals });
}

/** It waits as long as anything is asked. */
function withStatus(view: RunView): RunView {
  const isAsked =
    view.approvals.some(({ decision }) => decision === null) || view.forms.some(({ outcome }) => outcome === null);
  return { ...view, status: isAsked ? 'waiting' : 'running' };
}
