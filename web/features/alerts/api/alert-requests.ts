import { queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { z } from 'zod';
import {
  Alert,
  AlertChainList,
  AlertFiring,
  AlertFiringPage,
  AlertPreview,
  type AlertWatch,
  AlertWithSecret,
  type CreateAlertInput,
  type UpdateAlertInput,
} from '#server/contract/alert.ts';
import { pageOf } from '#server/contract/page.ts';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import { request } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const alertsKey = ['alerts', 'list'];
export const firingsKey = ['alerts', 'firings'];
/** How often what alerts saw is read again. */
const everyMs = 5000;
const toAddress = (alert: string, rest = '') => `/api/alerts/${encodeURIComponent(alert)}${rest}`;

export const useAlerts = () => usePageList({ key: alertsKey, path: '/api/alerts', item: Alert, everyMs });

/** What one alert told, or all. */
export function useFirings(alert: string | null) {
  const list = useInfiniteQuery({
    queryKey: [...firingsKey, alert],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request({ path: '/api/alert-firings', query: { alert, cursor: pageParam }, schema: AlertFiringPage, signal }),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: everyMs,
  });
  return {
    items: list.data?.pages.flatMap(({ items }) => items),
    unread: list.data?.pages[0]?.unread ?? 0,
    error: list.error,
    retry: list.refetch,
    more: { hasMore: list.hasNextPage, busy: list.isFetchingNextPage, onLoad: list.fetchNextPage },
  };
}

export const createAlert = (input: CreateAlertInput) =>
  request({ path: '/api/alerts', method: 'POST', body: input, schema: AlertWithSecret });

export const updateAlert = (alert: string, input: UpdateAlertInput) =>
  request({ path: toAddress(alert), method: 'PATCH', body: input, schema: AlertWithSecret });

export const deleteAlert = (alert: string) => request({ path: toAddress(alert), method: 'DELETE', keepalive: true });

export const rotateSecret = (alert: string) =>
  request({ path: toAddress(alert, '/secret'), method: 'POST', schema: AlertWithSecret });

export const tryAlert = (alert: string) =>
  request({ path: toAddress(alert, '/firings'), method: 'POST', schema: AlertFiring });

export const tellAgain = (alert: string, delivery: string) =>
  request({ path: toAddress(alert, `/deliveries/${encodeURIComponent(delivery)}/send`), method: 'POST' });

export const markRead = (alert: string | null) =>
  request({ path: '/api/alert-firings/read', method: 'POST', body: alert === null ? {} : { alert } });

export const previewAlert = (watch: AlertWatch, signal?: AbortSignal) =>
  request({ path: '/api/alerts/preview', method: 'POST', body: { watch }, schema: AlertPreview, signal });

export const chainChoicesQuery = queryOptions({
  queryKey: ['alerts', 'chains'],
  queryFn: async ({ signal }) => (await request({ path: '/api/alerts/chains', schema: AlertChainList, signal })).items,
});

const QueryChoice = z.object({ id: z.string(), name: z.string(), engine: SqlEngineName });

/** The saved queries that an alert can watch. */
export const queryChoicesQuery = queryOptions({
  queryKey: ['alerts', 'queries'],
  queryFn: async ({ signal }) =>
    (await request({ path: '/api/queries', query: { limit: 100 }, schema: pageOf(QueryChoice), signal })).items,
});
