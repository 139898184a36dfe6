import { queryOptions } from '@tanstack/react-query';
import { DuneAccess } from '#server/contract/sql-engine.ts';
import { request } from '#web/lib/api-client.ts';

const path = '/api/dune-key';

/** Whether the person has a key for Dune. */
export const duneAccessQuery = queryOptions({
  queryKey: ['dune-key'],
  queryFn: ({ signal }) => request({ path, schema: DuneAccess, signal }),
  staleTime: 60_000,
});

export const putDuneKey = (apiKey: string) => request({ path, method: 'PUT', body: { apiKey }, schema: DuneAccess });

export const removeDuneKey = (): Promise<void> => request({ path, method: 'DELETE' });
