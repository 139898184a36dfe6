import type { SignedInBrowser } from '#server/contract/account.ts';
import type { Database } from '#server/platform/database.ts';

const mostShown = 100;

/** A person's sessions as rows; their tokens stay in the database. */
export function createSessionRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** Those that are not over, the newest first. */
    async listSessions(userId: string): Promise<Omit<SignedInBrowser, 'isCurrent'>[]> {
      const records = await prisma.session.findMany({
        where: { userId, expiresAt: { gt: new Date() } },
        select: { id: true, userAgent: true, ipAddress: true, createdAt: true, updatedAt: true },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: mostShown,
      });
      return records.map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => ({
        id,
        userAgent: userAgent || null,
        address: ipAddress || null,
        createdAt: createdAt.toISOString(),
        seenAt: updatedAt.toISOString(),
      }));
    },

    async endSession(userId: string, id: string): Promise<boolean> {
      return (await prisma.session.deleteMany({ where: { userId, id } })).count > 0;
    },

    async endOtherSessions(userId: string, kept: string): Promise<void> {
      await prisma.session.deleteMany({ where: { userId, NOT: { id: kept } } });
    },
  };
}
export type SessionRepository = ReturnType<typeof createSessionRepository>;
