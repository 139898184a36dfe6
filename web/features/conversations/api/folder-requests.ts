import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ConversationFolder } from '#server/contract/conversation-folder.ts';
import { request } from '#web/lib/api-client.ts';

const path = '/api/conversation-folders';
const FolderList = z.object({ items: z.array(ConversationFolder) });
const toPath = (folder: string) => `${path}/${encodeURIComponent(folder)}`;

export const foldersQuery = queryOptions({
  queryKey: ['conversations', 'folders'] as const,
  queryFn: async ({ signal }) => (await request({ path, schema: FolderList, signal })).items,
});

export const createFolder = (name: string) =>
  request({ path, method: 'POST', body: { name }, schema: ConversationFolder });

export const renameFolder = (folder: string, name: string) =>
  request({ path: toPath(folder), method: 'PATCH', body: { name }, schema: ConversationFolder });

export const deleteFolder = (folder: string) => request({ path: toPath(folder), method: 'DELETE' });
