import { Conversation } from '#server/contract/conversation.ts';
import { request } from '#web/lib/api-client.ts';

export function forkConversation(conversation: string, messageId: string): Promise<Conversation> {
  const path = `/api/conversations/${encodeURIComponent(conversation)}/fork`;
  return request({ path, method: 'POST', body: { messageId }, schema: Conversation });
}
