import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import { type RunOrigin, toPlainOrigin } from '#server/contract/run-origin.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import { createApprovals } from './approvals.ts';
import { executeRun } from './execute-run.ts';
import type { LiveRun, LiveRunBase, LiveRuns } from './live-run.ts';
import type { PreparedRun } from './prepare-run.ts';
import { presentRun } from './present-run.ts';
import { runCancelled, startNotStored } from './run-errors.ts';
import { createRunLog } from './run-log.ts';
import type { RunPorts } from './run-ports.ts';
import type { RunEnd } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';
import { createLateStore } from './store-late.ts';
import { toTurn } from './to-turn.ts';

export type RunBeginning = {
  actor: Actor;
  prepared: PreparedRun;
  input: StartRunInput;
  language: 'en' | 'zh';
  /** Told when it is neither the page nor a key. */
  startedBy?: RunOrigin | undefined;
  idempotencyKey: string | null;
  requestDigest: string | null;
};

type Needs = {
  live: LiveRuns;
  repository: RunRepository;
  ports: RunPorts;
  isStopping: () => boolean;
};

/** Begins runs that are prepared: they live from here to their stored end. */
export function createRunBeginner({ live, repository, ports, isStopping }: Needs) {
  const storeLate = createLateStore({ repository, isStopping, logError: ports.logError });

  function createBase({ actor, prepared, input, startedBy }: RunBeginning, model: string): LiveRunBase {
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
      metadata: input.metadata,
      startedBy: startedBy ?? toPlainOrigin(actor.key?.id ?? null),
      startedAt,
      log,
      controller: new AbortController(),
      approvals: createApprovals({ now: ports.now }),
    };
  }

  function storeStart(base: LiveRunBase, { actor, prepared, idempotencyKey, requestDigest }: RunBeginning) {
    return repository.storeStart({
      run: { ...base, apiKeyId: actor.key?.id ?? null, idempotencyKey, requestDigest },
      newConversation: prepared.newConversation,
      messages: prepared.newMessages,
      removedMessageIds: prepared.removedMessageIds,
    });
  }

  function leave(base: LiveRunBase, end: RunEnd, isStored: boolean) {
    ports.changeActiveRuns(-1);
    ports.countRun(end.status, Date.parse(end.endedAt) - Date.parse(base.startedAt));
    if (isStored) {
      live.remove(base.id, base.conversationId);
      return;
    }
    live.keepEnded(end);
    void storeLate(end).then(() => live.remove(base.id, base.conversationId));
  }

  /**
   * The model is asked while the beginning is being stored; nobody is shown anything before it is.
   *
   * @returns null when the person already used the idempotency key
   */
  return async (
    beginning: RunBeginning,
    model: Awaited<ReturnType<RunPorts['chooseModel']>>,
  ): Promise<LiveRun | null> => {
    const { actor, prepared, input, language, requestDigest } = beginning;
    const base = createBase(beginning, model.reference);
    const stored = storeStart(base, beginning);
    const wasStored = stored.catch(() => false);
    const ended = executeRun({
      live: base,
      turn: toTurn({
        actor,
        prepared,
        input,
        run: base,
        language,
        keepSummary: (summary) =>
          repository.keepSummary(base.conversationId, summary).catch((error: unknown) => {
            ports.logError(error, `the summary of conversation ${base.conversationId} could not be stored`);
          }),
      }),
      run: model.run,
      storeEnd: async (end) => {
        if (await wasStored) await repository.storeEnd(end);
      },
      ports,
    }).then(({ end, isStored }) => {
      leave(base, end, isStored);
      return end;
    });
    const run: LiveRun = {
      ...base,
      finished: ended.then((end) => presentRun({ ...base, ...end, requestDigest, events: [...end.events] })),
    };
    live.add(run);
    ports.changeActiveRuns(1);
    if (await wasStored) return run;
    live.remove(base.id, base.conversationId);
    run.controller.abort(runCancelled());
    // Where only the answer was lost, there is a row; it must not seem to be under way for ever.
    stored.catch(() =>
      ended.then((end) => storeLate({ ...end, status: 'failed', error: startNotStored().toProblem() })),
    );
    return (await stored) ? run : null;
  };
}
