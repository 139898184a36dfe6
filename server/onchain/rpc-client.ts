import { createPublicClient, defineChain, fallback, http, type PublicClient } from 'viem';
import { HubError } from '#server/hub-error.ts';
import type { ChainConfiguration } from './chains.ts';

export type RpcFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const requestTimeoutMs = 8_000;
const largestAnswerBytes = 4 * 1024 * 1024;
const multicall3 = { address: '0xcA11bde05977b3631167028862bE2a173976CA11' } as const;
const ensUniversalResolver = { address: '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe' } as const;

/**
 * A viem client for one request of a person: its RPC calls end with `signal`, and contract reads that are made together go
 * as one call. Off-chain look-ups (CCIP) are off, since they would go to any address that a contract names.
 */
export function createRpcClient({
  chain,
  fetch,
  signal,
}: {
  chain: ChainConfiguration;
  fetch: RpcFetch;
  signal: AbortSignal;
}): PublicClient {
  const fetchFn: RpcFetch = (input, init = {}) => {
    signal.throwIfAborted();
    return fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, signal]) : signal });
  };
  const transports = chain.rpcUrls.map((url) =>
    http(url, {
      fetchFn,
      timeout: requestTimeoutMs,
      retryCount: chain.rpcUrls.length > 1 ? 0 : 1,
      retryDelay: 200,
      maxResponseBodySize: largestAnswerBytes,
    }),
  );
  return createPublicClient({
    chain: defineChain({
      id: chain.id,
      name: chain.name,
      nativeCurrency: chain.nativeCurrency,
      rpcUrls: { default: { http: chain.rpcUrls } },
      contracts: { multicall3, ...(chain.id === 1 ? { ensUniversalResolver } : {}) },
    }),
    transport: fallback(transports, { retryCount: 0 }),
    batch: { multicall: { batchSize: 8_192 } },
    ccipRead: false,
  });
}

/** @throws {HubError} `unavailable`, when the RPC that was set for a chain answers for another one */
export async function checkChainId(client: PublicClient, chain: ChainConfiguration): Promise<void> {
  const id = await client.getChainId();
  if (id !== chain.id) {
    throw new HubError(
      'unavailable',
      `The RPC set for ${chain.name} answers for chain ${id}, not ${chain.id}. An administrator must correct HUB_RPC_URLS.`,
    );
  }
}
