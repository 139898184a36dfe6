import type { Address } from 'viem';
import { z } from 'zod';
import type { Price } from '#server/contract/chain-readings.ts';
import { readServiceJson } from './read-service-json.ts';
import type { RpcFetch } from './rpc-endpoint.ts';

export type FindServicePrice = (wanted: {
  chain: string;
  token: Address;
  signal: AbortSignal;
}) => Promise<Price | null>;

const staleAfterSeconds = 3_600;
const Answer = z.object({
  coins: z.record(z.string(), z.object({ price: z.number().positive(), timestamp: z.number() })),
});

/**
 * Asks a service that speaks DefiLlama's coins API (`/prices/current/{chain}:{address}`), where one is set up; a key is part of
 * its URL. One that fails is as one that knows no price.
 */
export function createServicePriceFinder({
  fetch,
  url,
  now,
}: {
  fetch: RpcFetch;
  url: string | undefined;
  now: () => Date;
}): FindServicePrice {
  return async ({ chain, token, signal }) => {
    if (url === undefined) return null;
    const coin = `${chain === 'avalanche' ? 'avax' : chain === 'gnosis' ? 'xdai' : chain}:${token}`;
    const answer = await readServiceJson(fetch, `${url.replace(/\/$/, '')}/prices/current/${coin}`, signal);
    const found = Answer.safeParse(answer).data?.coins[coin];
    if (found === undefined) return null;
    const ageSeconds = Math.max(0, Math.round(now().getTime() / 1000 - found.timestamp));
    return {
      from: 'price service',
      price: String(found.price),
      quote: 'USD',
      contract: null,
      liquidity: null,
      updatedAt: new Date(found.timestamp * 1000).toISOString(),
      ageSeconds,
      isStale: ageSeconds > staleAfterSeconds,
      explorerUrl: null,
    };
  };
}
