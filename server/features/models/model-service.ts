import type { Connection, PriceRow, TokenPrices } from '#server/contract/model.ts';
import { createAdministratorSettings } from './administrator-settings.ts';
import { createConnectionEditor } from './edit-connections.ts';
import { createLocalServerFinder } from './find-local-servers.ts';
import { createKnownModels } from './known-models.ts';
import { createModelLister } from './list-models.ts';
import type { ProviderFetch } from './list-provider-models.ts';
import { type EnvironmentModels, presentConnection } from './model-connections.ts';
import { modelUnknown } from './model-errors.ts';
import type { ModelRepository } from './model-repository.ts';
import { listPriceRows } from './price-tables.ts';
import { createModelResolver } from './resolve-models.ts';
import { createConnectionTester } from './test-connection.ts';

type Needs = {
  repository: ModelRepository;
  environment: EnvironmentModels;
  findLocalServers: boolean;
  fetch: ProviderFetch;
  /** Refuses a base URL that the hub may not reach. @throws {HubError} `egress_refused` */
  checkUrl: (url: string) => void;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  now: () => Date;
};

/** Connections to model providers, the models behind them, their prices, and the hub's default model. */
export function createModelService({
  repository,
  environment,
  findLocalServers,
  fetch,
  checkUrl,
  secrets,
  now,
}: Needs) {
  const settings = createAdministratorSettings({ repository, environment, openSecret: secrets.open, now });
  const known = createKnownModels({ fetch, now });
  const findLocal = createLocalServerFinder({ known, isWanted: findLocalServers });
  const resolver = createModelResolver({
    settings,
    known,
    findLocalServers,
    imageModel: environment.openai.imageModel,
  });
  const { resolveReference, resolveWishes, findImageEndpoint } = resolver;

  return {
    resolveReference,
    resolveWishes,
    findImageEndpoint,
    listModels: createModelLister({ settings, known, resolver, findLocal }),
    setDefaultModel: async (reference: string | null): Promise<void> => {
      if (reference !== null && (await resolveReference(reference)) === null) throw modelUnknown(reference);
      await repository.setDefaultModel(reference);
      settings.forget();
    },

    listConnections: async (): Promise<Connection[]> => {
      const { connections } = await settings.load();
      return [...connections, ...(await findLocal())].map(presentConnection);
    },
    ...createConnectionEditor({ repository, settings, known, environment, checkUrl, secrets, now }),
    testConnection: createConnectionTester({ settings, known, fetch }),

    listPrices: async (): Promise<PriceRow[]> => listPriceRows((await settings.load()).prices),
    setPrice: async (model: string, price: TokenPrices): Promise<void> => {
      await repository.setPrice(model, price);
      settings.forget();
    },
    /** Takes an administrator's price away; the shipped one counts again. */
    removePrice: async (model: string): Promise<void> => {
      await repository.removePrice(model);
      settings.forget();
    },
  };
}
export type ModelService = ReturnType<typeof createModelService>;
