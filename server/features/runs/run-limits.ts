import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { RunBudget } from '#server/contract/run.ts';
import { type Spent, sumSpent } from '#server/contract/spent.ts';
import { runCostsTooMuch, runUsesTooMuch } from './run-errors.ts';
import type { Allowance, RunCaps, Turn } from './run-ports.ts';

/** What one run may take: the agent's own limits, which a request can only lower. Pure. */
export function toRunCaps({ model, budget }: AgentDefinition, asked: RunBudget): RunCaps {
  return {
    maximumSteps: Math.min(model.maximumSteps, asked.maximumSteps ?? Infinity),
    maximumTokens: lower(budget.maximumTokensPerRun, asked.maximumTokens),
    maximumUsd: lower(budget.maximumUsdPerRun, asked.maximumUsd),
  };
}

/** The limits of a turn: those of one run, and what the run's allowance leaves. */
export function toRunLimits(caps: RunCaps, allowance: Pick<Allowance, 'check'>): Turn['limits'] {
  const { maximumTokens, maximumUsd } = caps;
  return {
    ...caps,
    check: async (spent, next) => {
      const { tokens, costUsd } = spent;
      if (maximumTokens !== null && tokens >= maximumTokens) throw runUsesTooMuch(maximumTokens, tokens);
      if (maximumUsd !== null && costUsd >= maximumUsd) throw runCostsTooMuch(maximumUsd, costUsd);
      await allowance.check(spent, next);
    },
  };
}

/** An allowance that is opened when it is first asked, for a run that is taken up again. */
export function toLateAllowance(open: () => Promise<Allowance>): Allowance {
  let opened: Promise<Allowance> | null = null;
  return {
    check: async (spent, next) => (await (opened ??= open())).check(spent, next),
    close: (spent) => {
      opened?.then(
        (allowance) => allowance.close(spent),
        () => undefined,
      );
    },
  };
}

export const toSpent = ({ events }: { events: readonly RunEvent[] }): Spent =>
  sumSpent(events.filter((event) => event.type === 'usage'));

function lower(own: number | null, asked: number | undefined): number | null {
  if (own === null) return asked ?? null;
  return asked === undefined ? own : Math.min(own, asked);
}
