import { RunEvent } from '#server/contract/run-event.ts';
import { readRunOrigin } from '#server/contract/run-origin.ts';
import type { FinishReason, RunStatus } from '#server/contract/run-event.ts';
import type { Problem } from '#server/contract/problem.ts';
import type { Database } from '#server/platform/database.ts';
import type { ConversationSummary } from './run-ports.ts';
import type { StoredRun } from './run-records.ts';
import { createRunWriter, type RunWriterSettings } from './run-writer-repository.ts';

/** Runs as they are stored: written by the hot path (`createRunWriter`), read one by one. */
export function createRunRepository({ database, ...settings }: RunWriterSettings & { database: Database }) {
  const { pool, prisma } = database;
  return {
    ...createRunWriter({ database, ...settings }),

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
        startedBy: readRunOrigin(row),
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
      prisma.conversation.findFirst({
        where: { id, userId },
        select: { id: true, source: true, agent: { select: { id: true, handle: true } }, answeringAgentId: true },
      }),

    findSummary: async (conversationId: string): Promise<ConversationSummary | null> =>
      prisma.conversationSummary.findUnique({
        where: { conversationId },
        select: { text: true, throughMessageId: true },
      }),
    keepSummary: async (conversationId: string, summary: ConversationSummary): Promise<void> => {
      await prisma.conversationSummary.upsert({
        where: { conversationId },
        create: { conversationId, ...summary },
        update: summary,
      });
    },

    /** The newest messages of a conversation after one of them, oldest first. */
    listNewestMessages: async (conversationId: string, limit: number, afterId = '') => {
      const found = await pool.query<{
        id: string;
        run_id: string | null;
        role: 'user' | 'assistant';
        content: string;
        file_ids: string[];
      }>(
        'SELECT id, run_id, role, content, file_ids FROM messages WHERE conversation_id = $1 AND id > $3 ORDER BY id DESC LIMIT $2',
        [conversationId, limit, afterId],
      );
      return found.rows
        .reverse()
        .map((row) => ({ id: row.id, runId: row.run_id, role: row.role, content: row.content, fileIds: row.file_ids }));
    },
  };
}
export type RunRepository = ReturnType<typeof createRunRepository>;
