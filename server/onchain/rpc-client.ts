import { createPublicClient, custom, defineChain, type PublicClient, RpcRequestError } from 'viem';
import { multicall3Address } from './bundle-calls.ts';
import type { ChainAccess } from './chain-access.ts';
import { hasNames, universalResolverAddress } from './chain-names.ts';
import type { ChainConfiguration } from './chains.ts';
import { RpcError } from './rpc-fault.ts';

/**
 * A viem client for one request of a person: its calls go through the chain's pool and memory, and end with `signal`.
 * Off-chain look-ups (CCIP) are off, since they would go to any address that a contract names.
 */
export function createRpcClient({
  chain,
  access,
  signal,
}: {
  chain: ChainConfiguration;
  access: ChainAccess;
  signal: AbortSignal;
}): PublicClient {
  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    try {
      return await access.request({ method, params: Array.isArray(params) ? params : [] }, signal);
    } catch (thrown) {
      if (!(thrown instanceof RpcError)) throw thrown;
      // viem tells a contract's refusal from other failures by an error of this class.
      throw new RpcRequestError({ body: { method }, error: thrown, url: chain.name });
    }
  };
  return createPublicClient({
    chain: defineChain({
      id: chain.id,
      name: chain.name,
      nativeCurrency: chain.nativeCurrency,
      rpcUrls: { default: { http: [] } },
      contracts: {
        ...(chain.hasMulticall ? { multicall3: { address: multicall3Address } } : {}),
        ...(hasNames(chain) ? { ensUniversalResolver: { address: universalResolverAddress } } : {}),
      },
    }),
    transport: custom({ request }, { retryCount: 0 }),
    ccipRead: false,
  });
}

/** A client's own request, for calls of nodes that viem does not know, or knows in another form. */
export function toAnyRequest(client: PublicClient): (call: { method: string; params: unknown[] }) => Promise<unknown> {
  return client.request as ReturnType<typeof toAnyRequest>;
}
