import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type CreateToolsetInput,
  type SignInEnd,
  SignInStart,
  Toolset,
  ToolsetPreset,
  ToolsetWithTools,
  type UpdateToolsetInput,
} from '#server/contract/toolset.ts';
import { toolListQuery } from '#web/lib/tool-list-query.ts';
import { request } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

const listKey = ['toolsets', 'list'];
const toAddress = (toolset: string, rest = '') => `/api/toolsets/${encodeURIComponent(toolset)}${rest}`;
const PresetList = z.object({ items: z.array(ToolsetPreset) });

export const useToolsets = () => usePageList({ key: listKey, path: '/api/toolsets', item: Toolset });

export const toolsetQuery = (toolset: string) =>
  queryOptions({
    queryKey: ['toolsets', 'one', toolset],
    queryFn: ({ signal }) => request({ path: toAddress(toolset), schema: ToolsetWithTools, signal }),
  });

export const presetListQuery = queryOptions({
  queryKey: ['toolsets', 'presets'],
  queryFn: ({ signal }) => request({ path: '/api/toolset-presets', schema: PresetList, signal }),
  staleTime: Infinity,
});

export const createToolset = (input: CreateToolsetInput, signal: AbortSignal) =>
  request({ path: '/api/toolsets', method: 'POST', body: input, schema: ToolsetWithTools, signal });

export const updateToolset = (toolset: string, input: UpdateToolsetInput, { keepalive = false } = {}) =>
  request({ path: toAddress(toolset), method: 'PATCH', body: input, schema: ToolsetWithTools, keepalive });

export const loadToolset = (toolset: string, text: string | undefined, signal: AbortSignal) =>
  request({ path: toAddress(toolset, '/load'), method: 'POST', body: { text }, schema: ToolsetWithTools, signal });

export const deleteToolset = (toolset: string) =>
  request({ path: toAddress(toolset), method: 'DELETE', keepalive: true });

export const beginSignIn = (toolset: string) =>
  request({ path: toAddress(toolset, '/sign-in'), method: 'POST', schema: SignInStart });

export const endSignIn = (answer: SignInEnd) =>
  request({ path: '/api/toolset-sign-ins', method: 'POST', body: answer, schema: ToolsetWithTools });

/** Reads anew what changes with any toolset: their list, and the tools that agents can be given. */
export const reloadToolsets = (cache: QueryClient) =>
  Promise.all([cache.invalidateQueries({ queryKey: listKey }), cache.invalidateQueries(toolListQuery)]);

/** Keeps a toolset as the hub has just told it. */
export function keepToolset(cache: QueryClient, toolset: ToolsetWithTools): void {
  cache.setQueryData(toolsetQuery(toolset.id).queryKey, toolset);
  void reloadToolsets(cache);
}
