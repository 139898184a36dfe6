import { queryOptions } from '@tanstack/react-query';
import { pageOf } from '#server/contract/page.ts';
import { PendingWait } from '#server/contract/run-wait.ts';
import { request } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const waitingKey = ['runs', 'waiting'];
const path = '/api/approvals';
const everyMs = 10_000;

/** What waits for the person, newest first, as it comes and goes. */
export const useWaiting = () => usePageList({ key: [...waitingKey, 'list'], path, item: PendingWait, everyMs });

/** How much waits for the person, up to a hundred. */
export const waitingCountQuery = queryOptions({
  queryKey: [...waitingKey, 'count'],
  queryFn: async ({ signal }) =>
    (await request({ path, query: { limit: 100 }, schema: pageOf(PendingWait), signal })).items.length,
  refetchInterval: everyMs,
});
