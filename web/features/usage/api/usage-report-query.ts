import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type UsageQuery, UsageReport } from '#server/contract/usage-report.ts';
import { request } from '#web/lib/api-client.ts';

/** Tokens and cost of runs, grouped; the report before stays in view while the next is on its way. */
export const usageReportQuery = (query: UsageQuery) =>
  queryOptions({
    queryKey: ['usage', query],
    queryFn: ({ signal }) => request({ path: '/api/usage', query, schema: UsageReport, signal }),
    placeholderData: keepPreviousData,
  });
