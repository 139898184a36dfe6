import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { countRunsEvery, describeDuneCost, toDuneCost } from '#server/contract/dune-cost.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { addDecimals, getDecimal, showDecimal } from '#server/contract/exact-decimal.ts';
import { pageOf } from '#server/contract/page.ts';
import { request } from './api-client.ts';

const Charged = z.object({ credits: z.string().nullable() });

/** What Dune charged the last time that a query ran; null: nobody knows. */
const lastCreditsQuery = (query: string) =>
  queryOptions({
    queryKey: ['executions', 'credits', query],
    queryFn: async ({ signal }) => {
      const { items } = await request({
        path: '/api/executions',
        query: { query, limit: 10 },
        schema: pageOf(Charged),
        signal,
      });
      return items.find(({ credits }) => credits !== null)?.credits ?? null;
    },
  });

const Counted = z.object({ runsAMonth: z.number().nullable() });

/** How often a schedule comes in a month, as the hub counts it. */
const monthlyRunsQuery = (schedule: { cron: string; timeZone: string } | null) =>
  queryOptions({
    queryKey: ['schedule-times', 'a-month', schedule],
    queryFn: async ({ signal }) =>
      (await request({ path: '/api/schedule-times', query: { ...schedule }, schema: Counted, signal })).runsAMonth,
    enabled: schedule !== null,
    retry: false,
  });

/** What running queries at Dune by a rhythm costs, in a sentence; null: there are none, or they do not run by themselves. */
export function useDuneCost(
  queries: readonly string[],
  rhythm: { everyMinutes: number } | { cron: string; timeZone: string } | null,
): LocalizedText | null {
  const different = [...new Set(queries)];
  const isSpent = rhythm !== null && queries.length > 0;
  const found = useQueries({ queries: isSpent ? different.map(lastCreditsQuery) : [] });
  const { data: counted = null } = useQuery(monthlyRunsQuery(isSpent && 'cron' in rhythm ? rhythm : null));
  if (!isSpent) return null;
  const credits = queries.map((query) => found[different.indexOf(query)]?.data ?? null);
  const each = credits.includes(null)
    ? null
    : showDecimal(credits.map((one) => getDecimal(one ?? '0')).reduce(addDecimals));
  return describeDuneCost(toDuneCost('cron' in rhythm ? counted : countRunsEvery(rhythm.everyMinutes), each));
}
