import { Conversation } from '#server/contract/conversation.ts';
import { request } from '#web/lib/api-client.ts';

export function renameConversation(conversation: string, title: string): Promise<Conversation> {
  const path = `/api/conversations/${encodeURIComponent(conversation)}`;
  return request({ path, method: 'PATCH', body: { title }, schema: Conversation });
}
