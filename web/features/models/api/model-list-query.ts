import { queryOptions } from '@tanstack/react-query';
import { ModelList } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';

/** Every model that agents may wish for, with its price, and the hub's default. */
export const modelListQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => request({ path: '/api/models', schema: ModelList, signal }),
});
