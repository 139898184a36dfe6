import { request } from '#web/lib/api-client.ts';

export function deleteInvitation(invitation: string): Promise<void> {
  return request({ path: `/api/invitations/${encodeURIComponent(invitation)}`, method: 'DELETE' });
}
