import type { Actor } from '#server/contract/actor.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import type { LiveRunBase } from './live-run.ts';
import type { PreparedRun } from './prepare-run.ts';
import { toRunLimits } from './run-limits.ts';
import type { Allowance, Turn } from './run-ports.ts';

/** What the runtime is given of a prepared run; a request's limits can only lower the agent's own. Pure. */
export function toTurn({
  actor,
  prepared: { definition, history, variables },
  input,
  run,
  allowance,
  language,
}: {
  actor: Actor;
  prepared: PreparedRun;
  input: StartRunInput;
  run: LiveRunBase;
  allowance: Allowance;
  language: 'en' | 'zh';
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
    limits: toRunLimits({ definition, asked: input.budget, allowance }),
    requestApproval: ({ signal }) => run.approvals.request(signal),
    signal: run.controller.signal,
  };
}
