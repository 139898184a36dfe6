import { queryOptions } from '@tanstack/react-query';
import { Invitation } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

/** What an invitation's link offers. */
export const openInvitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['open-invitation', token],
    queryFn: ({ signal }) =>
      request({ path: `/api/invitations/open/${encodeURIComponent(token)}`, schema: Invitation, signal }),
  });
