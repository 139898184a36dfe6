import { queryOptions } from '@tanstack/react-query';
import {
  ChainIndex,
  ChainIndexList,
  type CreateIndexInput,
  type UpdateIndexInput,
} from '#server/contract/chain-index.ts';
import { request } from '#web/lib/api-client.ts';

const path = '/api/indexes';
const busyMs = 1_500;
const calmMs = 15_000;

export const indexListQuery = queryOptions({
  queryKey: ['indexes'],
  queryFn: ({ signal }) => request({ path, schema: ChainIndexList, signal }),
  refetchInterval: ({ state }) => {
    const isBusy = state.data?.items.some((index) => index.state === 'running' && index.blocksLeft !== 0);
    return isBusy === true ? busyMs : calmMs;
  },
});

export const createIndex = (body: CreateIndexInput) => request({ path, method: 'POST', body, schema: ChainIndex });

export const updateIndex = (id: string, body: UpdateIndexInput) =>
  request({ path: `${path}/${encodeURIComponent(id)}`, method: 'PATCH', body, schema: ChainIndex });

export const deleteIndex = (id: string): Promise<void> =>
  request({ path: `${path}/${encodeURIComponent(id)}`, method: 'DELETE', keepalive: true });
