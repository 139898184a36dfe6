import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { QueryChart, type SaveChartInput } from '#server/contract/chart-view.ts';
import { request } from '#web/lib/api-client.ts';

const toPath = (query: string) => `/api/queries/${encodeURIComponent(query)}/charts`;
const ChartList = z.object({ items: z.array(QueryChart) });

export const chartListQuery = (query: string) =>
  queryOptions({
    queryKey: ['query-charts', query],
    queryFn: ({ signal }) => request({ path: toPath(query), schema: ChartList, signal }),
  });

export const saveChart = (query: string, body: SaveChartInput) =>
  request({ path: toPath(query), method: 'POST', body, schema: QueryChart });

export const deleteChart = (query: string, chart: string) =>
  request({ path: `${toPath(query)}/${encodeURIComponent(chart)}`, method: 'DELETE' });
