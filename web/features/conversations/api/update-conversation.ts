import { Conversation, type UpdateConversationInput } from '#server/contract/conversation.ts';
import { request } from '#web/lib/api-client.ts';

export function updateConversation(conversation: string, changes: UpdateConversationInput): Promise<Conversation> {
  const path = `/api/conversations/${encodeURIComponent(conversation)}`;
  return request({ path, method: 'PATCH', body: changes, schema: Conversation });
}
