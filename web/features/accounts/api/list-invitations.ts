import { Invitation } from '#server/contract/account.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const invitationsKey = ['invitations'];

export function useInvitations() {
  return usePageList({ key: invitationsKey, path: '/api/invitations', item: Invitation });
}
