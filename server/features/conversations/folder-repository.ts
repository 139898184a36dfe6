import type { Database } from '#server/platform/database.ts';

export type FolderRecord = { id: string; name: string; createdAt: Date };

/** Folders, always of one person. */
export function createFolderRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    list: (userId: string): Promise<FolderRecord[]> =>
      prisma.conversationFolder.findMany({ where: { userId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    count: (userId: string): Promise<number> => prisma.conversationFolder.count({ where: { userId } }),
    has: async (userId: string, id: string): Promise<boolean> =>
      (await prisma.conversationFolder.count({ where: { id, userId } })) > 0,
    create: (folder: FolderRecord & { userId: string }): Promise<FolderRecord> =>
      prisma.conversationFolder.create({ data: folder }),
    /** Null when it is not there. */
    rename: async (userId: string, id: string, name: string): Promise<FolderRecord | null> => {
      const [renamed] = await prisma.conversationFolder.updateManyAndReturn({ where: { id, userId }, data: { name } });
      return renamed ?? null;
    },
    /** What lies in it stays, in no folder. False when it is not there. */
    remove: async (userId: string, id: string): Promise<boolean> =>
      (await prisma.conversationFolder.deleteMany({ where: { id, userId } })).count > 0,
  };
}
export type FolderRepository = ReturnType<typeof createFolderRepository>;
