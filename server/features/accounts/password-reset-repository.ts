import { v7 } from 'uuid';
import type { Person } from '#server/contract/account.ts';
import type { Database } from '#server/platform/database.ts';
import { storePassword, toPerson } from './person-record.ts';

const prefix = 'password-reset:';

/** Open links to a new password, as rows of `verifications`: found by the token's hash only, one a person. */
export function createPasswordResetRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  const findOpen = (tokenHash: string) => ({ identifier: prefix + tokenHash, expiresAt: { gt: new Date() } });

  return {
    /** Earlier links of the person stop working. */
    async createPasswordReset(userId: string, tokenHash: string, expiresAt: Date): Promise<void> {
      await prisma.$transaction([
        prisma.verification.deleteMany({ where: { value: userId, identifier: { startsWith: prefix } } }),
        prisma.verification.create({ data: { id: v7(), identifier: prefix + tokenHash, value: userId, expiresAt } }),
      ]);
    },

    async findOpenPasswordReset(tokenHash: string): Promise<{ userId: string; expiresAt: Date } | null> {
      const record = await prisma.verification.findFirst({ where: findOpen(tokenHash) });
      return record === null ? null : { userId: record.value, expiresAt: record.expiresAt };
    },

    async closePasswordResets(userId: string): Promise<void> {
      await prisma.verification.deleteMany({ where: { value: userId, identifier: { startsWith: prefix } } });
    },

    /**
     * Uses the link up, stores the password and ends the person's sessions; null when the link is not open.
     *
     * The link's row is deleted first, so that of two requests at the same time one finds nothing.
     */
    async resetPassword(tokenHash: string, passwordHash: string): Promise<Person | null> {
      return prisma.$transaction(async (transaction) => {
        const open = await transaction.verification.findFirst({ where: findOpen(tokenHash) });
        if (open === null) return null;
        const consumed = await transaction.verification.deleteMany({ where: { id: open.id } });
        if (consumed.count === 0) return null;
        const record = await transaction.user.findUnique({ where: { id: open.value } });
        if (record === null) return null;
        await storePassword(transaction, record.id, passwordHash);
        await transaction.session.deleteMany({ where: { userId: record.id } });
        return toPerson(record);
      });
    },
  };
}
export type PasswordResetRepository = ReturnType<typeof createPasswordResetRepository>;
