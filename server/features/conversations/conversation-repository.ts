import { deletedSource } from '#server/deleted-source.ts';
import type { Database } from '#server/platform/database.ts';
import { namedAgent } from '#server/named-agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import { Feedback } from '#server/contract/feedback.ts';
import type { Problem } from '#server/contract/problem.ts';
import { type FinishReason, RunEvent, type RunStatus } from '#server/contract/run-event.ts';
import type { BranchMessage } from './branch-repository.ts';
import { readRunOrigin } from '#server/contract/run-origin.ts';

const newestFirst: { updatedAt?: 'desc'; id?: 'desc' }[] = [{ updatedAt: 'desc' }, { id: 'desc' }];
const withAgent = { agent: namedAgent, answeringAgent: namedAgent };

/** Sources whose conversations no list has unless it is asked for them. */
export const unlisted = ['preview', 'test', 'talk', 'temporary', 'embed', deletedSource];
/** A visitor's conversation is its owner's in the books only. */
export const readable = { source: { notIn: ['embed', deletedSource] } };

/** Conversations and their messages, always of one person. */
export function createConversationRepository({ database: { prisma, pool } }: { database: Database }) {
  return {
    create: (conversation: {
      id: string;
      userId: string;
      agentId: string;
      title: string;
      isTitled: boolean;
      source: string;
      createdAt: Date;
      updatedAt: Date;
    }) => prisma.conversation.create({ data: conversation, include: withAgent }),

    find: (id: string, userId: string) =>
      prisma.conversation.findFirst({ where: { id, userId, ...readable }, include: withAgent }),

    /** Those of some that are the person's. */
    listByIds: (ids: string[], userId: string) =>
      prisma.conversation.findMany({ where: { id: { in: ids }, userId, ...readable }, include: withAgent }),

    /** Newest first, previews, tests and talks only when asked for; `after` is the sort key of the last one of the page before. */
    list: ({
      userId,
      agentIds,
      source,
      isArchived,
      isPinned,
      folderId,
      after,
      limit,
    }: {
      userId: string;
      agentIds: string[] | null;
      source: string | undefined;
      isArchived: boolean;
      isPinned: boolean | undefined;
      /** Null: in no folder. */
      folderId: string | null | undefined;
      after: PagePosition | null;
      limit: number;
    }) =>
      prisma.conversation.findMany({
        where: {
          userId,
          ...(agentIds === null ? {} : { agentId: { in: agentIds } }),
          source: source ?? { notIn: unlisted },
          isArchived,
          ...(isPinned !== undefined && { isPinned }),
          ...(folderId !== undefined && { folderId }),
          ...(after === null
            ? {}
            : {
                OR: [{ updatedAt: { lt: after.at } }, { updatedAt: after.at, id: { lt: after.id } }],
              }),
        },
        include: withAgent,
        orderBy: newestFirst,
        take: limit,
      }),

    /** Those in which a version of an agent answered, newest first, as `list` has them. */
    listOfVersion: async (
      { userId, agentIds }: { userId: string; agentIds: string[] | null },
      {
        agentId,
        version,
        after,
        limit,
      }: { agentId: string; version: number; after: PagePosition | null; limit: number },
    ) => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT c.id FROM conversations c
          WHERE c.user_id = $1 AND c.source <> ALL($2::text[]) AND ($3::text[] IS NULL OR c.agent_id = ANY($3))
            AND ($4::timestamptz IS NULL OR (c.updated_at, c.id) < ($4, $5))
            AND EXISTS (SELECT 1 FROM runs r WHERE r.conversation_id = c.id AND r.agent_id = $6 AND r.version = $7)
          ORDER BY c.updated_at DESC, c.id DESC LIMIT $8`,
        [userId, unlisted, agentIds, after?.at ?? null, after?.id ?? null, agentId, version, limit],
      );
      return prisma.conversation.findMany({
        where: { id: { in: rows.map(({ id }) => id) } },
        include: withAgent,
        orderBy: newestFirst,
      });
    },

    /** Those of some conversations in which a run waits for a person. */
    listWaiting: async (ids: string[]): Promise<Set<string>> => {
      if (ids.length === 0) return new Set();
      const where = { conversationId: { in: ids }, status: 'waiting' };
      const runs = await prisma.run.findMany({ where, select: { conversationId: true } });
      return new Set(runs.flatMap(({ conversationId }) => conversationId ?? []));
    },

    update: (
      id: string,
      data: {
        title?: string;
        isTitled?: boolean;
        answeringAgentId?: string | null;
        isPinned?: boolean;
        isArchived?: boolean;
        folderId?: string | null;
        leafMessageId?: string;
      },
    ) => prisma.conversation.update({ where: { id }, data, include: withAgent }),

    /** Messages with the runs that made the replies and the files that came along. */
    withRuns: async (messages: BranchMessage[]) => {
      const runIds = messages.flatMap(({ role, runId }) => (role === 'assistant' && runId !== null ? [runId] : []));
      const fileIds = messages.flatMap((message) => message.fileIds);
      const [runs, files, feedback] = await Promise.all([
        runIds.length === 0
          ? []
          : prisma.run.findMany({
              where: { id: { in: runIds } },
              include: { events: { orderBy: { segment: 'asc' } }, agent: namedAgent },
            }),
        fileIds.length === 0 ? [] : prisma.file.findMany({ where: { id: { in: fileIds } } }),
        runIds.length === 0
          ? []
          : prisma.messageFeedback.findMany({ where: { messageId: { in: messages.map(({ id }) => id) } } }),
      ]);
      const runById = new Map(
        runs.map((run) => [
          run.id,
          {
            id: run.id,
            status: run.status as RunStatus,
            agent: run.agent,
            version: run.version,
            model: run.model,
            finishReason: run.finishReason as FinishReason | null,
            startedBy: readRunOrigin(run),
            startedAt: run.startedAt,
            error: run.error as Problem | null,
            events: run.events.flatMap(({ data }) => {
              const event = RunEvent.safeParse(data);
              return event.success ? [event.data] : [];
            }),
          },
        ]),
      );
      const feedbackById = new Map(
        feedback.map(({ messageId, rating, reasons, text }) => [
          messageId,
          Feedback.safeParse({ rating, reasons, text }).data ?? null,
        ]),
      );
      const fileById = new Map(files.map((file) => [file.id, file]));
      return messages.map((message) => ({
        ...message,
        run: message.runId === null ? null : (runById.get(message.runId) ?? null),
        feedback: feedbackById.get(message.id) ?? null,
        files: message.fileIds.flatMap((id) => fileById.get(id) ?? []),
      }));
    },
  };
}
export type ConversationRepository = ReturnType<typeof createConversationRepository>;
