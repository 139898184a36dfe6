import { useDescribeCheck } from '#web/features/evals/use-describe-check.ts';
import { useToolTitle } from '#web/lib/use-tool-title.ts';
import { useCategories } from '#web/lib/use-categories.ts';
import type { PartWords } from './to-part-text.ts';

/** What people call the things that a proposal names by their ids; an id where the name is not known. */
export function usePartWords(): PartWords {
  const { nameOf } = useCategories();
  return { toTool: useToolTitle(), toCategory: nameOf, toCheck: useDescribeCheck() };
}
