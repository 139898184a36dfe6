import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ListedTool } from '#server/contract/tool.ts';
import { request } from './api-client.ts';

const ToolList = z.object({ items: z.array(ListedTool) });

export const toolListQuery = queryOptions({
  queryKey: ['tools'],
  queryFn: ({ signal }) => request({ path: '/api/tools', schema: ToolList, signal }),
  staleTime: 5 * 60_000,
});
