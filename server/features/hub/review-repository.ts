import { v7 } from 'uuid';
import type { ReviewInput } from '#server/contract/hub.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { countRatings } from './standing-repository.ts';

export type ReviewRecord = {
  id: string;
  agentId: string;
  userId: string;
  stars: number;
  text: string;
  version: number;
  answer: string | null;
  answeredAt: Date | null;
  updatedAt: Date;
  user: { name: string };
};

const withAuthor = { user: { select: { name: true } } } as const;

/** Reviews; the agent's rating moves in the commit that changes one. */
export function createReviewRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  async function changing<Result>(
    agentId: string,
    change: (transaction: Pick<Database['prisma'], 'hubReview'>) => Promise<Result>,
  ): Promise<Result> {
    return prisma.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT FROM agents WHERE id = ${agentId} FOR UPDATE`;
      const result = await change(transaction);
      await transaction.$executeRaw(countRatings(agentId));
      return result;
    });
  }

  return {
    write: (
      { agentId, userId }: { agentId: string; userId: string },
      review: ReviewInput & { version: number; at: Date },
    ): Promise<ReviewRecord> => {
      const { stars, text, version, at: updatedAt } = review;
      const data = { stars, text, version, updatedAt };
      return changing(agentId, ({ hubReview }) =>
        hubReview.upsert({
          where: { agentId_userId: { agentId, userId } },
          create: { ...data, id: v7(), agentId, userId, createdAt: updatedAt },
          update: data,
          include: withAuthor,
        }),
      );
    },

    /** False where there is none. */
    remove: async (agentId: string, which: { id: string } | { userId: string }): Promise<boolean> =>
      changing(
        agentId,
        async ({ hubReview }) => (await hubReview.deleteMany({ where: { agentId, ...which } })).count > 0,
      ),

    find: (id: string): Promise<ReviewRecord | null> =>
      prisma.hubReview.findUnique({ where: { id }, include: withAuthor }),

    findOf: (agentId: string, userId: string): Promise<ReviewRecord | null> =>
      prisma.hubReview.findUnique({ where: { agentId_userId: { agentId, userId } }, include: withAuthor }),

    /** Newest first. */
    list: (agentId: string, { after, limit }: { after: PagePosition | null; limit: number }): Promise<ReviewRecord[]> =>
      prisma.hubReview.findMany({
        where: {
          agentId,
          ...(after === null
            ? {}
            : { OR: [{ updatedAt: { lt: after.at } }, { updatedAt: after.at, id: { lt: after.id } }] }),
        },
        orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
        take: limit,
        include: withAuthor,
      }),

    /** False where it is answered already. */
    answer: async (id: string, answer: string, answeredAt: Date): Promise<boolean> =>
      (await prisma.hubReview.updateMany({ where: { id, answer: null }, data: { answer, answeredAt } })).count > 0,
  };
}
export type ReviewRepository = ReturnType<typeof createReviewRepository>;
