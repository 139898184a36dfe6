import { request } from '#web/lib/api-client.ts';

export function deleteConversation(conversation: string): Promise<void> {
  return request({ path: `/api/conversations/${encodeURIComponent(conversation)}`, method: 'DELETE', keepalive: true });
}
