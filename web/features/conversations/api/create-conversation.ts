import { Conversation } from '#server/contract/conversation.ts';
import { request } from '#web/lib/api-client.ts';

export function createConversation(agent: string): Promise<Conversation> {
  return request({ path: '/api/conversations', method: 'POST', body: { agent }, schema: Conversation });
}
