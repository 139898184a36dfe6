import { queryOptions, useQueries } from '@tanstack/react-query';
import { z } from 'zod';
import { countRunsAMonth, describeDuneCost, toDuneCost } from '#server/contract/dune-cost.ts';
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

/** What running queries at Dune by a rhythm costs, in a sentence; null: there are none, or they do not run by themselves. */
export function useDuneCost(
  queries: readonly string[],
  rhythm: { everyMinutes: number } | { cron: string } | null,
): LocalizedText | null {
  const different = [...new Set(queries)];
  const found = useQueries({ queries: rhythm === null ? [] : different.map(lastCreditsQuery) });
  if (rhythm === null || queries.length === 0) return null;
  const credits = queries.map((query) => found[different.indexOf(query)]?.data ?? null);
  const each = credits.includes(null)
    ? null
    : showDecimal(credits.map((one) => getDecimal(one ?? '0')).reduce(addDecimals));
  return describeDuneCost(toDuneCost(countRunsAMonth(rhythm), each));
}
