import type { ModelAbilities, ModelPrice, OpenAIApi, ProviderKind } from '#server/contract/model.ts';
import type { AdministratorSettings } from './administrator-settings.ts';
import { findPrice, type Prices, unknownPrice } from './find-price.ts';
import type { KnownModels } from './known-models.ts';
import { findAbilities } from './model-abilities.ts';
import { localServers, type OpenConnection, toLocalConnection } from './model-connections.ts';
import { wishesNotConnected } from './model-errors.ts';
import { findPriceTables } from './price-tables.ts';

/** A model to call, with the key that opens it. */
export type ResolvedModel = ModelAbilities & {
  reference: string;
  provider: ProviderKind | 'planner';
  model: string;
  baseUrl: string | null;
  api: OpenAIApi | null;
  apiKey: string | null;
  price: ModelPrice;
  maximumConcurrentCalls: number | null;
  /** Whose own connection it is, which reaches no more than tools do, and who pays for it; null: the hub's. */
  ownerId: string | null;
};

export const planner: ResolvedModel = {
  reference: 'offline/planner',
  provider: 'planner',
  model: 'planner',
  baseUrl: null,
  api: null,
  apiKey: null,
  price: { inputUsd: 0, outputUsd: 0, cachedInputUsd: 0, unit: 'tokens', longPrompt: null },
  seesImages: null,
  usesTools: true,
  writesJson: false,
  reasons: false,
  contextTokens: null,
  maximumConcurrentCalls: null,
  ownerId: null,
};

type Needs = {
  settings: AdministratorSettings;
  known: KnownModels;
  findLocalServers: boolean;
  /** What draws images, at the first connection that can. */
  imageModel: string;
};

/**
 * Finds the models behind references and wishes, with their keys, prices and abilities: among the hub's connections, and
 * among those of the one person who is named. Whose an identifier is decides, not who knows it.
 */
export function createModelResolver({ settings, known, findLocalServers, imageModel }: Needs) {
  /** What the provider itself says counts first; a local server's window is what its operator gave it, not the model's. */
  function toAbilities({ id, origin }: OpenConnection, model: string): ModelAbilities {
    const said = known.recall(id, model);
    const usual = findAbilities(model);
    return {
      seesImages: said?.seesImages ?? usual.seesImages,
      usesTools: said?.usesTools ?? usual.usesTools,
      writesJson: said?.writesJson ?? usual.writesJson,
      reasons: said?.reasons ?? usual.reasons,
      contextTokens: said?.contextTokens ?? (origin === 'local' ? null : usual.contextTokens),
    };
  }

  function toResolved(connection: OpenConnection, model: string, prices: Prices): ResolvedModel {
    const { id, provider, baseUrl, api, apiKey } = connection;
    return {
      reference: `${id}/${model}`,
      provider,
      model,
      baseUrl,
      api,
      apiKey,
      price: findPrice(model, findPriceTables(connection, prices)),
      ...toAbilities(connection, model),
      maximumConcurrentCalls: connection.maximumConcurrentCalls,
      ownerId: connection.ownerId,
    };
  }

  async function resolveReference(reference: string, personId: string | null): Promise<ResolvedModel | null> {
    if (reference === planner.reference) return planner;
    const { connections, listOwn, prices } = await settings.read();
    const [id, model] = [reference.slice(0, reference.indexOf('/')), reference.slice(reference.indexOf('/') + 1)];
    const isNamed = (candidate: { id: string }) => candidate.id === id;
    const connected = connections.find(isNamed);
    if (connected !== undefined) return toResolved(connected, model, prices);
    const local = findLocalServers ? localServers.find(isNamed) : undefined;
    if (local !== undefined) return toResolved(toLocalConnection(local), model, prices);
    const own = listOwn(personId).find(isNamed);
    return own === undefined ? null : toResolved(own, model, prices);
  }

  /** What agents without a wish use: the one set, else the first model of the first connection that has one, else none. */
  async function resolveDefault(personId: string | null): Promise<ResolvedModel> {
    const { connections, listOwn, prices, defaultModel } = await settings.read();
    if (defaultModel !== null) {
      const chosen = await resolveReference(defaultModel, null);
      if (chosen !== null) return chosen;
    }
    for (const connection of [...connections, ...listOwn(personId)]) {
      const models = (await known.read(connection)).models.map(({ id }) => id);
      const first =
        models.find((model) => findPrice(model, findPriceTables(connection, prices)) !== unknownPrice) ?? models[0];
      if (first !== undefined) return toResolved(connection, first, prices);
    }
    return planner;
  }

  return {
    toResolved,
    resolveReference,
    resolveDefault,

    /**
     * The wishes whose connections are there, best first, and the better ones that are not; the default when there is no
     * wish. @throws {HubError} `model_unavailable`, when none is connected
     */
    resolveWishes: async (
      wishes: string[],
      personId: string | null,
    ): Promise<{ targets: [ResolvedModel, ...ResolvedModel[]]; missing: string[] }> => {
      if (wishes.length === 0) return { targets: [await resolveDefault(personId)], missing: [] };
      const found = await Promise.all(wishes.map((wish) => resolveReference(wish, personId)));
      const [first, ...others] = found.filter((model) => model !== null);
      if (first === undefined) throw wishesNotConnected(wishes);
      return { targets: [first, ...others], missing: wishes.slice(0, found.indexOf(first)) };
    },

    /** The first connection that speaks OpenAI's images API, the hub's before the person's; null when there is none. */
    findImageEndpoint: async (personId: string | null) => {
      const { connections, listOwn, prices } = await settings.read();
      const found = [...connections, ...listOwn(personId)].find(({ provider }) => provider === 'openai');
      if (found === undefined) return null;
      const { reference, apiKey, price, ownerId } = toResolved(found, imageModel, prices);
      return { reference, apiKey, baseUrl: found.baseUrl, model: imageModel, price, ownerId };
    },
  };
}
export type ModelResolver = ReturnType<typeof createModelResolver>;
