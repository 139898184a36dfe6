import type { Feedback, FeedbackRating } from '#server/contract/feedback.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';

/** An answer that may be rated, and what gave it. */
export type RatedAnswer = { messageId: string; agentId: string; version: number | null; model: string };

/** What people said of answers. */
export function createFeedbackRepository({ database: { prisma, pool } }: { database: Database }) {
  return {
    /** Says it, or says it anew. */
    put: async ({ messageId, ...answer }: RatedAnswer, userId: string, feedback: Feedback, createdAt: Date) => {
      const said = { ...answer, ...feedback, createdAt };
      await prisma.messageFeedback.upsert({
        where: { messageId },
        create: { messageId, userId, ...said },
        update: said,
      });
    },

    remove: async (messageId: string): Promise<void> => {
      await prisma.messageFeedback.deleteMany({ where: { messageId } });
    },

    /** Newest first. */
    list: ({
      agentId,
      rating,
      after,
      limit,
    }: {
      agentId: string;
      rating: FeedbackRating | undefined;
      after: PagePosition | null;
      limit: number;
    }) =>
      prisma.messageFeedback.findMany({
        where: {
          agentId,
          ...(rating !== undefined && { rating }),
          ...(after !== null && {
            OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, messageId: { lt: after.id } }],
          }),
        },
        orderBy: [{ createdAt: 'desc' }, { messageId: 'desc' }],
        take: limit,
      }),

    countRatings: async (agentId: string): Promise<Record<FeedbackRating, number>> => {
      const groups = await prisma.messageFeedback.groupBy({ by: ['rating'], where: { agentId }, _count: true });
      const of = (rating: FeedbackRating) => groups.find((group) => group.rating === rating)?._count ?? 0;
      return { up: of('up'), down: of('down') };
    },

    /** The most frequent first. */
    countReasons: async (agentId: string): Promise<{ reason: string; count: number }[]> =>
      (
        await pool.query<{ reason: string; count: number }>(
          `SELECT reason, count(*)::int AS count FROM message_feedback, unnest(reasons) AS reason
           WHERE agent_id = $1 GROUP BY reason ORDER BY count DESC, reason`,
          [agentId],
        )
      ).rows,
  };
}
export type FeedbackRepository = ReturnType<typeof createFeedbackRepository>;
