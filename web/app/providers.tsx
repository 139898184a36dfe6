import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { sessionQuery } from '#web/features/accounts/api/session.ts';
import type { PageHistory } from '#web/lib/page-history.ts';
import { PageRouter } from '#web/lib/page-router.tsx';
import { createQueryClient } from '#web/lib/query-client.ts';
import { Toaster } from '#web/ui/toaster.tsx';
import { PageRoutes } from './router.tsx';

/** A cache that asks anew who is signed in, once the hub no longer knows. */
export function createPageQueryClient(): QueryClient {
  const client = createQueryClient({ onUnauthenticated: () => void client.invalidateQueries(sessionQuery) });
  return client;
}

/** The page as a whole: the cache, the router with its pages, the toasts. */
export function Providers({ history, queryClient }: { history: PageHistory; queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <PageRouter history={history}>
        <PageRoutes />
      </PageRouter>
      <Toaster />
    </QueryClientProvider>
  );
}
