import { queryOptions } from '@tanstack/react-query';
import { PersonHoldings } from '#server/contract/person-removal.ts';
import { request } from '#web/lib/api-client.ts';

/** What goes with a person; null is oneself. Asked anew each time that somebody is about to go. */
export const personHoldingsQuery = (person: string | null) =>
  queryOptions({
    queryKey: ['person-holdings', person],
    queryFn: ({ signal }) => {
      const path = person === null ? '/api/profile/removal' : `/api/people/${encodeURIComponent(person)}/removal`;
      return request({ path, schema: PersonHoldings, signal });
    },
    gcTime: 0,
  });
