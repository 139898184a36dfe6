import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { pageOf } from '#server/contract/page.ts';
import { request } from '#web/lib/api-client.ts';

export const waitingKey = ['runs', 'waiting'];
export const waitingPath = '/api/approvals';
export const askEveryMs = 10_000;

/** Every page shows how many there are, and nothing of them. */
const Counted = pageOf(z.unknown());

/** How much waits for the person, up to a hundred. */
export const waitingCountQuery = queryOptions({
  queryKey: [...waitingKey, 'count'],
  queryFn: async ({ signal }) =>
    (await request({ path: waitingPath, query: { limit: 100 }, schema: Counted, signal })).items.length,
  refetchInterval: askEveryMs,
});
