import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type AddEndpointInput, Chain, type CreateChainInput } from '#server/contract/chain.ts';
import { request } from '#web/lib/api-client.ts';

const path = '/api/chains';
const ChainList = z.object({ items: z.array(Chain) });

export const chainListQuery = queryOptions({
  queryKey: ['chains'],
  queryFn: ({ signal }) => request({ path, schema: ChainList, signal }),
});

/** All chains, after the endpoints of one were asked how they are. */
export const checkChain = (chain: number) => request({ path: `${path}?check=${chain}`, schema: ChainList });

export const createChain = (body: CreateChainInput) => request({ path, method: 'POST', body, schema: Chain });

export const deleteChain = (chain: number): Promise<void> =>
  request({ path: `${path}/${chain}`, method: 'DELETE', keepalive: true });

export const addEndpoint = (chain: number, body: AddEndpointInput) =>
  request({ path: `${path}/${chain}/endpoints`, method: 'POST', body, schema: Chain });

export const deleteEndpoint = (chain: number, endpoint: string): Promise<void> =>
  request({
    path: `${path}/${chain}/endpoints/${encodeURIComponent(endpoint)}`,
    method: 'DELETE',
    keepalive: true,
  });
