import { Conversation } from '#server/contract/conversation.ts';
import { request } from '#web/lib/api-client.ts';

export function showBranch(conversation: string, leafMessageId: string): Promise<Conversation> {
  const path = `/api/conversations/${encodeURIComponent(conversation)}`;
  return request({ path, method: 'PATCH', body: { leafMessageId }, schema: Conversation });
}
