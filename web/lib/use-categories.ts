import { queryOptions, useQuery } from '@tanstack/react-query';
import { HubCategoryList } from '#server/contract/hub-category.ts';
import { request } from './api-client.ts';
import { useLocalized } from './use-localized.ts';

export const categoriesKey = ['categories'];

export const categoriesQuery = queryOptions({
  queryKey: categoriesKey,
  queryFn: ({ signal }) => request({ path: '/api/hub/categories', schema: HubCategoryList, signal }),
  staleTime: 60_000,
});

/** The hub's categories, and the name of each in the page's language; one that the hub does not know is its own name. */
export function useCategories() {
  const localize = useLocalized();
  const { data, error, refetch } = useQuery(categoriesQuery);
  const nameOf = (slug: string) => {
    const found = data?.items.find((category) => category.slug === slug);
    return found === undefined ? slug : localize(found.name);
  };
  return {
    items: data?.items,
    error,
    retry: refetch,
    nameOf,
    /** Those that are offered, and one that is in use although it is hidden or unknown. */
    choices: (inUse: readonly string[] = []) => {
      const offered = (data?.items ?? []).filter(({ hidden }) => !hidden).map(({ slug }) => slug);
      return [...new Set([...offered, ...inUse])].map((value) => ({ value, label: nameOf(value) }));
    },
  };
}
