import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type CreateQueryInput,
  QueryVersion,
  SavedQuery,
  type UpdateQueryInput,
} from '#server/contract/saved-query.ts';
import { request } from '#web/lib/api-client.ts';

export const queriesPath = '/api/queries';
const toPath = (id: string) => `${queriesPath}/${encodeURIComponent(id)}`;
const VersionList = z.object({ items: z.array(QueryVersion) });

export const savedQueryQuery = (id: string) =>
  queryOptions({
    queryKey: ['saved-query', id],
    queryFn: ({ signal }) => request({ path: toPath(id), schema: SavedQuery, signal }),
  });

export const versionListQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['saved-query-versions', id, version],
    queryFn: ({ signal }) => request({ path: `${toPath(id)}/versions`, schema: VersionList, signal }),
  });

export const createQuery = (body: CreateQueryInput) =>
  request({ path: queriesPath, method: 'POST', body, schema: SavedQuery });

export const updateQuery = (id: string, body: UpdateQueryInput) =>
  request({ path: toPath(id), method: 'PATCH', body, schema: SavedQuery });

export const forkQuery = (id: string) => request({ path: `${toPath(id)}/fork`, method: 'POST', schema: SavedQuery });

export const restoreVersion = (id: string, version: number) =>
  request({ path: `${toPath(id)}/versions/${version}/restore`, method: 'POST', schema: SavedQuery });

export const deleteQuery = (id: string): Promise<void> =>
  request({ path: toPath(id), method: 'DELETE', keepalive: true });
