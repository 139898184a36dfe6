import type { HubCategory } from '#server/contract/hub-category.ts';
import type { Database } from '#server/platform/database.ts';

type StoredCategory = Omit<HubCategory, 'isBuiltIn'>;

/** Categories that administrators added or changed. */
export function createCategoryRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** In the order in which they were stored. */
    async list(): Promise<StoredCategory[]> {
      const rows = await prisma.hubCategory.findMany({ orderBy: [{ createdAt: 'asc' }, { slug: 'asc' }] });
      return rows.map(({ slug, nameEn, nameZh, hidden }) => ({ slug, hidden, name: { en: nameEn, zh: nameZh } }));
    },

    /** False where there is one. */
    async add({ slug, name, hidden }: StoredCategory): Promise<boolean> {
      const data = [{ slug, nameEn: name.en, nameZh: name.zh, hidden }];
      return (await prisma.hubCategory.createMany({ data, skipDuplicates: true })).count > 0;
    },

    async write({ slug, name, hidden }: StoredCategory): Promise<void> {
      const data = { nameEn: name.en, nameZh: name.zh, hidden };
      await prisma.hubCategory.upsert({ where: { slug }, create: { slug, ...data }, update: data });
    },

    async remove(slug: string): Promise<void> {
      await prisma.hubCategory.deleteMany({ where: { slug } });
    },

    countAgents: (category: string): Promise<number> => prisma.agent.count({ where: { category } }),
  };
}
export type CategoryRepository = ReturnType<typeof createCategoryRepository>;
