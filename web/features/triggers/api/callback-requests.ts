import { queryOptions } from '@tanstack/react-query';
import { CallbackSecret, NewCallbackSecret } from '#server/contract/trigger.ts';
import { request } from '#web/lib/api-client.ts';

const path = '/api/callback-secret';

export const callbackSecretQuery = queryOptions({
  queryKey: ['callbacks', 'secret'],
  queryFn: ({ signal }) => request({ path, schema: CallbackSecret, signal }),
});

export const makeCallbackSecret = () => request({ path, method: 'POST', schema: NewCallbackSecret });
