import { v7 } from 'uuid';
import type { FinishReason, RunEvent, RunStatus } from '#server/contract/run-event.ts';
import type { Problem } from '#server/contract/problem.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import type { LiveRunBase } from './live-run.ts';
import { createRunClock } from './run-clock.ts';
import { answerNotStored, runCancelled, runTimedOut } from './run-errors.ts';
import type { RunPorts, Turn, TurnOutcome } from './run-ports.ts';
import type { RunEnd } from './run-records.ts';
import { joinText, sumUsage } from './sum-up.ts';

/**
 * Drives a run to its end: appends what happens to its log, and stores the reply, the events and the usage at the end,
 * also when the run failed or was stopped. `run-end` appears after the commit, or when `storeEnd` gave up. Never throws.
 */
export async function executeRun({
  live,
  turn,
  run,
  storeEnd,
  ports,
}: {
  live: LiveRunBase;
  turn: Turn;
  run: (turn: Turn) => AsyncGenerator<RunEvent, TurnOutcome>;
  storeEnd: (end: RunEnd) => Promise<void>;
  ports: Pick<RunPorts, 'now' | 'logError'>;
}): Promise<{ end: RunEnd; isStored: boolean }> {
  const { log } = live;
  let status: RunStatus = 'completed';
  let outcome: TurnOutcome | null = null;
  let problem: Problem | null = null;
  // The seconds that it works: a person may take their time over an approval.
  const limitSeconds = turn.definition.budget.maximumSecondsPerRun;
  const clock = createRunClock({
    limitMs: limitSeconds * 1000,
    onEnd: () => live.controller.abort(runTimedOut(limitSeconds)),
  });
  live.approvals.watch((isWaiting) => (isWaiting ? clock.pause() : clock.goOn()));
  try {
    const events = run(turn);
    for (let next = await events.next(); ; next = await events.next()) {
      if (next.done === true) {
        outcome = next.value;
        break;
      }
      log.append(next.value);
    }
    turn.signal.throwIfAborted();
  } catch (thrown) {
    const error = toFailure(thrown, turn.signal);
    status = error.code === 'run_cancelled' ? 'cancelled' : 'failed';
    outcome = { finishReason: toFinishReason(error) };
    problem = error.toProblem();
    if (error.code === 'internal') ports.logError(thrown, `run ${live.id} failed`);
    log.append({ type: 'error', problem });
  }
  live.approvals.watch(() => {});
  clock.end();
  const events = log.events().slice(1);
  const finishReason = outcome?.finishReason ?? null;
  const output = outcome?.output ?? joinText(events);
  let isStored = true;
  const end: RunEnd = {
    id: live.id,
    conversationId: live.conversationId,
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
    end.error = answerNotStored().toProblem();
    log.append({ type: 'error', problem: end.error });
    end.events = log.events().slice(1);
  }
  log.append({
    type: 'run-end',
    status: end.status,
    finishReason,
    usage: end.usage,
    costUsd: end.costUsd,
    endedAt: end.endedAt,
  });
  log.close();
  return { end, isStored };
}

function toFailure(thrown: unknown, signal: AbortSignal): HubError {
  if (signal.aborted) return signal.reason instanceof HubError ? signal.reason : runCancelled();
  return toHubError(thrown);
}

function toFinishReason(error: HubError): FinishReason {
  if (error.code === 'run_cancelled') return 'cancelled';
  if (error.code === 'guard_refused') return 'content_filter';
  return error.code === 'step_limit_reached' || error.code === 'budget_exceeded' ? 'steps' : 'error';
}
