import type { Actor } from '#server/contract/actor.ts';
import type { Connection, CreateConnectionInput, UpdateConnectionInput } from '#server/contract/model.ts';
import type { AdministratorSettings } from './administrator-settings.ts';
import type { KnownModels } from './known-models.ts';
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
import { connectionFromOutside, connectionNotFound, keyMissingForMove } from './model-errors.ts';
import type { ModelRepository } from './model-repository.ts';

type Needs = {
  repository: ModelRepository;
  settings: AdministratorSettings;
  known: KnownModels;
  environment: EnvironmentModels;
  /** Refuses a base URL that the hub may not reach. @throws {HubError} `egress_refused` */
  checkUrl: (url: string) => void;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  now: () => Date;
};

/** Creates, changes and removes stored connections; those of the environment and of local servers are not edited here. */
export function createConnectionEditor({ repository, settings, known, environment, checkUrl, secrets, now }: Needs) {
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
    const { connections } = await settings.load();
    const taken = new Set([...connections.map(({ id }) => id), ...localServers.map(({ id }) => id), 'offline']);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (!taken.has(id)) return id;
    }
  }

  return {
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
      settings.forget();
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
      settings.forget();
      known.forget(id);
      return presentConnection(toOpenConnection(record, secrets.open));
    },

    removeConnection: async (id: string): Promise<void> => {
      await getStored(id);
      await repository.removeConnection(id);
      settings.forget();
      known.forget(id);
    },
  };
}
