import { builtInCategories } from '#server/contract/agent-definition.ts';
import type { HubCategory } from '#server/contract/hub-category.ts';
import type { CreateCategoryInput, UpdateCategoryInput } from '#server/contract/hub-moderation.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { CategoryRepository } from './category-repository.ts';
import { categoryBuiltIn, categoryNotFound, categoryTaken, categoryUsed } from './hub-errors.ts';

const builtInNames: Record<(typeof builtInCategories)[number], LocalizedText> = {
  aigc: { en: 'Creation (AIGC)', zh: '创作（AIGC）' },
  analysis: { en: 'Analysis', zh: '分析' },
  hub: { en: 'General', zh: '通用' },
};
const isBuiltIn = (slug: string) => slug in builtInNames;

/** The categories of the hub: those that came with it first, as administrators named them. */
export function createCategories({ repository }: { repository: CategoryRepository }) {
  async function listCategories(): Promise<HubCategory[]> {
    const stored = await repository.list();
    const own = stored.filter(({ slug }) => !isBuiltIn(slug)).map((category) => ({ ...category, isBuiltIn: false }));
    const shipped = builtInCategories.map((slug) => ({
      ...(stored.find((category) => category.slug === slug) ?? { slug, name: builtInNames[slug], hidden: false }),
      isBuiltIn: true,
    }));
    return [...shipped, ...own];
  }

  /** @throws {HubError} `not_found` */
  async function getCategory(slug: string): Promise<HubCategory> {
    const found = (await listCategories()).find((category) => category.slug === slug);
    if (found === undefined) throw categoryNotFound(slug);
    return found;
  }

  return {
    listCategories,

    async createCategory({ slug, name }: CreateCategoryInput): Promise<HubCategory> {
      const isAdded = !isBuiltIn(slug) && (await repository.add({ slug, name, hidden: false }));
      if (!isAdded) throw categoryTaken(slug);
      return { slug, name, hidden: false, isBuiltIn: false };
    },

    async updateCategory(
      slug: string,
      { name, hidden }: UpdateCategoryInput,
    ): Promise<{ before: HubCategory; category: HubCategory }> {
      const before = await getCategory(slug);
      const category = { ...before, name: name ?? before.name, hidden: hidden ?? before.hidden };
      await repository.write(category);
      return { before, category };
    },

    /** One that agents are in stays. */
    async deleteCategory(slug: string): Promise<void> {
      const category = await getCategory(slug);
      if (category.isBuiltIn) throw categoryBuiltIn(slug);
      const agents = await repository.countAgents(slug);
      if (agents > 0) throw categoryUsed(slug, agents);
      await repository.remove(slug);
    },
  };
}
