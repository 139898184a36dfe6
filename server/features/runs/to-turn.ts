import type { Actor } from '#server/contract/actor.ts';
import type { RunCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { WaitAnswer } from '#server/contract/run-wait.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import type { LiveRunBase } from './live-run.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { Turn } from './run-ports.ts';

/** What the runtime is given of a prepared run; a request's limits can only lower the agent's own. Pure. */
export function toTurn({
  actor,
  prepared: { agent, definition, history, variables, memory, newMessages },
  input,
  run,
  language,
  openWait,
}: {
  actor: Actor;
  prepared: PreparedRun;
  input: StartRunInput;
  run: LiveRunBase;
  language: 'en' | 'zh';
  openWait: Turn['openWait'];
}): Turn {
  const { budget } = definition;
  return {
    actor,
    agentId: run.agentId,
    ownerId: agent.ownerId,
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
    memory:
      memory === null
        ? null
        : { access: memory, conversationId: run.conversationId, messageId: newMessages.at(-1)?.id ?? null },
    resumed: null,
    openWait,
    signal: run.controller.signal,
  };
}

function lower(own: number | null, asked: number | undefined): number | null {
  if (own === null) return asked ?? null;
  return asked === undefined ? own : Math.min(own, asked);
}

/** What the runtime is given of a run that waited. Pure. */
export function toResumedTurn({
  checkpoint: { turn, actor, ownerId, definition, variables, language, limits, memory },
  answers,
  run,
  openWait,
}: {
  checkpoint: RunCheckpoint;
  answers: Record<string, WaitAnswer>;
  run: LiveRunBase;
  openWait: Turn['openWait'];
}): Turn {
  return {
    actor,
    agentId: run.agentId,
    ownerId,
    definition,
    history: [],
    variables,
    language,
    limits,
    memory,
    resumed: { checkpoint: turn, answers },
    openWait,
    signal: run.controller.signal,
  };
}
