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

const ChainInput = z.object({ properties: z.object({ chain: z.object({ enum: z.array(z.string()) }) }) });

/** Of chains whose short name is no word. */
const ownNames: Record<string, string> = { bsc: 'BNB Chain' };

/** The chains that a tool can be asked about, for a choice of one. */
export function listChainNames(
  list: z.infer<typeof ToolList> | undefined,
  tool: string,
): { value: string; label: string }[] {
  const found = list?.items.find(({ id }) => id === tool);
  const names = ChainInput.safeParse(found?.inputSchema).data?.properties.chain.enum ?? [];
  return names.map((value) => ({ value, label: ownNames[value] ?? value.charAt(0).toUpperCase() + value.slice(1) }));
}
