import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { Connection } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';

const ConnectionList = z.object({ items: z.array(Connection) });

/** Where models are reached: stored here, from the environment, or found on this machine. */
export const connectionListQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => request({ path: '/api/connections', schema: ConnectionList, signal }),
});
