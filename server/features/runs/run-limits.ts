import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunBudget } from '#server/contract/run.ts';
import { runCostsTooMuch, runUsesTooMuch } from './run-errors.ts';
import type { Allowance, Turn } from './run-ports.ts';

/** The limits of a turn: those of one run, which a request can only lower, and what the run's allowance leaves. */
export function toRunLimits({
  definition: { model, budget },
  asked,
  allowance,
}: {
  definition: AgentDefinition;
  asked: RunBudget;
  allowance: Pick<Allowance, 'check'>;
}): Turn['limits'] {
  const maximumTokens = lower(budget.maximumTokensPerRun, asked.maximumTokens);
  const maximumUsd = lower(budget.maximumUsdPerRun, asked.maximumUsd);
  return {
    maximumSteps: Math.min(model.maximumSteps, asked.maximumSteps ?? Infinity),
    check: async (spent) => {
      const { tokens, costUsd } = spent;
      if (maximumTokens !== null && tokens >= maximumTokens) throw runUsesTooMuch(maximumTokens, tokens);
      if (maximumUsd !== null && costUsd !== null && costUsd >= maximumUsd) throw runCostsTooMuch(maximumUsd, costUsd);
      await allowance.check(spent);
    },
  };
}

function lower(own: number | null, asked: number | undefined): number | null {
  if (own === null) return asked ?? null;
  return asked === undefined ? own : Math.min(own, asked);
}
