import { queryOptions } from '@tanstack/react-query';
import { ModelList } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';

export const modelListQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => request({ path: '/api/models', schema: ModelList, signal }),
  staleTime: 60_000,
});
