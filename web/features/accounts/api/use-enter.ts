import { useQueryClient } from '@tanstack/react-query';
import type { SessionState } from '#server/contract/account.ts';
import { sessionQuery } from './session.ts';

/** Goes on as the person of a new session; what somebody else read before is forgotten. */
export function useEnter(): (session: SessionState) => void {
  const cache = useQueryClient();
  return (session) => {
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
    cache.setQueryData(sessionQuery.queryKey, session);
  };
}
