import { queryOptions } from '@tanstack/react-query';
import {
  ConversationShare,
  type CreateShareInput,
  SharedConversation,
  SharingSettings,
} from '#server/contract/conversation-share.ts';
import { request } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const sharesKey = ['shares', 'own'];
const settingsPath = '/api/sharing-settings';

/** Where everybody reads a share. */
export const toShareAddress = (share: string) => new URL(`/s/${share}`, window.location.origin).href;

/** The person's shares: of one conversation, or all. */
export const useShares = (conversation?: string) =>
  usePageList({
    key: [...sharesKey, conversation ?? 'all'],
    path: '/api/conversation-shares',
    item: ConversationShare,
    query: { conversation },
  });

export const createShare = (conversation: string, input: CreateShareInput) =>
  request({
    path: `/api/conversations/${encodeURIComponent(conversation)}/shares`,
    method: 'POST',
    body: input,
    schema: ConversationShare,
  });

export const revokeShare = (share: string) =>
  request({ path: `/api/conversation-shares/${encodeURIComponent(share)}`, method: 'DELETE' });

export const sharedConversationQuery = (share: string) =>
  queryOptions({
    queryKey: ['shares', 'shared', share] as const,
    queryFn: ({ signal }) =>
      request({ path: `/api/shares/${encodeURIComponent(share)}`, schema: SharedConversation, signal }),
    retry: false,
  });

export const sharingSettingsQuery = queryOptions({
  queryKey: [...sharesKey, 'settings'],
  queryFn: ({ signal }) => request({ path: settingsPath, schema: SharingSettings, signal }),
});

export const setSharingSettings = (settings: SharingSettings) =>
  request({ path: settingsPath, method: 'PUT', body: settings, schema: SharingSettings });
