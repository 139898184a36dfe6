import { join } from 'node:path';
import { createIndexRepository } from '#server/features/indexes/index-repository.ts';
import type { IndexPorts } from '#server/features/indexes/index-ports.ts';
import { createIndexRunner } from '#server/features/indexes/index-runner.ts';
import { createIndexService } from '#server/features/indexes/index-service.ts';
import type { ChainSource } from '#server/onchain/chain-index/chain-source.ts';
import { listIndexTables } from '#server/onchain/chain-index/index-tables.ts';
import { devnetChain } from '#server/onchain/devnet/devnet-chain.ts';
import { createIndexStore } from '#server/platform/chain-index/index-store.ts';
import type { Database } from '#server/platform/database.ts';
import type { FileStore } from '#server/platform/file-store.ts';

type Needs = {
  database: Database;
  fileBytes: FileStore;
  source: ChainSource;
  readDevnetState: IndexPorts['devnet']['readState'];
  dataFolder: string;
  /** Where the build put the workers. */
  workersFolder: URL;
} & Pick<IndexPorts, 'instanceId' | 'now' | 'logError'>;

/** The indexes' part of the wiring: who fetches of chains, who writes, and what of it SQL sees. */
export function openIndexes({
  database,
  fileBytes,
  source,
  readDevnetState,
  dataFolder,
  workersFolder,
  ...rest
}: Needs) {
  const repository = createIndexRepository({ database });
  const store = createIndexStore({
    workerFile: new URL('index-worker.js', workersFolder),
    folder: join(dataFolder, 'indexes'),
    files: fileBytes,
    findUsed: repository.findUsed,
  });
  const ports: IndexPorts = {
    ...rest,
    source,
    store,
    listTables: async ({ chainId, parts, contracts }) => {
      const shown = listIndexTables(chainId, parts);
      if (contracts.length === 0) return shown;
      // The library that reads ABIs is loaded where there is one.
      const { openContractEvents } = await import('#server/onchain/chain-index/contract-events.ts');
      return [...shown, ...openContractEvents(contracts).shown];
    },
    devnet: { chainId: devnetChain.id, schema: devnetChain.slug, readState: readDevnetState },
  };
  const runner = createIndexRunner({ repository, ports });
  const indexes = createIndexService({ repository, runner, ports });
  return {
    indexes,
    close: async () => {
      await indexes.stop();
      await store.close();
    },
  };
}
