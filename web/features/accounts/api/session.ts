import { queryOptions, useQuery } from '@tanstack/react-query';
import { SessionState } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

/** Who is signed in, what they may do, and whether the hub still needs its first administrator. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => request({ path: '/api/session', schema: SessionState, signal }),
  staleTime: 60_000,
});

/** The session, once it is known. */
export function useSession() {
  return useQuery(sessionQuery);
}
