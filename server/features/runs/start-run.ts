import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { Source } from '#server/contract/run-event.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import { nothingSpent } from '#server/contract/spent.ts';
import type { BeginRun } from './begin-run.ts';
import type { LiveRuns } from './live-run.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import type { RunOpener, StartedRun } from './open-run.ts';
import { prepareRun } from './prepare-run.ts';
import { digestRequest } from './request-digest.ts';
import { conversationBusy, conversationWaits, hubStopping, idempotencyKeyReused } from './run-errors.ts';
import type { RunPorts } from './run-ports.ts';
import type { RunRepository } from './run-repository.ts';

type StartRunOptions = {
  source: ConversationSource;
  language: 'en' | 'zh';
  idempotencyKey?: string | undefined;
  startedBy?: RunOrigin | undefined;
  /** The agent whose draft the run may read and propose changes to; the caller has checked that the actor may edit it. */
  edits?: string | undefined;
  /** What the question rests on: the first sources of the answer. */
  sources?: Omit<Source, 'number'>[] | undefined;
  /** Runs instead of the stored one. */
  definition?: AgentDefinition | undefined;
};

type Needs = {
  live: LiveRuns;
  repository: RunRepository;
  begin: BeginRun;
  opener: Pick<RunOpener, 'open' | 'toStarted'>;
  /** The newest run that waits in a conversation. */
  findWaiting: (conversationId: string) => Promise<string | null>;
  ports: RunPorts;
  isStopping: () => boolean;
};

/** Starts runs: checks what can be checked before the first byte, and lets them begin. */
export function createRunStarter({ live, repository, begin, opener, findWaiting, ports, isStopping }: Needs) {
  const oneAtATime = createOneAtATime();

  async function startNew(
    actor: Actor,
    reference: string,
    input: StartRunInput,
    { requestDigest, ...options }: StartRunOptions & { requestDigest: string | null },
  ): Promise<StartedRun> {
    if (isStopping()) throw hubStopping();
    const {
      source,
      language,
      startedBy,
      edits = null,
      sources = [],
      definition: given,
      idempotencyKey = null,
    } = options;
    if (input.callback !== undefined) await ports.checkCallback(actor, input.callback);
    // One that ends while this is prepared would leave it with a place that is not the end any more.
    const busyBefore = input.conversationId === undefined ? null : live.findInConversation(input.conversationId);
    const prepared = await prepareRun({ actor, reference, input, source, given, repository, ports });
    const model = await ports.chooseModel(prepared.definition, prepared.modelOwnerId);
    if (busyBefore !== null) throw conversationBusy(busyBefore);
    const waiting = prepared.newConversation === null ? await findWaiting(prepared.conversationId) : null;
    if (waiting !== null) throw conversationWaits(waiting);
    const id = v7();
    const { agent, conversationId, definition, modelOwnerId } = prepared;
    const { budget } = definition;
    const { payer } = model;
    const allowance = await ports.openAllowance({ run: id, actor, agentId: agent.id, conversationId, budget, payer });
    const busy = live.findInConversation(conversationId);
    if (busy !== null) {
      allowance.close(nothingSpent);
      throw conversationBusy(busy);
    }
    const asked = { actor, input, language, startedBy, edits, sources, idempotencyKey, requestDigest };
    const run = await begin({ id, prepared, allowance, ...asked }, model);
    if (run !== null) {
      ports.onTurnChange(run);
      if (input.callback !== undefined) void run.finished.then(ports.onCallbackDue);
      if (prepared.newConversation?.source === 'page') {
        const question = input.input ?? '';
        void run.finished.then(({ status, output }) => {
          if (status !== 'completed') return;
          const asked = { actor, agentId: agent.id, definition, modelOwnerId, conversationId };
          ports.onFirstAnswer({ ...asked, question, answer: output });
        });
      }
      return opener.toStarted(run.id);
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
    return opener.open(actor, id);
  }

  /** Starts a run, or finds the one that the same request has started already. */
  return async (
    actor: Actor,
    reference: string,
    input: StartRunInput,
    options: StartRunOptions,
  ): Promise<StartedRun> => {
    const { idempotencyKey } = options;
    if (idempotencyKey === undefined) return startNew(actor, reference, input, { ...options, requestDigest: null });
    const requestDigest = digestRequest(reference, input);
    return oneAtATime(JSON.stringify([actor.userId, idempotencyKey]), async () => {
      const earlier = await findEarlier(actor, idempotencyKey, requestDigest);
      return earlier ?? startNew(actor, reference, input, { ...options, requestDigest });
    });
  };
}
