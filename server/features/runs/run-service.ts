import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { ApprovalDecision, Run, StartRunInput } from '#server/contract/run.ts';
import { createApprovals } from './approvals.ts';
import { executeRun } from './execute-run.ts';
import { createLiveRuns, type LiveRun, type LiveRunBase } from './live-run.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { presentRun, toWholeLog } from './present-run.ts';
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
import { toTurn } from './to-turn.ts';

export type StartRunOptions = {
  source: ConversationSource;
  language: 'en' | 'zh';
  idempotencyKey?: string | undefined;
};

/** A started run: its address, its log, and its end. */
export type StartedRun = {
  id: string;
  read: (options: { after?: string | undefined; signal?: AbortSignal | undefined }) => AsyncGenerator<LogEntry[], void>;
  /** Resolves with the stored run when it has ended. */
  finish: () => Promise<Run>;
};

/**
 * Starts runs and lets them be watched, cancelled and approved. A run belongs to the hub, not to the request that
 * started it: it goes on when the client leaves.
 */
export function createRunService({ repository, ports }: { repository: RunRepository; ports: RunPorts }) {
  const live = createLiveRuns();
  const oneAtATime = createOneAtATime();
  let stopping = false;

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
    const prepared = await prepareRun({ actor, reference, input, source: options.source, repository, ports });
    const model = await ports.chooseModel(prepared.definition);
    const busy = live.findInConversation(prepared.conversationId);
    if (busy !== null) throw conversationBusy(busy);
    const base = createLiveRun({ actor, prepared, model: model.reference, metadata: input.metadata });
    const stored = repository.storeStart({
      run: {
        ...base,
        apiKeyId: actor.key?.id ?? null,
        idempotencyKey: options.idempotencyKey ?? null,
        requestDigest,
      },
      newConversation: prepared.newConversation,
      messages: prepared.newMessages,
      removedMessageIds: prepared.removedMessageIds,
    });
    const wasStored = stored.catch(() => false);
    // The model is asked while the beginning is being stored; nobody is shown anything before it is.
    const run: LiveRun = {
      ...base,
      finished: executeRun({
        live: base,
        turn: toTurn({ actor, prepared, input, run: base, language: options.language }),
        run: model.run,
        storeEnd: async (end) => {
          if (await wasStored) await repository.storeEnd(end);
        },
        ports,
      }).then((end) => {
        live.remove(base.id, base.conversationId);
        ports.changeActiveRuns(-1);
        ports.countRun(end.status, Date.parse(end.endedAt) - Date.parse(base.startedAt));
        return presentRun({ ...base, ...end, requestDigest, events: [...end.events] });
      }),
    };
    live.add(run);
    ports.changeActiveRuns(1);
    if (await wasStored) return toStarted(run);
    run.controller.abort(runCancelled());
    await stored;
    const earlier = await findEarlier(actor, options.idempotencyKey ?? '', requestDigest);
    if (earlier === null) throw idempotencyKeyReused();
    return earlier;
  }

  function createLiveRun({
    actor,
    prepared,
    model,
    metadata,
  }: {
    actor: Actor;
    prepared: PreparedRun;
    model: string;
    metadata: Record<string, string>;
  }): LiveRunBase {
    const id = v7();
    const startedAt = ports.now().toISOString();
    const { agent, version, conversationId } = prepared;
    const log = createRunLog([
      { type: 'run-start', run: id, agent: agent.handle, version, conversationId, model, startedAt },
    ]);
    return {
      id,
      userId: actor.userId,
      agentId: agent.id,
      agentHandle: agent.handle,
      version,
      conversationId,
      model,
      metadata,
      startedAt,
      log,
      controller: new AbortController(),
      approvals: createApprovals({ now: ports.now }),
    };
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
    const running = live.find(id);
    if (running !== null && canSee(actor, running)) return toStarted(running);
    const stored = await getStored(actor, id);
    const log = createRunLog(toWholeLog(stored));
    log.close();
    return { id, read: log.read, finish: async () => presentRun(stored) };
  }

  async function getStored(actor: Actor, id: string): Promise<StoredRun> {
    const stored = await repository.findRun(id);
    if (stored === null || !canSee(actor, stored)) throw runNotFound(id);
    return stored;
  }

  function toStarted(run: LiveRun): StartedRun {
    return { id: run.id, read: run.log.read, finish: () => run.finished };
  }

  return {
    start,
    open,
    get: async (actor: Actor, id: string): Promise<Run> => {
      const stored = await getStored(actor, id);
      const running = live.find(id);
      if (running === null) return presentRun(stored);
      const events = running.log.events().slice(1);
      return presentRun({
        ...stored,
        status: running.approvals.isWaiting() ? 'waiting' : stored.status,
        output: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''),
        events: [...events],
      });
    },
    cancel: async (actor: Actor, id: string): Promise<Run> => {
      const running = live.find(id);
      if (running === null || !canSee(actor, running)) return presentRun(await getStored(actor, id));
      running.controller.abort(runCancelled());
      return toStarted(running).finish();
    },
    decideApproval: async (actor: Actor, id: string, approval: string, decision: ApprovalDecision): Promise<void> => {
      const running = live.find(id);
      if (running === null || !canSee(actor, running)) {
        await getStored(actor, id);
        throw approvalNotFound(approval);
      }
      if (!running.approvals.decide(approval, decision)) throw approvalNotFound(approval);
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
      const finished = Promise.all(live.all().map((run) => run.finished));
      const clock = setTimeout(() => {
        for (const run of live.all()) run.controller.abort(hubStopping());
      }, graceMs);
      await finished;
      clearTimeout(clock);
      await repository.settle();
    },
  };
}
export type RunService = ReturnType<typeof createRunService>;

function canSee(actor: Actor, run: { userId: string; agentId: string }): boolean {
  if (run.userId !== actor.userId) return false;
  return actor.key === null || actor.key.agentIds.length === 0 || actor.key.agentIds.includes(run.agentId);
}
