import { queryOptions } from '@tanstack/react-query';
import { PasswordReset } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

/** Whose link to a new password this is. */
export const openPasswordResetQuery = (token: string) =>
  queryOptions({
    queryKey: ['open-password-reset', token],
    queryFn: ({ signal }) =>
      request({ path: `/api/password-resets/open/${encodeURIComponent(token)}`, schema: PasswordReset, signal }),
  });
