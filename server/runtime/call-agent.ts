import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import type { RunOutcome } from './run-agent.ts';
import type { TurnInput } from './run-turn.ts';
import type { CallableAgent } from './tools/agent-tool.ts';

/** An agent that another one may call. */
export type FoundAgent = { id: string; handle: string; ownerId: string | null; definition: AgentDefinition };

/** What a turn hands to those that it calls. */
export type CallingTurn = Pick<TurnInput, 'actor' | 'agentId' | 'ownerId' | 'callers' | 'language' | 'requestApproval'>;

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
    run: (task, { signal, remaining }) => {
      const callers = [...(caller.callers ?? []), caller.agentId];
      checkCallers(callers, agent.id, identity.name);
      const left = remaining?.() ?? { maximumTokens: null, maximumUsd: null };
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
          maximumTokens: lower(budget.maximumTokensPerRun, left.maximumTokens),
          maximumUsd: lower(budget.maximumUsdPerRun, left.maximumUsd),
        },
        signal,
      });
    },
  };
}

function lower(own: number | null, left: number | null): number | null {
  if (own === null || left === null) return own ?? left;
  return Math.min(own, left);
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
