import type {
  ConnectionTest,
  CreateConnectionInput,
  ModelAbilities,
  ModelList,
  ModelPrice,
  ModelSummary,
  PriceRow,
  ProviderKind,
  TokenPrices,
  UpdateConnectionInput,
} from '#server/contract/model.ts';
import type { Connection } from '#server/contract/model.ts';
import type { Actor } from '#server/contract/actor.ts';
import { HubError } from '#server/hub-error.ts';
import { findPrice, unknownPrice } from './find-price.ts';
import { findAbilities } from './model-abilities.ts';
import { createKnownModels } from './known-models.ts';
import { listProviderModels, type ProviderFetch } from './list-provider-models.ts';
import {
  type EnvironmentModels,
  localServers,
  type OpenConnection,
  presentConnection,
  secretContext,
  toEnvironmentConnections,
  toLocalConnection,
  toOpenConnection,
  usualBaseUrls,
} from './model-connections.ts';
import {
  connectionFromOutside,
  connectionNotFound,
  keyMissingForMove,
  modelUnknown,
  wishesNotConnected,
} from './model-errors.ts';
import type { ModelRepository } from './model-repository.ts';
import { findPriceTables, listPriceRows } from './price-tables.ts';

export const plannerReference = 'offline/planner';

/** A model to call, with the key that opens it. */
export type ResolvedModel = {
  reference: string;
  provider: ProviderKind | 'planner';
  model: string;
  baseUrl: string | null;
  apiKey: string | null;
  price: ModelPrice;
  seesImages: boolean | null;
  contextTokens: number | null;
  maximumConcurrentCalls: number | null;
};

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

const settingsKeptMs = 3000;
const freePrice: ModelPrice = { inputUsd: 0, outputUsd: 0, cachedInputUsd: 0, longPrompt: null };
const testTimeoutMs = 10_000;

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
  const known = createKnownModels({ fetch, now });
  let settings: { at: number; value: ReturnType<typeof loadSettings> } | null = null;

  async function loadSettings() {
    const [records, prices, defaultModel] = await Promise.all([
      repository.listConnections(),
      repository.readPrices(),
      repository.readDefaultModel(),
    ]);
    const stored = records.map((record) => toOpenConnection(record, secrets.open));
    const taken = new Set(stored.map(({ id }) => id));
    const outside = toEnvironmentConnections(environment).filter(({ id }) => !taken.has(id));
    return { connections: [...outside, ...stored], prices, defaultModel };
  }

  function readSettings() {
    if (settings === null || now().getTime() - settings.at > settingsKeptMs) {
      const value = loadSettings();
      value.catch(() => (settings = null));
      settings = { at: now().getTime(), value };
    }
    return settings.value;
  }
  const forgetSettings = () => (settings = null);

  /** Local servers that answer now. */
  async function findLocal(): Promise<OpenConnection[]> {
    if (!findLocalServers) return [];
    const found = await Promise.all(
      localServers.map(async (server) => {
        const connection = toLocalConnection(server);
        const { models } = await known.read(connection);
        return models.length > 0 ? [connection] : [];
      }),
    );
    return found.flat();
  }

  /** What the provider itself says counts first; a local server's window is what its operator gave it, not the model's. */
  function toAbilities({ id, origin }: OpenConnection, model: string): ModelAbilities {
    const said = known.recall(id, model);
    const usual = findAbilities(model);
    return {
      seesImages: said?.seesImages ?? usual.seesImages,
      contextTokens: said?.contextTokens ?? (origin === 'local' ? null : usual.contextTokens),
    };
  }

  function toResolved(connection: OpenConnection, model: string, prices: Record<string, ModelPrice>): ResolvedModel {
    const { id, provider, baseUrl, apiKey } = connection;
    return {
      reference: `${id}/${model}`,
      provider,
      model,
      baseUrl,
      apiKey,
      price: findPrice(model, findPriceTables(connection, prices)),
      ...toAbilities(connection, model),
      maximumConcurrentCalls: connection.maximumConcurrentCalls,
    };
  }

  const planner: ResolvedModel = {
    reference: plannerReference,
    provider: 'planner',
    model: 'planner',
    baseUrl: null,
    apiKey: null,
    price: freePrice,
    seesImages: null,
    contextTokens: null,
    maximumConcurrentCalls: null,
  };

  async function resolveReference(reference: string): Promise<ResolvedModel | null> {
    if (reference === plannerReference) return planner;
    const { connections, prices } = await readSettings();
    const [id, model] = [reference.slice(0, reference.indexOf('/')), reference.slice(reference.indexOf('/') + 1)];
    const connected = connections.find((candidate) => candidate.id === id);
    if (connected !== undefined) return toResolved(connected, model, prices);
    const local = localServers.find((server) => server.id === id);
    return local !== undefined && findLocalServers ? toResolved(toLocalConnection(local), model, prices) : null;
  }

  /** What agents without a wish use: the one set, else the first model of the first connection that has one, else none. */
  async function resolveDefault(): Promise<ResolvedModel> {
    const { connections, prices, defaultModel } = await readSettings();
    if (defaultModel !== null) {
      const chosen = await resolveReference(defaultModel);
      if (chosen !== null) return chosen;
    }
    for (const connection of connections) {
      const models = (await known.read(connection)).models.map(({ id }) => id);
      const first =
        models.find((model) => findPrice(model, findPriceTables(connection, prices)) !== unknownPrice) ?? models[0];
      if (first !== undefined) return toResolved(connection, first, prices);
    }
    return planner;
  }

  async function getStored(id: string): Promise<OpenConnection> {
    const record = await repository.findConnection(id);
    if (record !== null) return toOpenConnection(record, secrets.open);
    const outside = [...toEnvironmentConnections(environment), ...localServers.map(toLocalConnection)];
    const found = outside.find((connection) => connection.id === id);
    throw found === undefined ? connectionNotFound(id) : connectionFromOutside(found.name);
  }

  async function suggestId(name: string): Promise<string> {
    const base =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 40) || 'connection';
    const { connections } = await loadSettings();
    const taken = new Set([...connections.map(({ id }) => id), ...localServers.map(({ id }) => id), 'offline']);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (!taken.has(id)) return id;
    }
  }

  return {
    resolveReference,
    resolveDefault,
    /**
     * The wishes whose connections are there, best first, and the better ones that are not; the default when there is no
     * wish. @throws {HubError} `model_unavailable`, when none is connected
     */
    resolveWishes: async (
      wishes: string[],
    ): Promise<{ targets: [ResolvedModel, ...ResolvedModel[]]; missing: string[] }> => {
      if (wishes.length === 0) return { targets: [await resolveDefault()], missing: [] };
      const found = await Promise.all(wishes.map(resolveReference));
      const [first, ...others] = found.filter((model) => model !== null);
      if (first === undefined) throw wishesNotConnected(wishes);
      return { targets: [first, ...others], missing: wishes.slice(0, found.indexOf(first)) };
    },

    /** The first connection that speaks OpenAI's images API; null when there is none. */
    findImageEndpoint: async (model: string) => {
      const { connections, prices } = await readSettings();
      const found = connections.find(({ provider }) => provider === 'openai');
      if (found === undefined) return null;
      const price = findPrice(model, findPriceTables(found, prices));
      return { apiKey: found.apiKey, baseUrl: found.baseUrl, model, price };
    },

    listModels: async (): Promise<ModelList> => {
      const { connections, prices } = await readSettings();
      const all = [...connections, ...(await findLocal())];
      const answers = await Promise.all(
        all.map(async (connection) => ({ connection, ...(await known.read(connection)) })),
      );
      const chosen = await resolveDefault();
      const items = answers.flatMap(({ connection, models }) =>
        models.map(({ id: model }): ModelSummary => {
          const { reference, price, seesImages, contextTokens } = toResolved(connection, model, prices);
          return {
            reference,
            name: model,
            provider: connection.name,
            kind: 'language-model',
            price,
            isDefault: reference === chosen.reference,
            seesImages,
            contextTokens,
          };
        }),
      );
      items.push({
        reference: plannerReference,
        name: 'planner',
        provider: 'Offline planner',
        kind: 'planner',
        price: freePrice,
        isDefault: chosen.reference === plannerReference,
        seesImages: planner.seesImages,
        contextTokens: planner.contextTokens,
      });
      const problems = answers.flatMap(({ connection, problem }) =>
        problem === null ? [] : [{ connection: connection.id, name: connection.name, detail: problem }],
      );
      return { items, defaultModel: chosen.reference, problems };
    },

    setDefaultModel: async (reference: string | null): Promise<void> => {
      if (reference !== null && (await resolveReference(reference)) === null) throw modelUnknown(reference);
      await repository.setDefaultModel(reference);
      forgetSettings();
    },

    listConnections: async (): Promise<Connection[]> => {
      const { connections } = await loadSettings();
      return [...connections, ...(await findLocal())].map(presentConnection);
    },

    createConnection: async (actor: Actor, input: CreateConnectionInput): Promise<Connection> => {
      const id = await suggestId(input.name);
      const baseUrl = input.baseUrl ?? usualBaseUrls[input.provider];
      checkUrl(baseUrl);
      const record = await repository.createConnection({
        id,
        name: input.name,
        provider: input.provider,
        baseUrl,
        secret: input.apiKey === undefined ? null : secrets.seal(input.apiKey, secretContext(id)),
        maximumConcurrentCalls: input.maximumConcurrentCalls ?? null,
        createdBy: actor.userId,
        createdAt: now(),
      });
      forgetSettings();
      return presentConnection(toOpenConnection(record, secrets.open));
    },

    updateConnection: async (id: string, input: UpdateConnectionInput): Promise<Connection> => {
      const stored = await getStored(id);
      if (input.baseUrl !== undefined) checkUrl(input.baseUrl);
      // A key that nobody can read must not be taken out by sending it somewhere else.
      const moves = input.baseUrl !== undefined && new URL(input.baseUrl).origin !== new URL(stored.baseUrl).origin;
      if (moves && stored.apiKey !== null && input.apiKey === undefined) throw keyMissingForMove();
      const record = await repository.updateConnection(id, {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.baseUrl === undefined ? {} : { baseUrl: input.baseUrl }),
        ...(input.apiKey === undefined ? {} : { secret: secrets.seal(input.apiKey, secretContext(id)) }),
        ...(input.maximumConcurrentCalls === undefined ? {} : { maximumConcurrentCalls: input.maximumConcurrentCalls }),
      });
      forgetSettings();
      known.forget(id);
      return presentConnection(toOpenConnection(record, secrets.open));
    },

    removeConnection: async (id: string): Promise<void> => {
      await getStored(id);
      await repository.removeConnection(id);
      forgetSettings();
      known.forget(id);
    },

    /** Asks the provider now; a failure is an answer, not an error. @throws {HubError} `not_found` */
    testConnection: async (id: string): Promise<ConnectionTest> => {
      const { connections } = await loadSettings();
      const local = localServers.find((server) => server.id === id);
      const connection =
        connections.find((candidate) => candidate.id === id) ??
        (local === undefined ? undefined : toLocalConnection(local));
      if (connection === undefined) throw connectionNotFound(id);
      known.forget(id);
      try {
        const signal = AbortSignal.timeout(testTimeoutMs);
        const found = await listProviderModels(connection, { fetch, timeoutMs: testTimeoutMs, signal });
        return { works: true, detail: `${found.length} models`, models: found.map(({ id: model }) => model) };
      } catch (error) {
        const detail = error instanceof HubError ? error.message : 'It did not answer.';
        return { works: false, detail, models: [] };
      }
    },

    listPrices: async (): Promise<PriceRow[]> => {
      const { prices } = await loadSettings();
      return listPriceRows(prices);
    },
    setPrice: async (model: string, price: TokenPrices): Promise<void> => {
      await repository.setPrice(model, price);
      forgetSettings();
    },
    /** Takes an administrator's price away; the shipped one counts again. */
    removePrice: async (model: string): Promise<void> => {
      await repository.removePrice(model);
      forgetSettings();
    },
  };
}
export type ModelService = ReturnType<typeof createModelService>;
