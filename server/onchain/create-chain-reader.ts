import type { PublicClient } from 'viem';
import { HubError } from '#server/hub-error.ts';
import { toChainError, toInputError } from './chain-errors.ts';
import { type ChainConfiguration, isNamed } from './chains.ts';
import type { TransactionExplanation } from './explain-transaction.ts';
import type { BalanceReading } from './read-balance.ts';
import type { RpcFetch } from './rpc-client.ts';

export type ChainReader = ReturnType<typeof createChainReader>;

/**
 * Reads balances and explains transactions on the chains it is given. Read-only; holds no keys. Every figure carries its
 * chain and block. viem is loaded with the first call.
 */
export function createChainReader({ chains, fetch }: { chains: ChainConfiguration[]; fetch: RpcFetch }) {
  const checked = new Set<number>();

  const findChain = (text: string): ChainConfiguration => {
    const chain = chains.find((candidate) => isNamed(candidate, text));
    if (chain !== undefined) return chain;
    throw toInputError(
      'chain',
      `The chain "${text.slice(0, 40)}" is not set up here. Known are ${chains.map(({ slug }) => slug).join(', ')}.`,
    );
  };

  const openClient = async (chain: ChainConfiguration, signal: AbortSignal): Promise<PublicClient> => {
    const { createRpcClient, checkChainId } = await import('./rpc-client.ts');
    const client = createRpcClient({ chain, fetch, signal });
    if (!checked.has(chain.id)) {
      await checkChainId(client, chain);
      checked.add(chain.id);
    }
    return client;
  };

  const onChain = async <Result>(
    name: string,
    signal: AbortSignal,
    work: (client: PublicClient, chain: ChainConfiguration) => Promise<Result>,
  ): Promise<Result> => {
    const chain = findChain(name);
    try {
      return await work(await openClient(chain, signal), chain);
    } catch (thrown) {
      if (thrown instanceof HubError) throw thrown;
      signal.throwIfAborted();
      throw toChainError(thrown, chain);
    }
  };

  return {
    chains: () => chains.map(({ id, name, slug }) => ({ id, name, slug })),

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
          const ethereum = chains.find(({ id }) => id === 1);
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
