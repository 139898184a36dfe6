import MiniSearch from 'minisearch';
import { z } from 'zod';
import { tokenise } from '#server/runtime/models/offline-planner/tokenise.ts';
import { defineTool } from './tool.ts';

const mostFound = 8;

const Input = z.strictObject({
  query: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .describe('What you want to do, in a few words, e.g. "price of a token" or "list open issues".'),
});
const Output = z.object({
  tools: z.array(z.object({ name: z.string(), description: z.string() })),
  note: z.string(),
});

export type SearchableTool = { name: string; title: string; description: string };

/** Finds tools that a model has not been told of yet; those that it finds can be called from the next step on. */
export function createSearchToolsTool({
  tools,
  load,
}: {
  tools: readonly SearchableTool[];
  load: (names: string[]) => void;
}) {
  const index = new MiniSearch<SearchableTool & { id: number }>({
    fields: ['name', 'title', 'description'],
    tokenize: tokenise,
    processTerm: (term) => term,
    searchOptions: { boost: { name: 3, title: 2 }, combineWith: 'OR', prefix: true },
  });
  index.addAll(tools.map((tool, id) => ({ ...tool, name: toWords(tool.name), id })));
  return defineTool({
    id: 'search-tools',
    title: { en: 'Search tools', zh: '查找工具' },
    description: {
      en: `Finds further tools: you have ${tools.length} more than you were told of. Search before you say that you cannot do something. What it finds can be called in your next step.`,
      zh: `查找更多工具：除已列出的之外还有 ${tools.length} 个。在说做不到之前请先查找；找到的工具下一步即可调用。`,
    },
    category: 'basics',
    effect: 'read',
    untrusted: false,
    input: Input,
    output: Output,
    timeoutMs: 5_000,
    maximumResultBytes: 16_000,
    intent: ({ query }, language) => (language === 'zh' ? `查找工具：${query}` : `Looking for tools: ${query}`),
    run: async ({ query }) => {
      const found = index
        .search(query)
        .slice(0, mostFound)
        .flatMap(({ id }) => tools[id as number] ?? []);
      load(found.map(({ name }) => name));
      return {
        output: {
          tools: found.map(({ name, description }) => ({ name, description: description.slice(0, 300) })),
          note: found.length === 0 ? 'Nothing fits. Try other words.' : 'You can call these now.',
        },
      };
    },
  });
}

/** `listOpenIssues` and `list_open_issues` as words. */
const toWords = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
