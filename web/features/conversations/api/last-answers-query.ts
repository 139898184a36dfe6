import { queryOptions } from '@tanstack/react-query';
import { Conversation, ConversationSummary } from '#server/contract/conversation.ts';
import { pageOf } from '#server/contract/page.ts';
import type { VariableValues } from '#server/contract/variable-values.ts';
import { request } from '#web/lib/api-client.ts';

const ConversationPage = pageOf(ConversationSummary);

/** What the person answered to an agent's questions in their newest conversation with it. */
export function lastAnswersQuery(agent: string) {
  return queryOptions({
    queryKey: ['conversations', 'answers', agent] as const,
    queryFn: async ({ signal }): Promise<VariableValues> => {
      const query = { agent, source: 'page', limit: 1 };
      const { items } = await request({ path: '/api/conversations', query, schema: ConversationPage, signal });
      if (items[0] === undefined) return {};
      const path = `/api/conversations/${encodeURIComponent(items[0].id)}`;
      return (await request({ path, schema: Conversation, signal })).variables;
    },
    gcTime: 0,
    retry: false,
  });
}
