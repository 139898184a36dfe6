import { RunEvent } from '#server/contract/run-event.ts';
import { readRunOrigin } from '#server/contract/run-origin.ts';
import type { FinishReason, RunStatus } from '#server/contract/run-event.ts';
import type { Problem } from '#server/contract/problem.ts';
import { deletedSource } from '#server/deleted-source.ts';
import type { Database } from '#server/platform/database.ts';
import type { ConversationSummary } from './run-ports.ts';
import type { StoredRun } from './run-records.ts';
import { type BranchMessage, type MessagePlace, selectBranch, selectPlace } from './branch-statements.ts';
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
        questionId: row.questionId,
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
        costIsPartial: row.costIsPartial,
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
        where: { id, userId, source: { not: deletedSource } },
        select: {
          id: true,
          source: true,
          agent: { select: { id: true, handle: true } },
          answeringAgentId: true,
          leafMessageId: true,
          variables: true,
        },
      }),

    keepSummary: async (conversationId: string, summary: ConversationSummary): Promise<void> => {
      const { throughMessageId, text } = summary;
      await prisma.conversationSummary.upsert({
        where: { throughMessageId },
        create: { conversationId, throughMessageId, text },
        update: { text },
      });
    },

    /** What a message of a conversation is, and which agent answers after it. */
    findPlace: async (conversationId: string, messageId: string): Promise<MessagePlace | null> => {
      const found = await pool.query<MessagePlace>(selectPlace, [conversationId, messageId]);
      return found.rows[0] ?? null;
    },

    /**
     * The newest messages of a branch, oldest first: up to its end, and where `summarised` from after the last message of
     * which a summary is kept.
     */
    readBranch: async (
      conversationId: string,
      leafId: string | null,
      { limit, summarised }: { limit: number; summarised: boolean },
    ): Promise<{ summary: ConversationSummary | null; messages: BranchMessage[] }> => {
      if (leafId === null) return { summary: null, messages: [] };
      const found = await pool.query<BranchMessage & { summary: string | null }>(selectBranch, [
        conversationId,
        leafId,
        limit,
        summarised,
      ]);
      const [oldest] = found.rows;
      const summary =
        oldest === undefined || oldest.summary === null ? null : { text: oldest.summary, throughMessageId: oldest.id };
      const said = summary === null ? found.rows : found.rows.slice(1);
      return { summary, messages: said.map(({ summary: _, ...message }) => message) };
    },
  };
}
export type RunRepository = ReturnType<typeof createRunRepository>;
