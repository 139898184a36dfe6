import type { Database } from '#server/platform/database.ts';

/** Titles that conversations are given after their first answer. */
export function createTitleRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** A title that its person gave meanwhile stays. */
    giveTitle: async (id: string, title: string): Promise<void> => {
      await prisma.conversation.updateMany({ where: { id, isTitled: false }, data: { title, isTitled: true } });
    },
  };
}
export type TitleRepository = ReturnType<typeof createTitleRepository>;
