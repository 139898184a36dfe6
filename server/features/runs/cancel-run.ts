import type { Actor } from '#server/contract/actor.ts';
import type { Run } from '#server/contract/run.ts';
import type { RunFollower } from './follow-run.ts';
import type { LiveRuns } from './live-run.ts';
import type { RunOpener } from './open-run.ts';
import { runCancelled } from './run-errors.ts';
import type { RunsElsewhere } from './runs-elsewhere.ts';
import type { RunWaker } from './wake-run.ts';

type Needs = {
  live: LiveRuns;
  opener: Pick<RunOpener, 'findLive' | 'getStored'>;
  waker: Pick<RunWaker, 'wake'>;
  elsewhere: RunsElsewhere;
  follower: Pick<RunFollower, 'settle'>;
};

const attempts = 5;

/** Whether the run lives in this process; it is told to end, and has not ended yet. */
export function cancelHere(live: LiveRuns, id: string): boolean {
  const running = live.find(id);
  running?.controller.abort(runCancelled());
  return running !== null;
}

/** Cancels runs wherever they live, and those that wait. */
export function createRunCanceller({ live, opener, waker, elsewhere, follower }: Needs) {
  /** Cancels a run that does not live here; it may begin or cease to wait meanwhile. */
  async function cancelElsewhere(actor: Actor, id: string): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const { status, endedAt } = await opener.getStored(actor, id);
      if (endedAt !== null) return;
      if (status === 'waiting' && (await waker.wake(id, runCancelled()))) return;
      if (cancelHere(live, id)) return;
      if (elsewhere.isPossible && (await elsewhere.ask(id, { kind: 'cancel' })) === 'done') return;
    }
  }

  return async (actor: Actor, id: string): Promise<Run> => {
    if (opener.findLive(actor, id) !== null) cancelHere(live, id);
    else await cancelElsewhere(actor, id);
    return follower.settle(id, { untilWaiting: false });
  };
}
