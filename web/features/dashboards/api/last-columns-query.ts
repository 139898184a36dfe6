import { queryOptions } from '@tanstack/react-query';
import { Execution } from '#server/contract/execution.ts';
import { pageOf } from '#server/contract/page.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { request } from '#web/lib/api-client.ts';

/** The columns of a query's last result; null where it was never run to its end. */
export const lastColumnsQuery = (query: string) =>
  queryOptions({
    queryKey: ['last-columns', query],
    queryFn: async ({ signal }): Promise<SqlColumn[] | null> => {
      const schema = pageOf(Execution);
      const { items } = await request({ path: '/api/executions', query: { query, limit: 20 }, schema, signal });
      return items.find(({ state }) => state === 'completed')?.columns ?? null;
    },
  });
