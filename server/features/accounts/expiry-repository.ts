import type { Database } from '#server/platform/database.ts';

const invitationsShownMs = 30 * 24 * 60 * 60 * 1000;

/** What loses its use with time. */
export function createExpiryRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** Removes sessions and verifications that are over, and invitations that have been over for a month. */
    removeExpired: async (now: Date): Promise<void> => {
      const over = { where: { expiresAt: { lt: now } } };
      await prisma.session.deleteMany(over);
      await prisma.verification.deleteMany(over);
      const longAgo = new Date(now.getTime() - invitationsShownMs);
      await prisma.invitation.deleteMany({ where: { expiresAt: { lt: longAgo } } });
    },
  };
}
