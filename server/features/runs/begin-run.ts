import { v7 } from 'uuid';
import { findLanguage } from '#server/contract/find-language.ts';
import type { Actor } from '#server/contract/actor.ts';
import { type RunOrigin, toPlainOrigin } from '#server/contract/run-origin.ts';
import type { Source } from '#server/contract/run-event.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import type { CarryRun } from './carry-run.ts';
import type { LiveRun, LiveRunBase, LiveRuns } from './live-run.ts';
import type { PreparedRun } from './prepare-run.ts';
import { runCancelled, startNotStored } from './run-errors.ts';
import { createRunLog } from './run-log.ts';
import type { Allowance, RunPorts, Turn } from './run-ports.ts';
import type { RunEnd } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';
import { toTurn } from './to-turn.ts';

export type RunBeginning = {
  id: string;
  actor: Actor;
  prepared: PreparedRun;
  allowance: Allowance;
  input: StartRunInput;
  language: 'en' | 'zh';
  /** Told when it is neither the page nor a key. */
  startedBy?: RunOrigin | undefined;
  /** The agent whose draft it may read and propose changes to. */
  edits: string | null;
  sources: Omit<Source, 'number'>[];
  idempotencyKey: string | null;
  requestDigest: string | null;
};

type Needs = {
  live: LiveRuns;
  repository: RunRepository;
  carry: CarryRun;
  openWait: Turn['openWait'];
  storeLate: (end: RunEnd) => Promise<void>;
  now: () => Date;
  logError: RunPorts['logError'];
};

/** Begins runs that are prepared. */
export function createRunBeginner({ live, repository, carry, openWait, storeLate, now, logError }: Needs) {
  function createBase({ id, actor, prepared, input, startedBy }: RunBeginning, model: string): LiveRunBase {
    const startedAt = now().toISOString();
    const { agent, version, conversationId, questionId } = prepared;
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
      questionId,
      model,
      metadata: input.metadata,
      startedBy: startedBy ?? toPlainOrigin(actor.key?.id ?? null),
      startedAt,
      log,
      controller: new AbortController(),
    };
  }

  function storeStart(base: LiveRunBase, { actor, prepared, input, idempotencyKey, requestDigest }: RunBeginning) {
    return repository.storeStart({
      run: { ...base, questionId: prepared.questionId, apiKeyId: actor.key?.id ?? null, idempotencyKey, requestDigest },
      newConversation: prepared.newConversation,
      messages: prepared.newMessages,
      branch: prepared.branch,
      variables: prepared.keptVariables,
      callback: input.callback === undefined ? null : { id: v7(), url: input.callback },
    });
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
    const { actor, prepared, allowance, input, language, edits, sources } = beginning;
    const base = createBase(beginning, model.reference);
    const stored = storeStart(base, beginning);
    const wasStored = stored.catch(() => false);
    const { run, left } = carry({
      live: base,
      turn: toTurn({
        actor,
        prepared,
        input,
        run: base,
        allowance,
        // Tools say what they do in the language that they were asked in, whatever the page's own is.
        language: findLanguage(input.input ?? '') ?? language,
        edits,
        sources,
        // Nobody sits beside a test to be asked, who works on a draft asks in words, and a stranger decides nothing.
        openWait:
          prepared.newConversation?.source === 'test' || edits !== null || actor.visit !== undefined ? null : openWait,
        keepSummary: (summary) =>
          repository.keepSummary(base.conversationId, summary).catch((error: unknown) => {
            logError(error, `the summary of conversation ${base.conversationId} could not be stored`);
          }),
      }),
      allowance,
      workedMs: 0,
      run: model.run,
      storeSleep: async (sleep) => {
        if (!(await wasStored)) throw startNotStored();
        await repository.storeSleep(sleep);
      },
      storeEnd: async (end) => {
        if (await wasStored) await repository.storeEnd(end);
      },
    });
    if (await wasStored) return run;
    live.remove(base.id, base.conversationId);
    run.controller.abort(runCancelled());
    // Where only the answer was lost, there is a row; it must not seem to be under way for ever.
    stored.catch(() =>
      left.then((executed) => {
        if (executed.kind !== 'end') return;
        return storeLate({ ...executed.end, status: 'failed', error: startNotStored().toProblem(undefined, language) });
      }),
    );
    return (await stored) ? run : null;
  };
}
export type BeginRun = ReturnType<typeof createRunBeginner>;
