import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { pageOf } from '#server/contract/page.ts';
import { request } from '#web/lib/api-client.ts';

const AgentChoice = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  translations: z.record(z.string(), z.object({ name: z.string() })),
});
export type AgentChoice = z.infer<typeof AgentChoice>;

/** The agents that a key can be bound to. */
export const agentChoicesQuery = queryOptions({
  queryKey: ['agents', 'choices'],
  queryFn: async ({ signal }) => {
    const page = await request({ path: '/api/agents', query: { limit: 100 }, schema: pageOf(AgentChoice), signal });
    return page.items;
  },
});
