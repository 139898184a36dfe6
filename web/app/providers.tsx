import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { DataRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { sessionQuery } from '#web/features/accounts/api/session.ts';
import { createQueryClient } from '#web/lib/query-client.ts';
import { Toaster } from '#web/ui/toaster.tsx';

/** A cache that asks anew who is signed in, once the hub no longer knows. */
function createPageQueryClient(): QueryClient {
  const client = createQueryClient({ onUnauthenticated: () => void client.invalidateQueries(sessionQuery) });
  return client;
}

/** What every page has around it: the cache, the router, the toasts. */
export function Providers({ router }: { router: DataRouter }) {
  const [queryClient] = useState(createPageQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  );
}
