import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { FoundAgent } from '#server/contract/run-checkpoint.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { Spent } from '#server/contract/spent.ts';
import { HubError } from '#server/hub-error.ts';
import { openWaitFor } from './ask-person.ts';
import type { RunOutcome } from './run-agent.ts';
import type { TurnInput } from './turn-input.ts';
import type { CallableAgent } from './tools/agent-tool.ts';

/** What a turn hands to those that it calls. */
export type CallingTurn = Pick<TurnInput, 'actor' | 'agentId' | 'ownerId' | 'callers' | 'language'>;

/** Calls within calls, at most. */
const deepestCall = 3;

/** How an agent is told to another one, that may call it or hand over to it. */
export function introduceAgent({ handle, definition: { identity } }: Pick<FoundAgent, 'handle' | 'definition'>) {
  const { name, tagline, description } = identity;
  return { handle, name, description: `${tagline} ${description}`.trim().slice(0, 1000) };
}

/**
 * An agent as another one calls it: for the same person, with what is left of the run's budget and no more than its own, and
 * never from within itself.
 */
export function toCallableAgent(
  caller: CallingTurn,
  agent: FoundAgent,
  run: (turn: TurnInput) => AsyncGenerator<RunEvent, RunOutcome>,
): CallableAgent {
  const { definition } = agent;
  const { identity, budget, model } = definition;
  return {
    id: agent.id,
    ...introduceAgent(agent),
    maximumSeconds: budget.maximumSecondsPerRun,
    run: async function* (task, { signal, checkBudget, openWait, resumed = null }) {
      if (openWait === undefined)
        throw new HubError('tool_unavailable', { en: 'An agent is called in a run.', zh: '智能体只能在运行中调用。' });
      const callers = [...(caller.callers ?? []), caller.agentId];
      checkCallers(callers, agent.id, identity.name);
      const outcome = yield* run({
        ...caller,
        agentId: agent.id,
        ownerId: agent.ownerId,
        definition,
        callers,
        history: [{ role: 'user', content: task }],
        variables: toDefaults(definition),
        limits: {
          maximumSteps: model.maximumSteps,
          check: async ({ tokens, costUsd }, next) => {
            checkOwn({ tokens, costUsd }, budget, identity.name);
            await checkBudget?.(next);
          },
        },
        sources: [],
        taken: null,
        carried: null,
        handBackTo: null,
        // What it remembers of the person is not for the agent that asks.
        memory: null,
        summary: null,
        keepSummary: async () => {},
        openWait: openWaitFor(agent, openWait),
        resumed:
          resumed === null
            ? null
            : { checkpoint: resumed.frame.turn, answers: resumed.answers, readHistory: async () => [] },
        signal,
      });
      const { output, checkpoint: turn } = outcome;
      return { ...(output === undefined ? {} : { output }), waits: turn === undefined ? null : { agent, turn } };
    },
  };
}

/** The values of variables that nobody is asked for. */
export const toDefaults = ({ variables }: AgentDefinition): Record<string, string> =>
  Object.fromEntries(variables.map(({ name, defaultValue }) => [name, defaultValue]));

/** @throws {HubError} `budget_exceeded` */
export function checkOwn(
  { tokens, costUsd }: Pick<Spent, 'tokens' | 'costUsd'>,
  { maximumTokensPerRun, maximumUsdPerRun }: AgentDefinition['budget'],
  name: string,
): void {
  if (maximumTokensPerRun !== null && tokens >= maximumTokensPerRun) {
    throw new HubError('budget_exceeded', {
      en: `${name} may use ${maximumTokensPerRun} tokens in a run, and has used ${tokens}.`,
      zh: `${name} 每次运行最多使用 ${maximumTokensPerRun} 个词元，已使用 ${tokens} 个。`,
    });
  }
  if (maximumUsdPerRun !== null && costUsd >= maximumUsdPerRun) {
    throw new HubError('budget_exceeded', {
      en: `${name} may cost $${maximumUsdPerRun} in a run, and has cost $${costUsd.toFixed(6)}.`,
      zh: `${name} 每次运行的费用上限为 $${maximumUsdPerRun}，已花费 $${costUsd.toFixed(6)}。`,
    });
  }
}

/** @throws {HubError} `conflict` */
function checkCallers(callers: string[], agentId: string, name: string): void {
  if (callers.includes(agentId)) {
    throw new HubError('conflict', {
      en: `${name} is already at work on this and cannot be asked again from within.`,
      zh: `${name} 已在处理此事，不能从其内部再次调用它。`,
    });
  }
  if (callers.length > deepestCall) {
    throw new HubError('conflict', {
      en: `Agents may call each other ${deepestCall} deep. Do this without asking ${name}.`,
      zh: `智能体最多可逐层调用 ${deepestCall} 层。请不要再请 ${name} 处理。`,
    });
  }
}
