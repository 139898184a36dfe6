import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import type { RunOutcome } from './run-agent.ts';
import type { TurnInput } from './run-turn.ts';
import type { CallableAgent } from './tools/agent-tool.ts';

/** An agent that another one may call. */
export type FoundAgent = { id: string; handle: string; ownerId: string | null; definition: AgentDefinition };

/** What a turn hands to those that it calls. */
export type CallingTurn = Pick<TurnInput, 'actor' | 'agentId' | 'ownerId' | 'callers' | 'language'>;

/** Calls within calls, at most. */
const deepestCall = 3;

/**
 * An agent as another one calls it: for the same person, with what is left of the run's budget and no more than its own, and
 * never from within itself.
 */
export function toCallableAgent(
  caller: CallingTurn,
  { definition, ...agent }: FoundAgent,
  run: (turn: TurnInput) => AsyncGenerator<RunEvent, RunOutcome>,
): CallableAgent {
  const { identity, budget, model, variables } = definition;
  return {
    ...agent,
    name: identity.name,
    description: `${identity.tagline} ${identity.description}`.trim().slice(0, 1000),
    maximumSeconds: budget.maximumSecondsPerRun,
    run: (task, { signal, checkBudget }) => {
      const callers = [...(caller.callers ?? []), caller.agentId];
      checkCallers(callers, agent.id, identity.name);
      return run({
        ...caller,
        agentId: agent.id,
        ownerId: agent.ownerId,
        definition,
        callers,
        history: [{ role: 'user', content: task }],
        variables: Object.fromEntries(variables.map(({ name, defaultValue }) => [name, defaultValue])),
        limits: {
          maximumSteps: model.maximumSteps,
          check: async ({ tokens, costUsd }) => {
            checkOwn({ tokens, costUsd }, budget, identity.name);
            await checkBudget?.();
          },
        },
        // What it remembers of the person is not for the agent that asks.
        memory: null,
        summary: null,
        keepSummary: async () => {},
        openWait: null,
        resumed: null,
        signal,
      });
    },
  };
}

/** @throws {HubError} `budget_exceeded` */
function checkOwn(
  { tokens, costUsd }: { tokens: number; costUsd: number | null },
  { maximumTokensPerRun, maximumUsdPerRun }: AgentDefinition['budget'],
  name: string,
): void {
  if (maximumTokensPerRun !== null && tokens >= maximumTokensPerRun) {
    throw new HubError(
      'budget_exceeded',
      `${name} may use ${maximumTokensPerRun} tokens in a run, and has used ${tokens}.`,
    );
  }
  if (maximumUsdPerRun !== null && costUsd !== null && costUsd >= maximumUsdPerRun) {
    throw new HubError(
      'budget_exceeded',
      `${name} may cost $${maximumUsdPerRun} in a run, and has cost $${costUsd.toFixed(6)}.`,
    );
  }
}

/** @throws {HubError} `conflict` */
function checkCallers(callers: string[], agentId: string, name: string): void {
  if (callers.includes(agentId)) {
    throw new HubError('conflict', `${name} is already at work on this and cannot be asked again from within.`);
  }
  if (callers.length > deepestCall) {
    throw new HubError('conflict', `Agents may call each other ${deepestCall} deep. Do this without asking ${name}.`);
  }
}
