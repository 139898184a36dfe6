import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { pageOf } from '#server/contract/page.ts';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import { request } from '#web/lib/api-client.ts';

const QueryEngine = z.object({ id: z.string(), engine: SqlEngineName });

/** The person's saved queries that run at Dune. */
export const duneQueriesQuery = queryOptions({
  queryKey: ['saved-queries', 'dune'],
  queryFn: async ({ signal }) => {
    const schema = pageOf(QueryEngine);
    const { items } = await request({ path: '/api/queries', query: { limit: 100 }, schema, signal });
    return items.filter(({ engine }) => engine === 'dune').map(({ id }) => id);
  },
});
