import type { Database } from '#server/platform/database.ts';

/** The tools that people want to find again. */
export function createToolFavouriteRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    list: async (userId: string): Promise<string[]> =>
      (await prisma.toolFavourite.findMany({ where: { userId }, select: { tool: true } })).map(({ tool }) => tool),
    add: async (userId: string, tool: string): Promise<void> => {
      await prisma.toolFavourite.createMany({ data: [{ userId, tool }], skipDuplicates: true });
    },
    remove: async (userId: string, tool: string): Promise<void> => {
      await prisma.toolFavourite.deleteMany({ where: { userId, tool } });
    },
  };
}
export type ToolFavouriteRepository = ReturnType<typeof createToolFavouriteRepository>;
