import { queryOptions } from '@tanstack/react-query';
import { SignedInBrowsers } from '#server/contract/account.ts';
import { request } from '#web/lib/api-client.ts';

/** The browsers in which the person is signed in. */
export const signedInBrowsersQuery = queryOptions({
  queryKey: ['signed-in-browsers'],
  queryFn: ({ signal }) => request({ path: '/api/sessions', schema: SignedInBrowsers, signal }),
});
