import type { Actor } from '#server/contract/actor.ts';
import type { Connection, PriceRow, SetPriceInput } from '#server/contract/model.ts';
import { createAdministratorSettings } from './administrator-settings.ts';
import { canManageHubConnections, canUseOwnConnections } from './connection-policy.ts';
import { createConnectionEditor } from './edit-connections.ts';
import { createConnectionFinder } from './find-connection.ts';
import { createLocalServerFinder } from './find-local-servers.ts';
import { createKnownModels } from './known-models.ts';
import { createModelLister } from './list-models.ts';
import { type EnvironmentModels, presentConnection } from './model-connections.ts';
import { modelUnknown } from './model-errors.ts';
import type { ModelRepository } from './model-repository.ts';
import { listPriceRows } from './price-tables.ts';
import { createModelResolver } from './resolve-models.ts';
import { createConnectionTester } from './test-connection.ts';
import type { FindWayOut, WaysOut } from './ways-out.ts';

type Needs = {
  repository: ModelRepository;
  environment: EnvironmentModels;
  findLocalServers: boolean;
  waysOut: WaysOut;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  now: () => Date;
};

/** Connections to model providers, the models behind them, their prices, and the hub's default model. */
export function createModelService({ repository, environment, findLocalServers, waysOut, secrets, now }: Needs) {
  const findWayOut: FindWayOut = ({ ownerId }) => (ownerId === null ? waysOut.hub : waysOut.personal);
  const settings = createAdministratorSettings({ repository, environment, openSecret: secrets.open, now });
  const known = createKnownModels({ findWayOut, now });
  const findLocal = createLocalServerFinder({ known, isWanted: findLocalServers });
  const findConnection = createConnectionFinder({ repository, environment, openSecret: secrets.open });
  const { imageModel } = environment.openai;
  const resolver = createModelResolver({ settings, known, findLocalServers, imageModel });
  const { resolveReference, resolveWishes, findImageEndpoint } = resolver;

  return {
    /** A model that an actor may choose: behind a connection of the hub's or of their own; null: there is none. */
    findModel: (actor: Actor, reference: string) =>
      resolveReference(reference, canUseOwnConnections(actor) ? actor.userId : null),
    /** A model behind a connection of the hub's; null: there is none. */
    findHubModel: (reference: string) => resolveReference(reference, null),
    resolveWishes,
    findImageEndpoint,
    listModels: createModelLister({ settings, known, resolver, findLocal }),
    setDefaultModel: async (reference: string | null): Promise<void> => {
      if (reference !== null && (await resolveReference(reference, null)) === null) throw modelUnknown(reference);
      await repository.setDefaultModel(reference);
      settings.forget();
    },

    /** Those that the actor may manage: their own, and the hub's for administrators. */
    listConnections: async (actor: Actor): Promise<Connection[]> => {
      const { connections, listOwn } = await settings.load();
      const own = canUseOwnConnections(actor) ? listOwn(actor.userId) : [];
      const hubs = canManageHubConnections(actor) ? [...connections, ...(await findLocal())] : [];
      return [...own, ...hubs].map(presentConnection);
    },
    ...createConnectionEditor({
      repository,
      settings,
      known,
      environment,
      findConnection,
      findWayOut,
      secrets,
      now,
    }),
    testConnection: createConnectionTester({ findConnection, findWayOut, known }),

    listPrices: async (): Promise<PriceRow[]> => listPriceRows((await settings.load()).prices),
    setPrice: async (price: SetPriceInput): Promise<void> => {
      await repository.setPrice(price);
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
