import { queryOptions } from '@tanstack/react-query';
import { AgentSummary } from '#server/contract/agent.ts';
import { ConversationHit } from '#server/contract/conversation-hit.ts';
import { ConversationSummary } from '#server/contract/conversation.ts';
import { pageOf } from '#server/contract/page.ts';
import { agentKeys } from '#web/features/agents/api/agent-queries.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { request } from '#web/lib/api-client.ts';

/** Agents that the person can see: the newest, or those that the hub finds by what is typed. */
export const paletteAgentsQuery = (search: string) =>
  queryOptions({
    queryKey: [...agentKeys.lists, 'palette', search],
    queryFn: async ({ signal }) => {
      const query = { search: search || null, limit: search === '' ? 100 : 20 };
      return (await request({ path: '/api/agents', query, schema: pageOf(AgentSummary), signal })).items;
    },
  });

/** The person's newest conversations. */
export const paletteConversationsQuery = queryOptions({
  queryKey: [...conversationKeys.lists, 'palette'],
  queryFn: async ({ signal }) => {
    const query = { source: 'page', limit: 100 };
    return (await request({ path: '/api/conversations', query, schema: pageOf(ConversationSummary), signal })).items;
  },
});

/** The person's conversations in which what is typed was said, newest first. */
export const paletteHitsQuery = (search: string) =>
  queryOptions({
    queryKey: [...conversationKeys.lists, 'palette', 'hits', search],
    queryFn: async ({ signal }) => {
      const query = { search, limit: 20 };
      return (await request({ path: '/api/conversation-hits', query, schema: pageOf(ConversationHit), signal })).items;
    },
  });
