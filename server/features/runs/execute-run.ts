import { v7 } from 'uuid';
import type { FinishReason, RunEvent, RunStatus } from '#server/contract/run-event.ts';
import { listWaits, type TurnCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { Problem } from '#server/contract/problem.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import type { LiveRunBase } from './live-run.ts';
import { createRunClock } from './run-clock.ts';
import { answerNotStored, runCancelled, runTimedOut } from './run-errors.ts';
import type { RunPorts, Turn, TurnOutcome } from './run-ports.ts';
import type { RunEnd, RunSleep } from './run-records.ts';
import { joinText, sumUsage } from './sum-up.ts';
import { findOpenWaits, toRequestEvent } from './to-waits.ts';

/** How a run left this process: it ended, or it waits for a person. */
export type Executed = { kind: 'end'; end: RunEnd; isStored: boolean } | { kind: 'sleep'; sleep: RunSleep };

export type Execution = {
  live: LiveRunBase;
  turn: Turn;
  /** How long it worked before it waited. */
  workedMs: number;
  run: (turn: Turn) => AsyncGenerator<RunEvent, TurnOutcome>;
  storeSleep: (sleep: RunSleep) => Promise<void>;
  storeEnd: (end: RunEnd) => Promise<void>;
  ports: Pick<RunPorts, 'now' | 'logError'>;
};

/**
 * Drives a run to its end, or until it waits for a person: appends what happens to its log, and stores the reply, the
 * events and the usage at the end, also when the run failed or was stopped. `run-end` appears after the commit, or when
 * `storeEnd` gave up; what a person is asked appears after the commit from which the run can go on. Never throws.
 */
export async function executeRun(execution: Execution): Promise<Executed> {
  const { live, turn, workedMs, run, ports } = execution;
  let status: RunStatus = 'completed';
  let outcome: TurnOutcome | null = null;
  let problem: Problem | null = null;
  // The seconds that it works: a person may take their time over an answer.
  const limitSeconds = turn.definition.budget.maximumSecondsPerRun;
  const clock = createRunClock({
    limitMs: limitSeconds * 1000,
    workedMs,
    onEnd: () => live.controller.abort(runTimedOut(limitSeconds)),
  });
  try {
    turn.signal.throwIfAborted();
    const events = run(turn);
    for (let next = await events.next(); ; next = await events.next()) {
      if (next.done === true) {
        outcome = next.value;
        break;
      }
      live.log.append(next.value);
    }
    turn.signal.throwIfAborted();
    if (outcome.checkpoint !== undefined) {
      return { kind: 'sleep', sleep: await fallAsleep(execution, outcome.checkpoint, clock.workedMs()) };
    }
  } catch (thrown) {
    const error = toFailure(thrown, turn.signal);
    status = error.code === 'run_cancelled' ? 'cancelled' : 'failed';
    outcome = { finishReason: toFinishReason(error) };
    problem = error.toProblem(undefined, turn.language);
    if (error.code === 'internal') ports.logError(thrown, `run ${live.id} failed`);
    live.log.append({ type: 'error', problem });
    // What else the turn had under way, such as a tool beside the one that failed, ends with it.
    live.controller.abort(error);
  } finally {
    clock.end();
  }
  return endRun(execution, { status, outcome, problem });
}

async function fallAsleep(
  { live: { id, userId, model, log }, turn, storeSleep, ports }: Execution,
  checkpoint: TurnCheckpoint,
  workedMs: number,
): Promise<RunSleep> {
  const { actor, ownerId, definition, modelOwnerId, variables, language, memory, handBackTo } = turn;
  const { check: _, ...limits } = turn.limits;
  const begun = log.events().slice(1);
  const known = new Set(findOpenWaits(begun).map((wait) => wait.id));
  const waits = listWaits(checkpoint.calls);
  const requests = waits.filter((wait) => !known.has(wait.id)).map(toRequestEvent);
  const sleep: RunSleep = {
    id,
    userId,
    model,
    checkpoint: {
      turn: checkpoint,
      actor,
      ownerId,
      definition,
      modelOwnerId,
      variables,
      language,
      limits,
      memory,
      handBackTo,
      workedMs,
    },
    waits,
    ...sumUsage(begun),
    at: ports.now().toISOString(),
    events: [...begun, ...requests],
  };
  await storeSleep(sleep);
  for (const request of requests) log.append(request);
  log.close();
  return sleep;
}

async function endRun(
  { live, turn, storeEnd, ports }: Execution,
  { status, outcome, problem }: { status: RunStatus; outcome: TurnOutcome | null; problem: Problem | null },
): Promise<Executed> {
  const { log } = live;
  const events = log.events().slice(1);
  const finishReason = outcome?.finishReason ?? null;
  const output = outcome?.output ?? joinText(events);
  let isStored = true;
  const end: RunEnd = {
    id: live.id,
    userId: live.userId,
    model: live.model,
    conversationId: live.conversationId,
    questionId: live.questionId,
    apiKeyId: turn.actor.key?.id ?? null,
    status,
    output,
    finishReason,
    error: problem,
    ...sumUsage(events),
    endedAt: ports.now().toISOString(),
    reply: { id: v7(), role: 'assistant', content: output, fileIds: [] },
    events,
  };
  try {
    await storeEnd(end);
  } catch (thrown) {
    isStored = false;
    ports.logError(thrown, `run ${live.id} could not be stored`);
    end.status = 'failed';
    end.error = answerNotStored().toProblem(undefined, turn.language);
    log.append({ type: 'error', problem: end.error });
    end.events = log.events().slice(1);
  }
  log.append({
    type: 'run-end',
    status: end.status,
    finishReason,
    usage: end.usage,
    costUsd: end.costUsd,
    costIsPartial: end.costIsPartial,
    endedAt: end.endedAt,
  });
  log.close();
  return { kind: 'end', end, isStored };
}

function toFailure(thrown: unknown, signal: AbortSignal): HubError {
  if (signal.aborted) return signal.reason instanceof HubError ? signal.reason : runCancelled();
  return toHubError(thrown);
}

function toFinishReason(error: HubError): FinishReason {
  if (error.code === 'run_cancelled') return 'cancelled';
  if (error.code === 'guard_refused') return 'content_filter';
  return error.code === 'budget_exceeded' ? 'steps' : 'error';
}
