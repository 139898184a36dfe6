import type { Database } from '#server/platform/database.ts';

export type DuneKeyRecord = { secret: string; updatedAt: Date };

/** Each person's sealed key for Dune. */
export function createDuneKeyRepository({ database: { prisma } }: { database: Database }) {
  return {
    find: (ownerId: string): Promise<DuneKeyRecord | null> => prisma.duneKey.findUnique({ where: { ownerId } }),

    put: async (ownerId: string, key: DuneKeyRecord): Promise<void> => {
      await prisma.duneKey.upsert({ where: { ownerId }, create: { ownerId, ...key }, update: key });
    },

    remove: async (ownerId: string): Promise<void> => {
      await prisma.duneKey.deleteMany({ where: { ownerId } });
    },

    listSealed: async () =>
      (await prisma.duneKey.findMany()).map(({ ownerId, secret: envelope }) => ({
        place: ownerId,
        envelope,
        replace: async (secret: string): Promise<boolean> =>
          (await prisma.duneKey.updateMany({ where: { ownerId, secret: envelope }, data: { secret } })).count > 0,
      })),
  };
}
export type DuneKeyRepository = ReturnType<typeof createDuneKeyRepository>;
