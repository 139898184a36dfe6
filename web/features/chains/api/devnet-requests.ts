import { queryOptions } from '@tanstack/react-query';
import { Devnet, DevnetPayment, type DevnetPaymentInput } from '#server/contract/devnet.ts';
import { request } from '#web/lib/api-client.ts';

const path = '/api/chains/devnet';
const pollMs = 700;

/** How the devnet is, read again and again while it starts. */
export const devnetQuery = queryOptions({
  queryKey: ['devnet'],
  queryFn: ({ signal }) => request({ path, schema: Devnet, signal }),
  refetchInterval: ({ state }) => (state.data?.state === 'starting' ? pollMs : false),
});

export type DevnetAct = 'start' | 'stop' | 'reset';

export const changeDevnet = (act: DevnetAct) => request({ path: `${path}/${act}`, method: 'POST', schema: Devnet });

export const payOnDevnet = (payment: DevnetPaymentInput) =>
  request({ path: `${path}/payments`, method: 'POST', body: payment, schema: DevnetPayment });
