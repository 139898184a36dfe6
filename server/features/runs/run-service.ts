import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { ApprovalDecision, Run, StartRunInput } from '#server/contract/run.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { RunRequest } from '#server/contract/run-request.ts';
import { createRunBeginner } from './begin-run.ts';
import { createLiveRuns, type LiveRun } from './live-run.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { prepareRun } from './prepare-run.ts';
import { presentLiveRun, presentRun, toRunStart, toWholeLog } from './present-run.ts';
import { digestRequest } from './request-digest.ts';
import {
  approvalNotFound,
  conversationBusy,
  hubStopping,
  idempotencyKeyReused,
  runCancelled,
  runInterrupted,
  runNotFound,
} from './run-errors.ts';
import { createRunLog, type LogEntry } from './run-log.ts';
import type { RunPorts } from './run-ports.ts';
import type { StoredRun } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';
import type { RunRequestRepository } from './run-request-repository.ts';
import { createRunsElsewhere } from './runs-elsewhere.ts';

export type StartRunOptions = {
  source: ConversationSource;
  language: 'en' | 'zh';
  idempotencyKey?: string | undefined;
  startedBy?: RunOrigin | undefined;
};

/** A started run: its address, its log, and its end. */
export type StartedRun = {
  id: string;
  read: (options: { after?: string | undefined; signal?: AbortSignal | undefined }) => AsyncGenerator<LogEntry[], void>;
  /** Resolves with the stored run when it has ended. */
  finish: () => Promise<Run>;
};

type Needs = { repository: RunRepository; requests: RunRequestRepository; ports: RunPorts };

/**
 * Starts runs and lets them be watched, cancelled and approved. A run belongs to the hub, not to the request that
 * started it: it goes on when the client leaves. One that lives in another process of the hub is followed through the
 * database.
 */
export function createRunService({ repository, requests, ports }: Needs) {
  const live = createLiveRuns();
  const oneAtATime = createOneAtATime();
  let stopping = false;
  const begin = createRunBeginner({ live, repository, ports, isStopping: () => stopping });
  const elsewhere = createRunsElsewhere({
    repository: requests,
    serve: (run, request) => (doHere(run, request) ? 'done' : 'unknown'),
    hasRuns: () => live.count() > 0,
    logError: ports.logError,
  });

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
    const { source, language, startedBy, idempotencyKey = null } = options;
    const prepared = await prepareRun({ actor, reference, input, source, repository, ports });
    const model = await ports.chooseModel(prepared.definition);
    const id = v7();
    const { agent, conversationId, definition } = prepared;
    const allowance = await ports.openAllowance({
      run: id,
      actor,
      agentId: agent.id,
      conversationId,
      budget: definition.budget,
    });
    const busy = live.findInConversation(conversationId);
    if (busy !== null) {
      allowance.close({ tokens: 0, costUsd: 0 });
      throw conversationBusy(busy);
    }
    const run = { id, actor, prepared, allowance, input, language, startedBy, idempotencyKey, requestDigest };
    const beginning = begin(run, model);
    elsewhere.serveOthers();
    const begun = await beginning;
    if (begun !== null) return toStarted(begun);
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
    const running = findLive(actor, id);
    if (running !== null) return toStarted(running);
    const stored = await getStored(actor, id);
    if (livesElsewhere(stored)) return follow(stored);
    return { id, read: readWhole(stored), finish: async () => presentRun(stored) };
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

  const livesElsewhere = (stored: StoredRun) => stored.endedAt === null && elsewhere.isPossible;

  /** Its events are stored at its end: until then there is only its first. */
  function follow(run: StoredRun): StartedRun {
    const untilStored = async (signal?: AbortSignal) => {
      await elsewhere.untilEnded(run.id, signal);
      return (await repository.findRun(run.id)) ?? run;
    };
    return {
      id: run.id,
      read: async function* ({ after, signal }) {
        const begun = createRunLog([toRunStart(run)]);
        begun.close();
        let last = after;
        for await (const batch of begun.read({ after, signal })) {
          last = batch.at(-1)?.id ?? last;
          yield batch;
        }
        const ended = await untilStored(signal);
        if (ended.endedAt !== null) yield* readWhole(ended)({ after: last, signal });
      },
      finish: async () => presentRun(await untilStored()),
    };
  }

  function toStarted(run: LiveRun): StartedRun {
    return { id: run.id, read: run.log.read, finish: () => run.finished };
  }

  function doHere(id: string, request: RunRequest): boolean {
    const running = live.find(id);
    if (running === null) return false;
    if (request.kind === 'approval') return running.approvals.decide(request.approval, request.decision);
    running.controller.abort(runCancelled());
    return true;
  }

  return {
    start,
    open,
    get: async (actor: Actor, id: string): Promise<Run> => {
      const running = findLive(actor, id);
      return running === null
        ? presentRun(await getStored(actor, id))
        : presentLiveRun(running, live.findEnd(running.id));
    },
    cancel: async (actor: Actor, id: string): Promise<Run> => {
      const request: RunRequest = { kind: 'cancel' };
      if (findLive(actor, id) !== null) doHere(id, request);
      else if (livesElsewhere(await getStored(actor, id))) await elsewhere.ask(id, request);
      return (await open(actor, id)).finish();
    },
    decideApproval: async (actor: Actor, id: string, approval: string, decision: ApprovalDecision): Promise<void> => {
      const request: RunRequest = { kind: 'approval', approval, decision };
      const isDone =
        findLive(actor, id) !== null
          ? doHere(id, request)
          : livesElsewhere(await getStored(actor, id)) && (await elsewhere.ask(id, request)) === 'done';
      if (!isDone) throw approvalNotFound(approval);
    },
    /** Stops the runs under way whose conversation or agent was deleted. */
    stopRunsOf: (deleted: { conversationId: string } | { agentId: string }): void => {
      for (const run of live.all()) {
        const isOf =
          'agentId' in deleted ? run.agentId === deleted.agentId : run.conversationId === deleted.conversationId;
        if (isOf) run.controller.abort(runCancelled());
      }
    },
    findActiveRun: (conversationId: string): string | null => live.findInConversation(conversationId),
    countActive: () => live.count(),
    /** Marks the runs of processes of the hub that are gone. */
    markInterrupted: (goneAfterMs: number) => repository.markInterrupted(runInterrupted().toProblem(), { goneAfterMs }),
    /** At the end: takes no more runs, gives those under way some time, stops the rest, and stores all. */
    stop: async (graceMs: number): Promise<void> => {
      stopping = true;
      // A database that is away holds the stop up no longer than runs may.
      repository.endWithin(graceMs * 2);
      const finished = Promise.all(live.all().map((run) => run.finished));
      const clock = setTimeout(() => {
        for (const run of live.all()) run.controller.abort(hubStopping());
      }, graceMs);
      await finished;
      clearTimeout(clock);
      elsewhere.stop();
      await repository.settle();
    },
  };
}
export type RunService = ReturnType<typeof createRunService>;

function readWhole(stored: StoredRun): StartedRun['read'] {
  const log = createRunLog(toWholeLog(stored));
  log.close();
  return log.read;
}

function canSee(actor: Actor, run: { userId: string; agentId: string }): boolean {
  if (run.userId !== actor.userId) return false;
  return actor.key === null || actor.key.agentIds.length === 0 || actor.key.agentIds.includes(run.agentId);
}
