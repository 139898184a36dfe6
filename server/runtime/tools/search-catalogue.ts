import { z } from 'zod';
import type { DraftDesk } from '#server/runtime/drafts/draft-desk.ts';
import { rankTexts } from '#server/runtime/rank-texts.ts';
import { defineTool } from './tool.ts';

const mostListed = 30;

const Input = z.strictObject({
  kind: z.enum(['tools', 'models', 'categories']).describe('What to look for.'),
  query: z
    .string()
    .trim()
    .max(300)
    .default('')
    .describe('What it should be good for, in a few words; empty: the first of all.'),
});
const Output = z.object({
  items: z.array(z.object({ id: z.string(), title: z.string(), description: z.string() })),
  total: z.number().int(),
});
type Entry = z.infer<typeof Output>['items'][number] & { words: string };

/** Finds what a draft can be given: tools, models and categories. Given to a run by its talk, not by a creator. */
export function createSearchCatalogueTool(desk: DraftDesk) {
  async function list(kind: z.infer<typeof Input>['kind']): Promise<Entry[]> {
    switch (kind) {
      case 'tools':
        return (await desk.listTools())
          .filter(({ unavailable }) => unavailable === null)
          .map(({ id, title, description, effect }) => ({
            id,
            title: title.en,
            description: `${description.en}${effect === 'write' ? ' (changes something outside; asks the person first)' : ''}`,
            words: `${title.zh} ${description.zh}`,
          }));
      case 'models':
        return (await desk.listModels()).map(({ reference, name, seesImages, isDefault }) => ({
          id: reference,
          title: name,
          description: [isDefault ? 'the default of this hub' : '', seesImages === true ? 'sees images' : '']
            .filter((fact) => fact !== '')
            .join(', '),
          words: '',
        }));
      case 'categories':
        return (await desk.listCategories()).map((id) => ({ id, title: id, description: '', words: '' }));
    }
  }

  return defineTool({
    id: 'search-catalogue',
    title: { en: 'Search the catalogue', zh: '查找目录' },
    description: {
      en: 'Finds the tools, models and categories that this draft can be given; nothing else exists. Look here before you propose any of them.',
      zh: '查找此草稿可以使用的工具、模型和分类；除此之外没有别的。',
    },
    category: 'agents',
    effect: 'read',
    // Strangers wrote what connected tools and shared agents say of themselves.
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 20_000,
    maximumResultBytes: 40_000,
    intent: ({ kind, query }, language) => {
      const what = { tools: ['tools', '工具'], models: ['models', '模型'], categories: ['categories', '分类'] }[kind];
      const about = query === '' ? '' : language === 'zh' ? `：${query}` : `: ${query}`;
      return language === 'zh' ? `查找${what[1] ?? ''}${about}` : `Looking for ${what[0] ?? ''}${about}`;
    },
    run: async ({ kind, query }) => {
      const all = await list(kind);
      const found =
        query === ''
          ? all
          : rankTexts(all, query, ({ id, title, description, words }) => ({
              title: `${id} ${title}`,
              text: `${description} ${words}`,
            }));
      const items = found
        .slice(0, mostListed)
        .map(({ id, title, description }) => ({ id, title, description: description.slice(0, 400) }));
      return { output: { items, total: all.length } };
    },
  });
}
