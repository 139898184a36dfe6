import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { Agent } from '#server/contract/agent.ts';
import { Conversation, ConversationSummary, Message } from '#server/contract/conversation.ts';
import { pageOf } from '#server/contract/page.ts';
import { request } from '#web/lib/api-client.ts';

const ConversationPage = pageOf(ConversationSummary);
const MessagePage = pageOf(Message);

export const conversationKeys = {
  lists: ['conversations', 'list'] as const,
  one: (conversation: string) => ['conversations', 'one', conversation] as const,
  messages: (conversation: string) => ['conversations', 'messages', conversation] as const,
};

/** Which conversations a list has. */
export type ListedConversations = {
  /** Who began them: the person in the page, or triggers of theirs; left out: whoever. */
  source?: 'page' | 'trigger';
  pinned?: boolean;
  archived?: boolean;
  /** A folder's; `none`: those in no folder. */
  folder?: string;
};

/** What each view of the list has. */
export const listedIn = {
  page: { source: 'page', pinned: false, folder: 'none' },
  trigger: { source: 'trigger' },
  archive: { archived: true },
} as const satisfies Record<string, ListedConversations>;

/** The person's conversations with an agent, newest first. */
export function conversationListQuery(agent: string, listed: ListedConversations) {
  return infiniteQueryOptions({
    queryKey: [...conversationKeys.lists, agent, listed],
    queryFn: ({ pageParam, signal }) =>
      request({
        path: '/api/conversations',
        query: { agent, ...listed, cursor: pageParam },
        schema: ConversationPage,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function conversationQuery(conversation: string) {
  return queryOptions({
    queryKey: conversationKeys.one(conversation),
    queryFn: ({ signal }) =>
      request({ path: `/api/conversations/${encodeURIComponent(conversation)}`, schema: Conversation, signal }),
  });
}

/** An agent that answers in a conversation which was begun with another one. */
export function answeringAgentQuery(agent: string) {
  return queryOptions({
    queryKey: ['conversations', 'agent', agent] as const,
    queryFn: ({ signal }) => request({ path: `/api/agents/${encodeURIComponent(agent)}`, schema: Agent, signal }),
    staleTime: 60_000,
    retry: false,
  });
}

/** A conversation's messages, newest first, page by page towards its start. */
export function messageListQuery(conversation: string) {
  return infiniteQueryOptions({
    queryKey: conversationKeys.messages(conversation),
    queryFn: ({ pageParam, signal }) =>
      request({
        path: `/api/conversations/${encodeURIComponent(conversation)}/messages`,
        query: { cursor: pageParam },
        schema: MessagePage,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
