import type { Problem } from '#server/contract/problem.ts';
import type { RunCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { HubError } from '#server/hub-error.ts';
import type { CarryRun } from './carry-run.ts';
import { readAgain } from './earlier-messages.ts';
import type { LiveRunBase, LiveRuns } from './live-run.ts';
import { toRunStart } from './present-run.ts';
import { checkpointUnreadable } from './run-errors.ts';
import { toLateAllowance, toSpent } from './run-limits.ts';
import { createRunLog } from './run-log.ts';
import type { RunPorts, Turn } from './run-ports.ts';
import type { StoredRun } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';
import { joinText, sumUsage } from './sum-up.ts';
import { toResumedTurn } from './to-turn.ts';
import type { ClaimedSleep, WaitRepository } from './wait-repository.ts';

type Needs = {
  live: LiveRuns;
  carry: CarryRun;
  openWait: Turn['openWait'];
  repository: RunRepository;
  waits: WaitRepository;
  ports: Pick<RunPorts, 'chooseModel' | 'onTurnChange' | 'openAllowance' | 'readEarlierAttachments' | 'now'>;
  isStopping: () => boolean;
  /** Told of a run that ended without living here again. */
  onEnd: (id: string) => void;
};

/** Takes up runs that wait for a person: with what was answered, or to end them. */
export function createRunWaker({ live, carry, openWait, repository, waits, ports, isStopping, onEnd }: Needs) {
  /** Runs whose claim was not answered, or that could not be read after it: they may belong to this process. */
  const unclear = new Set<string>();

  function revive(
    stored: StoredRun,
    { checkpoint, answers }: ClaimedSleep & { checkpoint: RunCheckpoint },
    reason: HubError | undefined,
  ) {
    const { conversationId } = stored;
    const base: LiveRunBase = {
      ...stored,
      conversationId: conversationId ?? '',
      log: createRunLog([toRunStart(stored), ...stored.events]),
      controller: new AbortController(),
    };
    if (reason !== undefined) base.controller.abort(reason);
    const { actor, definition } = checkpoint;
    const readHistory = async () => {
      const place = { conversationId: base.conversationId, leafId: base.questionId };
      return (await readAgain(actor, place, { definition, repository, ports })).history;
    };
    const allowance = toLateAllowance(() =>
      ports.openAllowance({
        run: base.id,
        actor,
        agentId: base.agentId,
        conversationId: base.conversationId,
        budget: definition.budget,
        spent: toSpent(stored),
      }),
    );
    carry({
      live: base,
      turn: toResumedTurn({ checkpoint, answers, readHistory, run: base, allowance, openWait }),
      allowance,
      workedMs: checkpoint.workedMs,
      run: async function* (turn) {
        const model = await ports.chooseModel(definition, checkpoint.modelOwnerId);
        return yield* model.run(turn);
      },
      storeSleep: repository.storeSleep,
      storeEnd: repository.storeEnd,
    });
    ports.onTurnChange(base);
  }

  /** Ends a run that no version of the hub at hand can go on with. */
  async function giveUp(stored: StoredRun, error: Problem) {
    await repository.storeEnd({
      ...stored,
      conversationId: stored.conversationId ?? '',
      apiKeyId: null,
      status: 'interrupted',
      output: joinText(stored.events),
      error,
      ...sumUsage(stored.events),
      endedAt: ports.now().toISOString(),
      reply: null,
    });
    onEnd(stored.id);
  }

  async function claim(id: string, reason: HubError | undefined): Promise<boolean> {
    const claimed = await waits.claim(id, { again: unclear.has(id) });
    const stored = claimed === null ? null : await repository.findRun(id);
    if (claimed === null || stored === null) return false;
    const { checkpoint, answers } = claimed;
    if (checkpoint === null) await giveUp(stored, checkpointUnreadable().toProblem());
    else revive(stored, { checkpoint, answers }, reason);
    return true;
  }

  return {
    /**
     * Takes a run up, if it waits and nobody else was faster. While this process stops, nothing but an end is begun; the
     * next one takes it up.
     *
     * @param reason - ends the run instead
     */
    wake: async (id: string, reason?: HubError): Promise<boolean> => {
      if (isStopping() || live.find(id) !== null || live.waking.has(id)) return false;
      live.waking.add(id);
      try {
        const isTaken = await claim(id, reason);
        unclear.delete(id);
        return isTaken;
      } catch (error) {
        unclear.add(id);
        throw error;
      } finally {
        live.waking.delete(id);
      }
    },
    listUnclear: () => [...unclear],
  };
}
export type RunWaker = ReturnType<typeof createRunWaker>;
