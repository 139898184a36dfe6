import type { RunEvent } from '#server/contract/run-event.ts';
import { type Executed, type Execution, executeRun } from './execute-run.ts';
import type { LiveRun, LiveRuns } from './live-run.ts';
import { presentRun } from './present-run.ts';
import { toSpent } from './run-limits.ts';
import type { Allowance, RunPorts } from './run-ports.ts';
import type { RunEnd, RunSleep } from './run-records.ts';
import { joinText } from './sum-up.ts';

type Needs = {
  live: LiveRuns;
  ports: RunPorts;
  /** Goes on trying to store an end. */
  storeLate: (end: RunEnd) => Promise<void>;
  /** Told of a run that waits for a person and no longer lives here. */
  onSleep: (sleep: RunSleep, signal: AbortSignal) => void;
};

/** `allowance`: closed when the run leaves this process. */
type Carried = Omit<Execution, 'ports'> & { allowance: Allowance };

/** Carries runs while they live in this process: from a beginning or an answer, to their end or to what they wait for. */
export function createRunCarrier({ live, ports, storeLate, onSleep }: Needs) {
  function leave(
    { live: { id, userId, conversationId, startedAt, controller }, allowance }: Carried,
    executed: Executed,
  ) {
    ports.changeActiveRuns(-1);
    if (executed.kind === 'sleep') {
      allowance.close(toSpent(executed.sleep));
      live.remove(id, conversationId);
      onSleep(executed.sleep, controller.signal);
      ports.onTurnChange({ id, userId, conversationId });
      return;
    }
    const { end, isStored } = executed;
    ports.countRun(end.status, Date.parse(end.endedAt) - Date.parse(startedAt));
    const remove = () => {
      allowance.close(toSpent(end));
      live.remove(id, conversationId);
      ports.onTurnChange({ id, userId, conversationId });
    };
    if (isStored) {
      remove();
      return;
    }
    live.keepEnded(end);
    void storeLate(end).then(remove);
  }

  return (execution: Carried): { run: LiveRun; left: Promise<Executed> } => {
    const base = execution.live;
    const left = executeRun({ ...execution, ports }).then((executed) => {
      leave(execution, executed);
      return executed;
    });
    const run: LiveRun = {
      ...base,
      finished: left.then((executed) => presentRun({ ...base, requestDigest: null, ...toState(executed) })),
    };
    live.add(run);
    ports.changeActiveRuns(1);
    return { run, left };
  };
}
export type CarryRun = ReturnType<typeof createRunCarrier>;

function toState(executed: Executed) {
  if (executed.kind === 'end') return { ...executed.end, events: [...executed.end.events] };
  const { usage, costUsd, costIsPartial } = executed.sleep;
  const events: RunEvent[] = [...executed.sleep.events];
  const output = joinText(events);
  return {
    status: 'waiting' as const,
    output,
    finishReason: null,
    error: null,
    usage,
    costUsd,
    costIsPartial,
    endedAt: null,
    events,
  };
}
