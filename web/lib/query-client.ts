import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isProblem } from './api-problem.ts';

const attempts = 2;

/** Whether another try may help: the hub was not reached, or it had trouble of its own. */
export function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return error.kind === 'network' || (error.kind === 'answer' && error.problem.status >= 500);
}

/**
 * The page's cache of the hub's answers: fresh for 15 s, read again when the window comes back.
 *
 * `onUnauthenticated` is told when the hub no longer knows who asks.
 */
export function createQueryClient({ onUnauthenticated }: { onUnauthenticated?: () => void } = {}): QueryClient {
  const onError = (error: unknown) => {
    if (isProblem(error, 'unauthenticated')) onUnauthenticated?.();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // A hub on this machine is there without any network.
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 15_000,
        retry: (failures, error) => failures < attempts && isWorthRetrying(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
