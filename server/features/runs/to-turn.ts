import type { Actor } from '#server/contract/actor.ts';
import type { RunCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { WaitAnswer } from '#server/contract/run-wait.ts';
import type { Source } from '#server/contract/run-event.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import type { LiveRunBase } from './live-run.ts';
import type { PreparedRun } from './prepare-run.ts';
import { toRunCaps, toRunLimits } from './run-limits.ts';
import type { Allowance, Turn, TurnMessage } from './run-ports.ts';

/** What the runtime is given of a prepared run; a request's limits can only lower the agent's own. Pure. */
export function toTurn({
  actor,
  prepared: { agent, definition, modelOwnerId, history, variables, memory, questionId, summary, handBackTo },
  input,
  run,
  allowance,
  language,
  edits,
  sources,
  openWait,
  keepSummary,
}: {
  actor: Actor;
  prepared: PreparedRun;
  input: StartRunInput;
  run: LiveRunBase;
  allowance: Allowance;
  language: 'en' | 'zh';
  edits: string | null;
  sources: Omit<Source, 'number'>[];
  openWait: Turn['openWait'];
  keepSummary: Turn['keepSummary'];
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
    modelOwnerId,
    history,
    sources,
    variables,
    language,
    edits,
    limits: toRunLimits(toRunCaps(definition, input.budget), allowance),
    memory: memory === null ? null : { access: memory, conversationId: run.conversationId, messageId: questionId },
    resumed: null,
    openWait,
    summary,
    keepSummary,
    handBackTo,
    signal: run.controller.signal,
  };
}

/** What the runtime is given of a run that waited. Pure. */
export function toResumedTurn({
  checkpoint: { turn, actor, ownerId, definition, modelOwnerId, variables, language, limits, memory, handBackTo },
  answers,
  readHistory,
  run,
  allowance,
  openWait,
}: {
  checkpoint: RunCheckpoint;
  answers: Record<string, WaitAnswer>;
  readHistory: () => Promise<TurnMessage[]>;
  run: LiveRunBase;
  allowance: Allowance;
  openWait: Turn['openWait'];
}): Turn {
  return {
    actor,
    agentId: run.agentId,
    ownerId,
    definition,
    modelOwnerId,
    history: [],
    sources: [],
    variables,
    language,
    // Who works on a draft asks in words, so that its turns never wait.
    edits: null,
    limits: toRunLimits(limits, allowance),
    memory,
    resumed: { checkpoint: turn, answers, readHistory },
    summary: null,
    keepSummary: async () => {},
    openWait,
    handBackTo,
    signal: run.controller.signal,
  };
}
