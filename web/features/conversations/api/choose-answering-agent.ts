import { Conversation } from '#server/contract/conversation.ts';
import { request } from '#web/lib/api-client.ts';

export function chooseAnsweringAgent(conversation: string, answeredBy: string): Promise<Conversation> {
  const path = `/api/conversations/${encodeURIComponent(conversation)}`;
  return request({ path, method: 'PATCH', body: { answeredBy }, schema: Conversation });
}
