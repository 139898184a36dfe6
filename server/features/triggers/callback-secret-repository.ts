import type { Database } from '#server/platform/database.ts';

/** What people's callbacks are signed with; envelopes. */
export function createCallbackSecretRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    find: (userId: string) => prisma.callbackSecret.findUnique({ where: { userId } }),

    /** The one before ends at once. */
    set: async (userId: string, secret: string, createdAt: Date): Promise<void> => {
      await prisma.callbackSecret.upsert({
        where: { userId },
        create: { userId, secret, createdAt },
        update: { secret, createdAt },
      });
    },

    /** Every sealed secret; `replace` answers false when it is another one by now. */
    listSealed: async () =>
      (await prisma.callbackSecret.findMany()).map(({ userId, secret: envelope }) => ({
        place: userId,
        envelope,
        replace: async (secret: string): Promise<boolean> =>
          (await prisma.callbackSecret.updateMany({ where: { userId, secret: envelope }, data: { secret } })).count > 0,
      })),
  };
}
export type CallbackSecretRepository = ReturnType<typeof createCallbackSecretRepository>;
