import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { pageOf } from '#server/contract/page.ts';
import { type QueryValue, request } from './api-client.ts';

type PageListOptions<Item extends z.ZodType> = {
  key: readonly unknown[];
  path: string;
  item: Item;
  query?: Record<string, QueryValue>;
  /** Read again so often while the page is in view. */
  everyMs?: number | undefined;
};

/** A list that comes page by page, joined to one. */
export function usePageList<Item extends z.ZodType>({ key, path, item, query, everyMs }: PageListOptions<Item>) {
  const list = useInfiniteQuery({
    queryKey: key,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request({ path, query: { ...query, cursor: pageParam }, schema: pageOf(item), signal }),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: everyMs ?? false,
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  return {
    items,
    error: list.error,
    retry: list.refetch,
    more: { hasMore: list.hasNextPage, busy: list.isFetchingNextPage, onLoad: list.fetchNextPage },
  };
}
