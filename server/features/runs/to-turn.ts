import type { Actor } from '#server/contract/actor.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import type { LiveRunBase } from './live-run.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { Turn } from './run-ports.ts';

/** What the runtime is given of a prepared run; a request's limits can only lower the agent's own. Pure. */
export function toTurn({
  actor,
  prepared: { definition, history, variables, summary },
  input,
  run,
  language,
  keepSummary,
}: {
  actor: Actor;
  prepared: PreparedRun;
  input: StartRunInput;
  run: LiveRunBase;
  language: 'en' | 'zh';
  keepSummary: Turn['keepSummary'];
}): Turn {
  const { budget } = definition;
  return {
    actor,
    agentId: run.agentId,
    definition: {
      ...definition,
      budget: {
        ...budget,
        maximumSecondsPerRun: Math.min(budget.maximumSecondsPerRun, input.budget.maximumSeconds ?? Infinity),
      },
    },
    history,
    variables,
    language,
    limits: {
      maximumSteps: Math.min(definition.model.maximumSteps, input.budget.maximumSteps ?? Infinity),
      maximumTokens: lower(budget.maximumTokensPerRun, input.budget.maximumTokens),
      maximumUsd: lower(budget.maximumUsdPerRun, input.budget.maximumUsd),
    },
    requestApproval: ({ signal }) => run.approvals.request(signal),
    summary,
    keepSummary,
    signal: run.controller.signal,
  };
}

function lower(own: number | null, asked: number | undefined): number | null {
  if (own === null) return asked ?? null;
  return asked === undefined ? own : Math.min(own, asked);
}
