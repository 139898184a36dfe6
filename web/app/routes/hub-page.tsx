import type { QueryClient } from '@tanstack/react-query';
import { toHubPaths } from '#web/app/hub-paths.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { hubListQuery } from '#web/features/hub/api/hub-requests.ts';
import { HubFront } from '#web/features/hub/components/hub-front.tsx';
import { readHubFilter } from '#web/features/hub/hub-filter.ts';
import { categoriesQuery } from '#web/lib/use-categories.ts';

/** Asks for what the address is for, and the names of categories, while the page is made. */
export const prefetch = (queryClient: QueryClient) => {
  const search = typeof window === 'undefined' ? '' : window.location.search;
  return Promise.all([
    queryClient.prefetchInfiniteQuery(hubListQuery(readHubFilter(new URLSearchParams(search)))),
    queryClient.prefetchQuery(categoriesQuery),
  ]);
};

export function Page() {
  const { can } = useSignedInPerson();
  return (
    <PageFrame wide>
      <HubFront paths={toHubPaths(can.createAgents)} />
    </PageFrame>
  );
}
