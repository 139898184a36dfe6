import { useQuery } from '@tanstack/react-query';
import { useDescribeCheck } from '#web/features/evals/use-describe-check.ts';
import { toolListQuery } from '#web/features/tools/api/tool-list-query.ts';
import { useCategories } from '#web/lib/use-categories.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import type { PartWords } from './to-part-text.ts';

/** What people call the things that a proposal names by their ids; an id where the name is not known. */
export function usePartWords(): PartWords {
  const localize = useLocalized();
  const tools = useQuery(toolListQuery);
  const { nameOf } = useCategories();
  return {
    toTool: (id) => {
      const known = tools.data?.items.find((tool) => tool.id === id);
      return known === undefined ? id : localize(known.title);
    },
    toCategory: nameOf,
    toCheck: useDescribeCheck(),
  };
}
