import type { Actor } from '#server/contract/actor.ts';
import type { Run } from '#server/contract/run.ts';
import { createRunBeginner } from './begin-run.ts';
import { cancelHere, createRunCanceller } from './cancel-run.ts';
import { createRunCarrier } from './carry-run.ts';
import { createRunFollower } from './follow-run.ts';
import { createWaitKeeper } from './keep-waits.ts';
import { createRunLister } from './list-runs.ts';
import { createLiveRuns } from './live-run.ts';
import { createRunOpener } from './open-run.ts';
import { presentLiveRun, presentStoredRun } from './present-run.ts';
import { hubStopping, runCancelled, runInterrupted } from './run-errors.ts';
import type { RunListRepository } from './run-list-repository.ts';
import type { RunPorts } from './run-ports.ts';
import type { RunRepository } from './run-repository.ts';
import type { RunRequestRepository } from './run-request-repository.ts';
import { createRunsElsewhere } from './runs-elsewhere.ts';
import { createRunStarter } from './start-run.ts';
import { createLateStore } from './store-late.ts';
import { createWaitOpener } from './to-waits.ts';
import type { WaitRepository } from './wait-repository.ts';
import { createRunWaker } from './wake-run.ts';

type Needs = {
  repository: RunRepository;
  requests: RunRequestRepository;
  waits: WaitRepository;
  lists: RunListRepository;
  ports: RunPorts;
};

/**
 * Starts runs and lets them be watched, cancelled and answered. A run belongs to the hub, not to the request that
 * started it: it goes on when the client leaves. One that waits for a person lives in no process until they answer; one
 * that lives in another process of the hub is followed through the database.
 */
export function createRunService({ repository, requests, waits, lists, ports }: Needs) {
  const live = createLiveRuns({
    onAdd: (id) => {
      elsewhere.tell(id);
      elsewhere.serveOthers();
    },
  });
  let stopping = false;
  const isStopping = () => stopping;
  const storeLate = createLateStore({ repository, isStopping, logError: ports.logError });
  const elsewhere = createRunsElsewhere({
    repository: requests,
    serve: (run) => (cancelHere(live, run) ? 'done' : 'unknown'),
    hasRuns: () => live.count() > 0,
    logError: ports.logError,
  });
  const openWait = createWaitOpener(ports);
  const carry = createRunCarrier({ live, ports, storeLate, onSleep: (...slept) => void keeper.afterSleep(...slept) });
  const begin = createRunBeginner({
    live,
    repository,
    carry,
    openWait,
    storeLate,
    now: ports.now,
    logError: ports.logError,
  });
  const waker = createRunWaker({
    live,
    carry,
    openWait,
    repository,
    waits,
    ports,
    isStopping,
    onEnd: elsewhere.tell,
  });
  const keeper = createWaitKeeper({ waits, waker, ports, isStopping });
  const follower = createRunFollower({ live, repository, elsewhere });
  const opener = createRunOpener({ live, repository, follower });

  return {
    start: createRunStarter({
      live,
      repository,
      begin,
      opener,
      findWaiting: keeper.findIn,
      ports,
      isStopping,
    }),
    open: opener.open,
    list: createRunLister(lists),
    get: async (actor: Actor, id: string): Promise<Run> => {
      const running = opener.findLive(actor, id);
      return running === null
        ? presentStoredRun(await opener.getStored(actor, id))
        : presentLiveRun(running, live.findEnd(running.id));
    },
    cancel: createRunCanceller({ live, opener, waker, elsewhere, follower }),
    decideApproval: keeper.decideApproval,
    answerForm: keeper.answerForm,
    listWaits: keeper.listWaits,
    /**
     * Stops the runs under way whose conversation or agent is deleted; resolves when those of this process have ended, and
     * of a conversation also those of others that answer.
     */
    stopRunsOf: async (deleted: { conversationId: string } | { agentId: string }): Promise<void> => {
      const listHere = () =>
        live
          .all()
          .filter((run) =>
            'agentId' in deleted ? run.agentId === deleted.agentId : run.conversationId === deleted.conversationId,
          );
      for (const run of listHere()) run.controller.abort(runCancelled());
      // Those of an agent that wait went with it; those of a conversation live here again, to end.
      if ('agentId' in deleted) elsewhere.tellAll();
      else await keeper.cancelIn(deleted.conversationId);
      await Promise.all(listHere().map(({ finished }) => finished));
      if ('conversationId' in deleted) await elsewhere.cancelIn(deleted.conversationId);
    },
    /** The run that is under way in a conversation, also where it waits for a person. */
    findActiveRun: async (conversationId: string): Promise<string | null> =>
      live.findInConversation(conversationId) ??
      (await keeper.findIn(conversationId)) ??
      elsewhere.findIn(conversationId),
    /** Who answers after a message of a conversation; null: nobody but the agent that it was begun with is known. */
    findAnsweringAgent: async (conversationId: string, messageId: string): Promise<string | null> =>
      (await repository.findPlace(conversationId, messageId))?.answeringAgentId ?? null,
    countActive: () => live.count(),
    /** Marks the runs of processes of the hub that are gone, and takes up what was answered and nobody took up. */
    markInterrupted: async (goneAfterMs: number): Promise<number> => {
      const marked = await repository.markInterrupted(runInterrupted().toProblem(), { goneAfterMs });
      if (marked > 0) elsewhere.tellAll();
      await keeper.look();
      return marked;
    },
    /**
     * At the end: takes no more runs, gives those under way some time, stops the rest, and stores all. Those that wait for
     * a person go on waiting.
     */
    stop: async (graceMs: number): Promise<void> => {
      stopping = true;
      // A database that is away holds the stop up no longer than runs may.
      repository.endWithin(graceMs * 2);
      const finished = Promise.all(live.all().map((run) => run.finished));
      const grace = setTimeout(() => {
        for (const run of live.all()) run.controller.abort(hubStopping());
      }, graceMs);
      await finished;
      clearTimeout(grace);
      elsewhere.stop();
      await keeper.stop();
      await repository.settle();
    },
  };
}
export type RunService = ReturnType<typeof createRunService>;
