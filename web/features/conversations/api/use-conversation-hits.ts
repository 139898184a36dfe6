import { ConversationHit } from '#server/contract/conversation-hit.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { conversationKeys } from './conversation-queries.ts';

/** The person's conversations with an agent that have some words. */
export const useConversationHits = (agent: string, search: string) =>
  usePageList({
    key: [...conversationKeys.lists, agent, 'hits', search],
    path: '/api/conversation-hits',
    item: ConversationHit,
    query: { agent, search },
  });
