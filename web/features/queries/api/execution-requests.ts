import { queryOptions } from '@tanstack/react-query';
import type { ChartView } from '#server/contract/chart-view.ts';
import { Execution, ResultPage } from '#server/contract/execution.ts';
import type { SqlEngineName } from '#server/contract/sql-engine.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import { request, toUrl } from '#web/lib/api-client.ts';

const path = '/api/executions';
const toPath = (id: string) => `${path}/${encodeURIComponent(id)}`;
/** A request that is held longer than this may be cut on its way. */
const waitSeconds = 20;
const rowsKeptMs = 30_000;

export type Asked = { sql: string; engine: SqlEngineName; parameters: SqlParameter[]; query?: string | undefined };

export const startExecution = ({ sql, engine, parameters, query }: Asked, signal: AbortSignal) =>
  request({
    path,
    method: 'POST',
    body: { ...(query === undefined ? { sql, engine } : { query }), parameters, waitSeconds },
    schema: Execution,
    signal,
  });

/** Answers at the end of an execution, or before it after a while. */
export const waitForExecution = (id: string, signal?: AbortSignal) =>
  request({ path: toPath(id), query: { waitSeconds }, schema: Execution, signal });

export const cancelExecution = (id: string) =>
  request({ path: `${toPath(id)}/cancel`, method: 'POST', schema: Execution, keepalive: true });

export type Sorting = { column: string; direction: 'asc' | 'desc' } | null;

const toSort = (sorting: Sorting) =>
  sorting === null ? undefined : `"${sorting.column.replaceAll('"', '""')}" ${sorting.direction}`;

export const rowsPerRequest = 200;

type RowsAsked = { offset: number; limit: number; sorting: Sorting; filter?: string };

/** Some rows of a result, which never change. */
export const rowsQuery = (id: string, { offset, limit, sorting, filter = '' }: RowsAsked) =>
  queryOptions({
    queryKey: ['execution-rows', id, offset, limit, sorting, filter],
    queryFn: ({ signal }) =>
      request({
        path: `${toPath(id)}/rows`,
        query: { offset, limit, sort: toSort(sorting), filter: filter === '' ? undefined : filter },
        schema: ResultPage,
        signal,
      }),
    staleTime: Infinity,
    // Of a million rows that somebody scrolls through, few are looked at again.
    gcTime: rowsKeptMs,
  });

export const exportAddress = (id: string, format: string) => toUrl(`${toPath(id)}/export`, { format });

/** Where a result is a PDF, with a chart of its own choice or the one that is asked for. */
export function reportAddress(id: string, language: 'en' | 'zh', view?: ChartView): string {
  const search = new URLSearchParams({ language });
  if (view !== undefined) {
    const { y, isLogarithmic, x, series, ...rest } = view;
    const chosen = { ...rest, x: x ?? '', series: series ?? '', isLogarithmic: String(isLogarithmic) };
    for (const [name, value] of Object.entries(chosen)) if (value !== '') search.set(name, value);
    for (const column of y) search.append('y', column);
  }
  return `${toPath(id)}/report.pdf?${search.toString()}`;
}
