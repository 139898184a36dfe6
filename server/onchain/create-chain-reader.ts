import type { PublicClient } from 'viem';
import { HubError } from '#server/hub-error.ts';
import { toChainError } from './chain-errors.ts';
import type { ChainRegistry } from './chain-registry.ts';
import type { ChainConfiguration } from './chains.ts';
import type { TransactionExplanation } from './explain-transaction.ts';
import type { BalanceReading } from './read-balance.ts';

export type ChainReader = ReturnType<typeof createChainReader>;

/**
 * Reads balances and explains transactions on the chains that are set up. Read-only; holds no keys. Every figure carries
 * its chain and block.
 */
export function createChainReader({
  registry,
  refresh = () => Promise.resolve(),
}: {
  registry: ChainRegistry;
  /** Sees that the registry has the chains as they are set up now. */
  refresh?: () => Promise<void>;
}) {
  const openClient = async (chain: ChainConfiguration, signal: AbortSignal): Promise<PublicClient> => {
    const [{ createRpcClient }, access] = await Promise.all([import('./rpc-client.ts'), registry.open(chain)]);
    return createRpcClient({ chain, access, signal });
  };

  const onChain = async <Result>(
    name: string,
    signal: AbortSignal,
    work: (client: PublicClient, chain: ChainConfiguration) => Promise<Result>,
  ): Promise<Result> => {
    await refresh();
    const chain = registry.get(name);
    try {
      return await work(await openClient(chain, signal), chain);
    } catch (thrown) {
      if (thrown instanceof HubError) throw thrown;
      signal.throwIfAborted();
      throw toChainError(thrown, chain);
    }
  };

  return {
    chains: () => {
      // Whoever asks is not to wait for it; where it fails, the next read says so.
      refresh().catch(() => undefined);
      return registry.list().map(({ id, name, slug }) => ({ id, name, slug }));
    },

    readBalance: (request: {
      chain: string;
      address: string;
      token?: string | undefined;
      signal: AbortSignal;
    }): Promise<BalanceReading> =>
      onChain(request.chain, request.signal, async (client, chain) => {
        const [{ resolveAddress }, { readBalance }] = await Promise.all([
          import('./addresses.ts'),
          import('./read-balance.ts'),
        ]);
        const openEthereum = async () => {
          const ethereum = registry.list().find(({ id }) => id === 1);
          if (ethereum === undefined) return null;
          return ethereum === chain ? client : await openClient(ethereum, request.signal);
        };
        const address = await resolveAddress(request.address, { path: 'address', client: openEthereum });
        return await readBalance({ client, chain, address, token: request.token });
      }),

    explainTransaction: (request: {
      chain: string;
      hash: string;
      signal: AbortSignal;
    }): Promise<TransactionExplanation> =>
      onChain(request.chain, request.signal, async (client, chain) => {
        const { explainTransaction } = await import('./explain-transaction.ts');
        return await explainTransaction({ client, chain, hash: request.hash });
      }),
  };
}
