import type { ChainReader, ChainReadings } from '#server/contract/chain-readings.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toChainError } from './chain-errors.ts';
import { hasNames } from './chain-names.ts';
import type { ChainRegistry } from './chain-registry.ts';
import { readBlockNow } from './read-block-now.ts';
import type { ChainConfiguration } from './chains.ts';
import type { FindServicePrice } from './find-service-price.ts';
import type { FindVerifiedAbi } from './find-verified-abi.ts';
import type { FindVerifiedSource } from './find-verified-source.ts';

/** Each reading's code is loaded when it is first asked for. */
const readings: { [Name in keyof ChainReadings]: () => Promise<ReadChain<Name>> } = {
  balance: async () => (await import('./read-balance.ts')).readBalance,
  transaction: async () => (await import('./explain-transaction.ts')).explainTransaction,
  token: async () => (await import('./read-token-facts.ts')).readTokenFacts,
  transfers: async () => (await import('./list-address-transfers.ts')).listAddressTransfers,
  contract: async () => (await import('./ask-contract.ts')).askContract,
  logs: async () => (await import('./list-event-logs.ts')).listEventLogs,
  price: async () => (await import('./read-price.ts')).readPrice,
  name: async () => (await import('./read-ens-name.ts')).readEnsName,
  gas: async () => (await import('./read-gas.ts')).readGas,
  transactions: async () => (await import('./list-transactions.ts')).listTransactions,
  block: async () => (await import('./read-block.ts')).readBlock,
  storage: async () => (await import('./read-storage.ts')).readStorage,
  holders: async () => (await import('./list-holders.ts')).listHolders,
  nft: async () => (await import('./read-nft.ts')).readNft,
  simulation: async () => (await import('./simulate-call.ts')).simulateCall,
  profit: async () => (await import('./read-wallet-profit.ts')).readWalletProfit,
  activity: async () => (await import('./read-wallet-activity.ts')).readWalletActivity,
  distribution: async () => (await import('./read-token-distribution.ts')).readTokenDistribution,
  liquidity: async () => (await import('./read-token-liquidity.ts')).readTokenLiquidity,
  yield: async () => (await import('./read-pool-yield.ts')).readPoolYield,
  source: async () => (await import('./read-contract-source.ts')).readContractSource,
  proposal: async () => (await import('./propose-transaction.ts')).proposeTransaction,
  portfolio: async () => (await import('./read-portfolio.ts')).readPortfolio,
  position: async () => (await import('./read-position.ts')).readPosition,
  happenings: async () => (await import('./list-happenings.ts')).listHappenings,
};

/** Reads the chains that are set up. Read-only; holds no keys. Every figure carries its chain and block. */
export function createChainReader({
  registry,
  findVerifiedAbi = () => Promise.resolve(null),
  findVerifiedSource = { services: () => [], find: () => Promise.resolve(null) },
  findServicePrice = () => Promise.resolve(null),
  refresh = () => Promise.resolve(),
  now = () => new Date(),
}: {
  registry: ChainRegistry;
  findVerifiedAbi?: FindVerifiedAbi;
  findVerifiedSource?: FindVerifiedSource;
  findServicePrice?: FindServicePrice;
  /** Sees that the registry has the chains as they are set up now. */
  refresh?: () => Promise<void>;
  now?: () => Date;
}): ChainReader {
  const openContext = async (chain: ChainConfiguration, signal: AbortSignal): Promise<ChainContext> => {
    const [{ createRpcClient }, { resolveAddress }, access] = await Promise.all([
      import('./rpc-client.ts'),
      import('./addresses.ts'),
      registry.open(chain),
    ]);
    const client = createRpcClient({ chain, access, signal });
    const open = async (name: string) => await openContext(registry.get(name), signal);
    const openNames = async () => {
      if (hasNames(chain)) return client;
      const ethereum = registry.list().find(({ id }) => id === 1);
      if (ethereum === undefined) return null;
      return (await openContext(ethereum, signal)).client;
    };
    return {
      chain,
      client,
      signal,
      readBlockNow: (number) => readBlockNow(access, number, signal),
      findVerifiedAbi: (contract) => findVerifiedAbi({ chainId: chain.id, contract, signal }),
      sources: {
        services: () => findVerifiedSource.services(chain.id),
        find: (contract) => findVerifiedSource.find({ chainId: chain.id, contract, signal }),
      },
      findServicePrice: (token) => findServicePrice({ chain: chain.slug, token, signal }),
      chains: registry.list(),
      now,
      open,
      resolve: (text, path) => resolveAddress(text, { path, client: openNames }),
    };
  };

  return {
    chains: () => {
      // Whoever asks is not to wait for it; where it fails, the next read says so.
      refresh().catch(() => undefined);
      return registry.list().map(({ id, name, slug }) => ({ id, name, slug }));
    },

    read: async (name, request) => {
      await refresh();
      const chain = registry.get(request.chain);
      try {
        const [readChain, context] = await Promise.all([readings[name](), openContext(chain, request.signal)]);
        return await readChain(context, request);
      } catch (thrown) {
        if (thrown instanceof HubError) throw thrown;
        request.signal.throwIfAborted();
        throw toChainError(thrown, chain);
      }
    },
  };
}
