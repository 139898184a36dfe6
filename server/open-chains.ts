import { join } from 'node:path';
import { createChainRepository } from '#server/features/chains/chain-repository.ts';
import { createChainService } from '#server/features/chains/chain-service.ts';
import { createDevnetService } from '#server/features/chains/devnet-service.ts';
import { toHosts } from '#server/features/models/model-hosts.ts';
import type { Metrics } from '#server/http/metrics.ts';
import { createChainSource } from '#server/onchain/chain-index/chain-source.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createDevnet } from '#server/onchain/devnet/create-devnet.ts';
import { devnetChain, devnetUrl } from '#server/onchain/devnet/devnet-chain.ts';
import { toVerifiedSource } from '#server/onchain/devnet/find-source.ts';
import { findAnvil } from '#server/onchain/devnet/find-anvil.ts';
import { createServicePriceFinder } from '#server/onchain/find-service-price.ts';
import { createAbiFinder, type FindVerifiedAbi, toAbi } from '#server/onchain/find-verified-abi.ts';
import { createSourceFinder, type FindVerifiedSource } from '#server/onchain/find-verified-source.ts';
import type { Database } from '#server/platform/database.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { HubEnvironment } from '#server/platform/env.ts';
import type { Secrets } from '#server/platform/secrets.ts';
import { openCompiler } from '#server/platform/solidity/run-compiler.ts';

type Needs = {
  database: Database;
  environment: Pick<HubEnvironment, 'anvil' | 'chainServices' | 'dataFolder' | 'egressAllow' | 'rpcUrls'>;
  baseUrl: string;
  secrets: Secrets;
  metrics: Pick<Metrics, 'countRpcCall' | 'countChainRead'>;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** Less than a tool may take, so that it says what it waited for. */
const longestLayingMs = 35_000;

/** The chains' part of the wiring: their way out, who sets them up, and who reads them. */
export function openChains({ database, environment, baseUrl, secrets, metrics, now, logError }: Needs) {
  const { sourcifyUrl, etherscanUrl, pricesUrl } = environment.chainServices;
  const services = [sourcifyUrl, etherscanUrl, pricesUrl].filter((url) => url !== undefined);
  const egress = createEgress({
    allowed: [...environment.egressAllow, ...toHosts([...Object.values(environment.rpcUrls).flat(), ...services])],
  });
  // It has no explorer: its links lead to where the page tells of it.
  const ownChain = { ...devnetChain, explorerUrl: `${baseUrl}/settings/chains#` };
  const known = [...chainList(environment.rpcUrls), ownChain];
  const runner = createDevnet({
    folder: join(environment.dataFolder, 'devnet'),
    program: findAnvil(environment.anvil),
    compile: openCompiler(),
    openWay: (host) => {
      const way = createEgress({ allowed: [host] });
      return { fetch: way.streamingFetch, close: way.close };
    },
    onChange: () => registry.forget(devnetChain.id),
    now,
    logError,
  });
  const fetch = egress.streamingFetch;
  const registry = createChainRegistry({
    chains: known,
    fetch: (input, init) => (input === devnetUrl ? runner.fetch(init) : fetch(input, init)),
    prepare: async ({ id }) => {
      if (id === devnetChain.id) await runner.ready({ longestMs: longestLayingMs });
    },
    countCall: metrics.countRpcCall,
    countRead: metrics.countChainRead,
    now,
  });
  const chains = createChainService({
    repository: createChainRepository({ database }),
    ports: {
      known,
      useChains: registry.replace,
      reportEndpoints: registry.report,
      probe: registry.probe,
      secrets,
      now,
    },
  });
  const findServiceAbi = createAbiFinder({ fetch, sourcifyUrl, etherscanUrl });
  const serviceSources = createSourceFinder({ fetch, sourcifyUrl, etherscanUrl });
  const findOwnSource: FindVerifiedSource['find'] = async ({ contract, signal }) => {
    const found = await runner.findSource(contract, signal);
    return found === null ? null : toVerifiedSource(found);
  };
  const findOwnAbi: FindVerifiedAbi = async ({ contract, signal }) =>
    toAbi((await runner.findSource(contract, signal))?.abi);
  return {
    chains,
    devnet: createDevnetService({ devnet: runner }),
    source: createChainSource({ registry, refresh: chains.refresh }),
    reader: createChainReader({
      registry,
      findVerifiedAbi: (wanted) => (wanted.chainId === devnetChain.id ? findOwnAbi(wanted) : findServiceAbi(wanted)),
      findVerifiedSource: {
        services: (chainId) => (chainId === devnetChain.id ? ['devnet'] : serviceSources.services(chainId)),
        find: (wanted) => (wanted.chainId === devnetChain.id ? findOwnSource(wanted) : serviceSources.find(wanted)),
      },
      findServicePrice: createServicePriceFinder({ fetch, url: pricesUrl, now }),
      refresh: chains.refresh,
      now,
    }),
    close: async () => {
      await runner.close();
      await registry.close();
      await egress.close();
    },
  };
}
