import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { pageOf } from '#server/contract/page.ts';
import { request } from '#web/lib/api-client.ts';

const AgentChoice = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  translations: z.record(z.string(), z.object({ name: z.string() })),
  can: z.object({ run: z.boolean() }),
});

/** The agents that a person may run, for what runs or speaks in one's name. */
export const agentChoicesQuery = queryOptions({
  queryKey: ['agents', 'runnable'],
  queryFn: async ({ signal }) => {
    const page = await request({ path: '/api/agents', query: { limit: 100 }, schema: pageOf(AgentChoice), signal });
    return page.items.filter(({ can }) => can.run);
  },
});
