import { createCallCounts, type MethodCount } from './call-counts.ts';
import type { ChainAccess, CountRead } from './chain-access.ts';
import { toInputError } from './chain-errors.ts';
import { type ChainConfiguration, isNamed } from './chains.ts';
import type { EndpointReport } from './endpoint-report.ts';
import { type CountCall, findUsualLimits, type RpcFetch, type RpcLimits, usualRpcLimits } from './rpc-endpoint.ts';

export type ChainRegistry = ReturnType<typeof createChainRegistry>;

/**
 * The chains that are set up, each with its pool of endpoints and its memory, opened when first read. viem is loaded then.
 */
export function createChainRegistry({
  chains: first,
  fetch,
  limits,
  countCall = () => undefined,
  countRead = () => undefined,
  prepare = async () => undefined,
  now = () => new Date(),
}: {
  chains: readonly ChainConfiguration[];
  fetch: RpcFetch;
  limits?: Partial<RpcLimits>;
  countCall?: (call: Parameters<CountCall>[0] & { chain: string }) => void;
  countRead?: CountRead;
  /** Sees that a chain can be read before somebody does; the hub runs one itself. */
  prepare?: (chain: ChainConfiguration) => Promise<void>;
  now?: () => Date;
}) {
  let chains = first;
  const opened = new Map<number, { chain: ChainConfiguration; access: Promise<ChainAccess> }>();

  const counts = createCallCounts();

  const openAccess = async (chain: ChainConfiguration): Promise<ChainAccess> => {
    const found = opened.get(chain.id);
    if (found !== undefined) return await found.access;
    const access = import('./chain-access.ts').then(({ createChainAccess }) =>
      createChainAccess({
        chain,
        fetch,
        limits: { ...usualRpcLimits, ...limits },
        limitsOf: (endpoint) => ({ ...findUsualLimits(endpoint), ...limits }),
        countCall: (call) => {
          counts.count({ ...call, chain: chain.slug });
          countCall({ ...call, chain: chain.slug });
        },
        countRead,
        now,
      }),
    );
    opened.set(chain.id, { chain, access });
    return await access;
  };

  const close = async (id: number): Promise<void> => {
    const found = opened.get(id);
    opened.delete(id);
    (await found?.access)?.close();
  };

  return {
    list: (): readonly ChainConfiguration[] => chains,

    /** @throws {HubError} `validation_failed`, naming the chains that are set up */
    get: (name: string): ChainConfiguration => {
      const found = chains.find((chain) => isNamed(chain, name));
      if (found !== undefined) return found;
      const known = chains.map(({ slug }) => slug).join(', ');
      throw toInputError('chain', {
        en: `The chain "${name.slice(0, 40)}" is not set up here. Known are ${known}.`,
        zh: `这里没有设置链“${name.slice(0, 40)}”。已有：${known}。`,
      });
    },

    open: async (chain: ChainConfiguration): Promise<ChainAccess> => {
      await prepare(chain);
      return await openAccess(chain);
    },

    /** How a chain's endpoints are and what they were asked; none for a chain that is not set up. */
    report: async (
      chainId: number,
      options: { fresh: boolean; signal: AbortSignal },
    ): Promise<(EndpointReport & { calls: MethodCount[] })[]> => {
      const chain = chains.find(({ id }) => id === chainId);
      if (chain === undefined) return [];
      const reports = await (await openAccess(chain)).report(options);
      return reports.map((one) => ({ ...one, calls: counts.of(chain.slug, one.id) }));
    },

    /** What `probeEndpoint` finds at a URL. */
    probe: async (url: string, signal: AbortSignal): Promise<{ chainId: number; hasMulticall: boolean }> => {
      const { probeEndpoint } = await import('./probe-endpoint.ts');
      return await probeEndpoint(url, { fetch, signal, now });
    },

    /** Takes other chains; what is known of those that changed is forgotten. */
    replace: async (next: readonly ChainConfiguration[]): Promise<void> => {
      chains = next;
      const changed = [...opened.values()].filter(({ chain }) => {
        const later = next.find(({ id }) => id === chain.id);
        return JSON.stringify(later) !== JSON.stringify(chain);
      });
      await Promise.all(changed.map(({ chain }) => close(chain.id)));
    },

    /** Forgets what was read of a chain, for it is another one now. */
    forget: close,

    close: async (): Promise<void> => {
      await Promise.all([...opened.keys()].map(close));
    },
  };
}
