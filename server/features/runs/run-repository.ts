import type { Database } from '#server/platform/database.ts';
import { isGone } from '#server/platform/is-gone.ts';
import { RunEvent } from '#server/contract/run-event.ts';
import type { FinishReason, RunStatus } from '#server/contract/run-event.ts';
import type { Problem } from '#server/contract/problem.ts';
import { createGroupCommit } from './group-commit.ts';
import type { RunEnd, RunStart, StoredRun } from './run-records.ts';
import { insertEnds, insertStarts, markRunsOfTheGone } from './run-statements.ts';
import { toStoredJson } from './to-stored-json.ts';

const largestBatch = 200;

/**
 * The hot path of the hub: stores runs, their messages, events and usage with multi-row statements, many runs in one
 * commit. Each promise resolves after the commit that holds its write.
 */
export function createRunRepository({
  database,
  instanceId,
}: {
  database: Database;
  /** The process that the runs stored here run in. */
  instanceId: string;
}) {
  const { pool, prisma } = database;
  const starts = createGroupCommit<RunStart, boolean>({ maximumItems: largestBatch, write: writeStarts });
  const ends = createGroupCommit<RunEnd, void>({ maximumItems: largestBatch, write: writeEnds });

  async function writeStarts(items: RunStart[]): Promise<boolean[]> {
    const runs = items.map(({ run }) => ({
      id: run.id,
      agent_id: run.agentId,
      version: run.version,
      conversation_id: run.conversationId,
      user_id: run.userId,
      api_key_id: run.apiKeyId,
      model: run.model,
      metadata: run.metadata,
      idempotency_key: run.idempotencyKey,
      request_digest: run.requestDigest,
      started_at: run.startedAt,
    }));
    const conversations = items.flatMap(({ run, newConversation }) =>
      newConversation === null
        ? []
        : [
            {
              id: run.conversationId,
              user_id: run.userId,
              agent_id: run.agentId,
              title: newConversation.title,
              source: newConversation.source,
              started_at: run.startedAt,
              run_id: run.id,
            },
          ],
    );
    const touched = items.flatMap(({ run, newConversation }) =>
      newConversation === null ? [{ id: run.conversationId, started_at: run.startedAt }] : [],
    );
    const messages = items.flatMap(({ run, messages: given }) =>
      given.map((message) => ({
        id: message.id,
        conversation_id: run.conversationId,
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
      JSON.stringify(
        items.flatMap(({ run, removedMessageIds }) => removedMessageIds.map((id) => ({ id, run_id: run.id }))),
      ),
      instanceId,
    ]);
    const ids = new Set(stored.rows.map((row) => row.id));
    return items.map(({ run }) => ids.has(run.id));
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
              content: item.reply.content,
              created_at: item.endedAt,
            },
          ],
    );
    const spent = items.flatMap((item) =>
      item.apiKeyId === null
        ? []
        : [{ id: item.apiKeyId, tokens: item.usage.inputTokens + item.usage.outputTokens, cost: item.costUsd ?? 0 }],
    );
    const runs = items.map((item) => ({
      id: item.id,
      status: item.status,
      output: item.output,
      finish_reason: item.finishReason,
      error: item.error,
      input_tokens: item.usage.inputTokens,
      output_tokens: item.usage.outputTokens,
      cached_input_tokens: item.usage.cachedInputTokens,
      reasoning_tokens: item.usage.reasoningTokens,
      cost_usd: item.costUsd,
      ended_at: item.endedAt,
    }));
    await pool.query(insertEnds, [
      toStoredJson(events),
      toStoredJson(replies),
      toStoredJson(spent),
      toStoredJson(runs),
    ]);
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
    /** Resolves when nothing is left to write. */
    settle: async () => {
      await starts.settle();
      await ends.settle();
    },

    findRun: async (id: string): Promise<StoredRun | null> => {
      const row = await prisma.run.findUnique({
        where: { id },
        include: { events: { orderBy: { segment: 'asc' } }, agent: { select: { handle: true } } },
      });
      if (row === null) return null;
      return {
        id: row.id,
        agentId: row.agentId,
        agentHandle: row.agent.handle,
        version: row.version,
        conversationId: row.conversationId,
        userId: row.userId,
        status: row.status as RunStatus,
        model: row.model,
        output: row.output,
        finishReason: row.finishReason as FinishReason | null,
        error: row.error as Problem | null,
        metadata: row.metadata as Record<string, string>,
        requestDigest: row.requestDigest,
        usage: {
          inputTokens: row.inputTokens,
          outputTokens: row.outputTokens,
          cachedInputTokens: row.cachedInputTokens,
          reasoningTokens: row.reasoningTokens,
        },
        costUsd: row.costUsd === null ? null : row.costUsd.toNumber(),
        startedAt: row.startedAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
        events: row.events.flatMap(({ data }) => {
          const event = RunEvent.safeParse(data);
          return event.success ? [event.data] : [];
        }),
      };
    },

    findRunIdByIdempotencyKey: async (userId: string, idempotencyKey: string) =>
      (
        await prisma.run.findUnique({
          where: { userId_idempotencyKey: { userId, idempotencyKey } },
          select: { id: true },
        })
      )?.id ?? null,

    findConversation: (id: string, userId: string) =>
      prisma.conversation.findFirst({ where: { id, userId }, select: { id: true, agentId: true } }),

    /** The newest messages of a conversation, oldest first. */
    listNewestMessages: async (conversationId: string, limit: number) => {
      const found = await pool.query<{
        id: string;
        run_id: string | null;
        role: 'user' | 'assistant';
        content: string;
        file_ids: string[];
      }>(
        'SELECT id, run_id, role, content, file_ids FROM messages WHERE conversation_id = $1 ORDER BY id DESC LIMIT $2',
        [conversationId, limit],
      );
      return found.rows
        .reverse()
        .map((row) => ({ id: row.id, runId: row.run_id, role: row.role, content: row.content, fileIds: row.file_ids }));
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
export type RunRepository = ReturnType<typeof createRunRepository>;
