import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';

const attempts = 2;

/** Whether another try may help: the hub was not reached, or it had trouble of its own. */
export function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return error.kind === 'network' || (error.kind === 'answer' && error.problem.status >= 500);
}

/** The page's cache of the hub's answers: fresh for 15 s, read again when the window comes back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < attempts && isWorthRetrying(error),
      },
      mutations: { retry: false },
    },
  });
}
