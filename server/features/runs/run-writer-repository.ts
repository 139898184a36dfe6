import type { Problem } from '#server/contract/problem.ts';
import type { Database } from '#server/platform/database.ts';
import { isGone } from '#server/platform/is-gone.ts';
import { createGroupCommit } from './group-commit.ts';
import type { RunEnd, RunSleep, RunStart } from './run-records.ts';
import { insertEnds, insertEndsByModel, insertStarts, markRunsOfTheGone } from './run-statements.ts';
import { findHandOver } from './sum-up.ts';
import { toKeySpending, toModelRows, toUsageColumns } from './to-usage-rows.ts';
import { insertSleep } from './sleep-statements.ts';
import { toStoredJson } from '#server/to-stored-json.ts';

const largestBatch = 200;
const longestPatienceMs = 60_000;
/** Somebody waits for the first byte. */
const startPatienceMs = 5000;

export type RunWriterSettings = {
  database: Pick<Database, 'pool' | 'findFault'>;
  /** The process that the runs stored here run in. */
  instanceId: string;
  /** How long ends are tried to be stored while the database is away. */
  patienceMs?: number | undefined;
};

/**
 * The hot path of the hub: stores runs, their messages, events and usage with multi-row statements, many runs in one
 * commit. Each promise resolves after the commit that holds its write. A database that goes away and comes back neither
 * loses a write nor doubles it.
 */
export function createRunWriter({ database, instanceId, patienceMs = longestPatienceMs }: RunWriterSettings) {
  const { pool } = database;
  const isPassing = (error: unknown) => database.findFault(error) !== null;
  const batches = { maximumItems: largestBatch, isPassing };
  const starts = createGroupCommit<RunStart, boolean>({
    ...batches,
    write: writeStarts,
    patienceMs: Math.min(startPatienceMs, patienceMs),
  });
  const ends = createGroupCommit<RunEnd, void>({ ...batches, write: writeEnds, patienceMs });
  const sleeps = createGroupCommit<RunSleep, void>({ ...batches, write: writeSleeps, maximumItems: 1, patienceMs });

  async function writeStarts(items: RunStart[]): Promise<boolean[]> {
    const runs = items.map(({ run }) => ({
      id: run.id,
      agent_id: run.agentId,
      version: run.version,
      conversation_id: run.conversationId,
      question_id: run.questionId,
      user_id: run.userId,
      api_key_id: run.apiKeyId,
      model: run.model,
      metadata: run.metadata,
      // Left out of the statement for the page and for keys, which the row tells by itself.
      started_by: ['page', 'api'].includes(run.startedBy.kind) ? undefined : run.startedBy,
      idempotency_key: run.idempotencyKey,
      request_digest: run.requestDigest,
      started_at: run.startedAt,
    }));
    const conversations = items.flatMap(({ run, newConversation, variables }) =>
      newConversation === null
        ? []
        : [
            {
              id: run.conversationId,
              user_id: run.userId,
              agent_id: run.agentId,
              title: newConversation.title,
              source: newConversation.source,
              leaf_message_id: run.questionId,
              variables,
              started_at: run.startedAt,
              run_id: run.id,
            },
          ],
    );
    const touched = items.flatMap(({ run, newConversation, branch, variables }) =>
      newConversation === null
        ? [
            {
              id: run.conversationId,
              leaf_message_id: run.questionId,
              is_branch: branch !== null,
              answering_agent_id: branch?.answeringAgentId,
              variables,
              started_at: run.startedAt,
              run_id: run.id,
            },
          ]
        : [],
    );
    const messages = items.flatMap(({ run, messages: given }) =>
      given.map((message) => ({
        id: message.id,
        conversation_id: run.conversationId,
        parent_id: message.parentId,
        run_id: run.id,
        role: message.role,
        content: message.content,
        file_ids: message.fileIds,
        created_at: run.startedAt,
      })),
    );
    const stored = await pool.query<{ id: string }>(insertStarts, [
      toStoredJson(runs),
      toStoredJson(conversations),
      toStoredJson(touched),
      toStoredJson(messages),
      instanceId,
      JSON.stringify(
        items.flatMap(({ run, callback }) =>
          callback === null ? [] : [{ ...callback, run_id: run.id, user_id: run.userId, created_at: run.startedAt }],
        ),
      ),
    ]);
    const ids = new Set(stored.rows.map((row) => row.id));
    if (ids.size < items.length) for (const id of await listStored(items)) ids.add(id);
    return items.map(({ run }) => ids.has(run.id));
  }

  /** Those that an earlier attempt stored whose answer was lost. */
  async function listStored(items: RunStart[]): Promise<string[]> {
    const ids = items.map(({ run }) => run.id);
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM runs WHERE id = ANY($1)', [ids]);
    return rows.map(({ id }) => id);
  }

  async function writeEnds(items: RunEnd[]): Promise<void[]> {
    const events = items.flatMap((item) =>
      item.events.map((event, place) => ({ run_id: item.id, segment: place + 1, type: event.type, data: event })),
    );
    const replies = items.flatMap((item) =>
      item.reply === null
        ? []
        : [
            {
              id: item.reply.id,
              conversation_id: item.conversationId,
              run_id: item.id,
              parent_id: item.questionId,
              content: item.reply.content,
              created_at: item.endedAt,
              answering_agent_id: findHandOver(item.events)?.agent.id,
            },
          ],
    );
    const spent = items.flatMap((item) =>
      item.apiKeyId === null
        ? []
        : [
            {
              id: item.apiKeyId,
              run_id: item.id,
              ...toKeySpending(item),
            },
          ],
    );
    const runs = items.map((item) => ({
      id: item.id,
      status: item.status,
      output: item.output,
      finish_reason: item.finishReason,
      error: item.error,
      ...toUsageColumns(item),
      ended_at: item.endedAt,
    }));
    const byModel = items.flatMap(toModelRows);
    const stored = [toStoredJson(events), toStoredJson(replies), toStoredJson(spent), toStoredJson(runs)];
    if (byModel.length === 0) await pool.query(insertEnds, stored);
    else await pool.query(insertEndsByModel, [...stored, JSON.stringify(byModel)]);
    return items.map(() => undefined);
  }

  async function writeSleeps(items: RunSleep[]): Promise<void[]> {
    for (const item of items) {
      const { id, checkpoint, waits, at, events } = item;
      await pool.query(insertSleep, [
        id,
        instanceId,
        JSON.stringify(toUsageColumns(item)),
        toStoredJson(checkpoint),
        toStoredJson(events.map((event, place) => ({ segment: place + 1, type: event.type, data: event }))),
        toStoredJson(
          waits.map((wait) => ({ id: wait.id, kind: wait.question.kind, content: wait, expires_at: wait.expiresAt })),
        ),
        at,
        JSON.stringify(toModelRows(item)),
      ]);
    }
    return items.map(() => undefined);
  }

  return {
    /** Stores a beginning; false when the person already used its idempotency key. */
    storeStart: (start: RunStart): Promise<boolean> => starts.add(start),
    /** Stores an end, but for what it belongs to and was deleted meanwhile. */
    storeEnd: (end: RunEnd): Promise<void> =>
      ends.add(end).catch((error: unknown) => {
        if (!isGone(error)) throw error;
        // Deleted while the statement ran: the next one does not see it any more.
        return ends.add(end);
      }),
    /** Stores that a run waits for a person, and where it goes on; nothing when it was deleted. */
    storeSleep: (sleep: RunSleep): Promise<void> => sleeps.add(sleep),
    /** Whether something was not stored because the database is away, so that it may be stored later. */
    isPassing,
    /** From now on nothing is tried for longer than this. */
    endWithin: (timeMs: number) => {
      starts.endWithin(timeMs);
      ends.endWithin(timeMs);
      sleeps.endWithin(timeMs);
    },
    /** Resolves when nothing is left to write. */
    settle: async () => {
      await starts.settle();
      await ends.settle();
      await sleeps.settle();
    },

    /**
     * Marks the runs of processes that have not shown that they live for a while; answers how many. Through the pool,
     * because each start waits for it.
     */
    markInterrupted: async (error: Problem, { goneAfterMs }: { goneAfterMs: number }): Promise<number> => {
      const marked = await pool.query(markRunsOfTheGone, [JSON.stringify(error), instanceId, goneAfterMs]);
      return marked.rowCount ?? 0;
    },
  };
}
