import type { Actor } from '#server/contract/actor.ts';
import type { Run } from '#server/contract/run.ts';
import type { ReadOptions, RunFollower } from './follow-run.ts';
import type { LiveRun, LiveRuns } from './live-run.ts';
import { runNotFound } from './run-errors.ts';
import type { LogEntry } from './run-log.ts';
import type { StoredRun } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';

/** A started run: its address, its log, and its end. */
export type StartedRun = {
  id: string;
  /** Where it waits for a person: the id of the event that asks them last. */
  lastEventId?: string;
  read: (options: ReadOptions) => AsyncGenerator<LogEntry[], void>;
  /** Resolves with the run when it has ended or waits for a person. */
  settle: () => Promise<Run>;
  /** Resolves with the run when it has ended. */
  finish: () => Promise<Run>;
};

type Needs = { live: LiveRuns; repository: Pick<RunRepository, 'findRun'>; follower: RunFollower };

/** Opens runs to those who may see them. */
export function createRunOpener({ live, repository, follower }: Needs) {
  function toStarted(id: string): StartedRun {
    return {
      id,
      read: (options) => follower.read(id, options),
      settle: () => follower.settle(id, { untilWaiting: true }),
      finish: () => follower.settle(id, { untilWaiting: false }),
    };
  }

  function findLive(actor: Actor, id: string): LiveRun | null {
    const running = live.find(id);
    return running !== null && canSee(actor, running) ? running : null;
  }

  /** @throws {HubError} `not_found` */
  async function getStored(actor: Actor, id: string): Promise<StoredRun> {
    const stored = await repository.findRun(id);
    if (stored === null || !canSee(actor, stored)) throw runNotFound(id);
    return stored;
  }

  return {
    toStarted,
    findLive,
    getStored,
    /** A run of the actor's, living or stored. */
    open: async (actor: Actor, id: string): Promise<StartedRun> => {
      if (findLive(actor, id) !== null) return toStarted(id);
      const { status, events } = await getStored(actor, id);
      return { ...toStarted(id), ...(status === 'waiting' ? { lastEventId: String(events.length) } : {}) };
    },
  };
}
export type RunOpener = ReturnType<typeof createRunOpener>;

type SeenRun = Pick<StoredRun, 'userId' | 'agentId' | 'conversationId' | 'startedBy'>;

function canSee(actor: Actor, run: SeenRun): boolean {
  if (run.userId !== actor.userId) return false;
  const visited = run.startedBy.kind === 'embed' ? run.conversationId : undefined;
  if (visited !== actor.visit?.conversation) return false;
  return actor.key === null || actor.key.agentIds.length === 0 || actor.key.agentIds.includes(run.agentId);
}
