import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { Run, StartRunInput } from '#server/contract/run.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import { createRunBeginner } from './begin-run.ts';
import { createRunCarrier } from './carry-run.ts';
import { createRunFollower, type ReadOptions } from './follow-run.ts';
import { createWaitKeeper } from './keep-waits.ts';
import { createLiveRuns, type LiveRun } from './live-run.ts';
import { createRunLister } from './list-runs.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { prepareRun } from './prepare-run.ts';
import { presentLiveRun, presentStoredRun } from './present-run.ts';
import { digestRequest } from './request-digest.ts';
import {
  conversationBusy,
  conversationWaits,
  hubStopping,
  idempotencyKeyReused,
  runCancelled,
  runInterrupted,
  runNotFound,
} from './run-errors.ts';
import type { LogEntry } from './run-log.ts';
import type { RunPorts } from './run-ports.ts';
import type { StoredRun } from './run-records.ts';
import type { RunListRepository } from './run-list-repository.ts';
import type { RunRepository } from './run-repository.ts';
import type { RunRequestRepository } from './run-request-repository.ts';
import { createRunsElsewhere } from './runs-elsewhere.ts';
import { createLateStore } from './store-late.ts';
import { createWaitOpener } from './to-waits.ts';
import type { WaitRepository } from './wait-repository.ts';
import { createRunWaker } from './wake-run.ts';

export type StartRunOptions = {
  source: ConversationSource;
  language: 'en' | 'zh';
  idempotencyKey?: string | undefined;
  startedBy?: RunOrigin | undefined;
  /** Runs instead of the stored one. */
  definition?: AgentDefinition | undefined;
};

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

type Needs = {
  repository: RunRepository;
  requests: RunRequestRepository;
  waits: WaitRepository;
  lists: RunListRepository;
  ports: RunPorts;
};

const cancelAttempts = 5;

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
  const oneAtATime = createOneAtATime();
  let stopping = false;
  const isStopping = () => stopping;
  const storeLate = createLateStore({ repository, isStopping, logError: ports.logError });
  const elsewhere = createRunsElsewhere({
    repository: requests,
    serve: (run) => (cancelHere(run) ? 'done' : 'unknown'),
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

  /** Starts a run, or finds the one that the same request has started already. */
  async function start(
    actor: Actor,
    reference: string,
    input: StartRunInput,
    options: StartRunOptions,
  ): Promise<StartedRun> {
    const { idempotencyKey } = options;
    if (idempotencyKey === undefined) return startNew(actor, reference, input, { ...options, requestDigest: null });
    const requestDigest = digestRequest(reference, input);
    return oneAtATime(JSON.stringify([actor.userId, idempotencyKey]), async () => {
      const earlier = await findEarlier(actor, idempotencyKey, requestDigest);
      return earlier ?? startNew(actor, reference, input, { ...options, requestDigest });
    });
  }

  async function startNew(
    actor: Actor,
    reference: string,
    input: StartRunInput,
    { requestDigest, ...options }: StartRunOptions & { requestDigest: string | null },
  ): Promise<StartedRun> {
    if (stopping) throw hubStopping();
    const { source, language, startedBy, definition: given, idempotencyKey = null } = options;
    if (input.callback !== undefined) await ports.checkCallback(actor, input.callback);
    const prepared = await prepareRun({ actor, reference, input, source, given, repository, ports });
    const model = await ports.chooseModel(prepared.definition);
    const waiting = prepared.newConversation === null ? await keeper.findIn(prepared.conversationId) : null;
    if (waiting !== null) throw conversationWaits(waiting);
    const id = v7();
    const { agent, conversationId, definition } = prepared;
    const { budget } = definition;
    const allowance = await ports.openAllowance({ run: id, actor, agentId: agent.id, conversationId, budget });
    const busy = live.findInConversation(conversationId);
    if (busy !== null) {
      allowance.close({ tokens: 0, costUsd: 0 });
      throw conversationBusy(busy);
    }
    const beginning = { id, actor, prepared, allowance, input, language, startedBy, idempotencyKey, requestDigest };
    const run = await begin(beginning, model);
    if (run !== null) {
      if (input.callback !== undefined) void run.finished.then(ports.onCallbackDue);
      return toStarted(run.id);
    }
    const earlier = await findEarlier(actor, idempotencyKey ?? '', requestDigest);
    if (earlier === null) throw idempotencyKeyReused();
    return earlier;
  }

  async function findEarlier(actor: Actor, idempotencyKey: string, requestDigest: string | null) {
    const id = await repository.findRunIdByIdempotencyKey(actor.userId, idempotencyKey);
    if (id === null) return null;
    const stored = await repository.findRun(id);
    if (stored !== null && stored.requestDigest !== requestDigest) throw idempotencyKeyReused();
    return open(actor, id);
  }

  /** A run of the actor's, living or stored. */
  async function open(actor: Actor, id: string): Promise<StartedRun> {
    if (findLive(actor, id) !== null) return toStarted(id);
    const { status, events } = await getStored(actor, id);
    return { ...toStarted(id), ...(status === 'waiting' ? { lastEventId: String(events.length) } : {}) };
  }

  function findLive(actor: Actor, id: string): LiveRun | null {
    const running = live.find(id);
    return running !== null && canSee(actor, running) ? running : null;
  }

  async function getStored(actor: Actor, id: string): Promise<StoredRun> {
    const stored = await repository.findRun(id);
    if (stored === null || !canSee(actor, stored)) throw runNotFound(id);
    return stored;
  }

  function toStarted(id: string): StartedRun {
    return {
      id,
      read: (options) => follower.read(id, options),
      settle: () => follower.settle(id, { untilWaiting: true }),
      finish: () => follower.settle(id, { untilWaiting: false }),
    };
  }

  function cancelHere(id: string): boolean {
    const running = live.find(id);
    running?.controller.abort(runCancelled());
    return running !== null;
  }

  /** Cancels a run that does not live here; it may begin or cease to wait meanwhile. */
  async function cancelElsewhere(actor: Actor, id: string): Promise<void> {
    for (let attempt = 1; attempt <= cancelAttempts; attempt += 1) {
      const { status, endedAt } = await getStored(actor, id);
      if (endedAt !== null) return;
      if (status === 'waiting' && (await waker.wake(id, runCancelled()))) return;
      if (cancelHere(id)) return;
      if (elsewhere.isPossible && (await elsewhere.ask(id, { kind: 'cancel' })) === 'done') return;
    }
  }

  return {
    start,
    open,
    list: createRunLister(lists),
    get: async (actor: Actor, id: string): Promise<Run> => {
      const running = findLive(actor, id);
      return running === null
        ? presentStoredRun(await getStored(actor, id))
        : presentLiveRun(running, live.findEnd(running.id));
    },
    cancel: async (actor: Actor, id: string): Promise<Run> => {
      if (findLive(actor, id) !== null) cancelHere(id);
      else await cancelElsewhere(actor, id);
      return follower.settle(id, { untilWaiting: false });
    },
    decideApproval: keeper.decideApproval,
    answerForm: keeper.answerForm,
    listWaits: keeper.listWaits,
    /** Stops the runs under way whose conversation or agent was deleted. */
    stopRunsOf: (deleted: { conversationId: string } | { agentId: string }): void => {
      for (const run of live.all()) {
        const isOf =
          'agentId' in deleted ? run.agentId === deleted.agentId : run.conversationId === deleted.conversationId;
        if (isOf) run.controller.abort(runCancelled());
      }
      // Those of an agent that wait went with it.
      if ('agentId' in deleted) elsewhere.tellAll();
      else void keeper.cancelIn(deleted.conversationId);
    },
    /** The run that is under way in a conversation, also where it waits for a person. */
    findActiveRun: async (conversationId: string): Promise<string | null> =>
      live.findInConversation(conversationId) ?? keeper.findIn(conversationId),
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

function canSee(actor: Actor, run: { userId: string; agentId: string }): boolean {
  if (run.userId !== actor.userId) return false;
  return actor.key === null || actor.key.agentIds.length === 0 || actor.key.agentIds.includes(run.agentId);
}
