import { createChainRepository } from '#server/features/chains/chain-repository.ts';
import { createChainService } from '#server/features/chains/chain-service.ts';
import { toHosts } from '#server/features/models/model-hosts.ts';
import type { Metrics } from '#server/http/metrics.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createServicePriceFinder } from '#server/onchain/find-service-price.ts';
import { createAbiFinder } from '#server/onchain/find-verified-abi.ts';
import type { Database } from '#server/platform/database.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { HubEnvironment } from '#server/platform/env.ts';
import type { Secrets } from '#server/platform/secrets.ts';

type Needs = {
  database: Database;
  environment: Pick<HubEnvironment, 'egressAllow' | 'rpcUrls' | 'chainServices'>;
  secrets: Secrets;
  metrics: Pick<Metrics, 'countRpcCall' | 'countChainRead'>;
  now: () => Date;
};

/** The chains' part of the wiring: their way out, who sets them up, and who reads them. */
export function openChains({ database, environment, secrets, metrics, now }: Needs) {
  const { sourcifyUrl, etherscanUrl, pricesUrl } = environment.chainServices;
  const services = [sourcifyUrl, etherscanUrl, pricesUrl].filter((url) => url !== undefined);
  const egress = createEgress({
    allowed: [...environment.egressAllow, ...toHosts([...Object.values(environment.rpcUrls).flat(), ...services])],
  });
  const fetch = egress.streamingFetch;
  const known = chainList(environment.rpcUrls);
  const registry = createChainRegistry({
    chains: known,
    fetch,
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
  return {
    chains,
    reader: createChainReader({
      registry,
      findVerifiedAbi: createAbiFinder({ fetch, sourcifyUrl, etherscanUrl }),
      findServicePrice: createServicePriceFinder({ fetch, url: pricesUrl, now }),
      refresh: chains.refresh,
    }),
    close: async () => {
      await registry.close();
      await egress.close();
    },
  };
}
