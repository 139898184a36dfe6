import { randomBytes } from 'node:crypto';
import type { Actor } from '#server/contract/actor.ts';
import type { Connection, CreateConnectionInput, UpdateConnectionInput } from '#server/contract/model.ts';
import type { AdministratorSettings } from './administrator-settings.ts';
import { canManageHubConnections, canUseOwnConnections } from './connection-policy.ts';
import type { FindConnection } from './find-connection.ts';
import type { KnownModels } from './known-models.ts';
import {
  type EnvironmentModels,
  localServers,
  type OpenConnection,
  presentConnection,
  secretContext,
  toEnvironmentConnections,
  toOpenConnection,
  usualBaseUrls,
} from './model-connections.ts';
import {
  connectionFromOutside,
  hubConnectionsForAdministrators,
  keyBoundToAgents,
  keyMissingForMove,
  mostOwnConnections,
  tooManyConnections,
} from './model-errors.ts';
import type { ModelRepository } from './model-repository.ts';
import type { FindWayOut } from './ways-out.ts';

type Needs = {
  repository: ModelRepository;
  settings: AdministratorSettings;
  known: KnownModels;
  environment: EnvironmentModels;
  findConnection: FindConnection;
  findWayOut: FindWayOut;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  now: () => Date;
};

/** Creates, changes and removes stored connections; those of the environment and of local servers are not edited here. */
export function createConnectionEditor({
  repository,
  settings,
  known,
  environment,
  findConnection,
  findWayOut,
  secrets,
  now,
}: Needs) {
  async function getStored(actor: Actor, id: string): Promise<OpenConnection> {
    const found = await findConnection(actor, id);
    if (found.origin !== 'stored') throw connectionFromOutside(found.name);
    return found;
  }

  /** The hub's are named in packages and by people; a person's tells nobody whether others have one of that name. */
  async function suggestId(name: string, ownerId: string | null): Promise<string> {
    const base =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 40) || 'connection';
    if (ownerId !== null) return `${base}-${randomBytes(4).toString('hex')}`;
    const outside = [...toEnvironmentConnections(environment), ...localServers];
    const taken = new Set([...outside.map(({ id }) => id), 'offline']);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (!taken.has(id) && (await repository.findConnection(id)) === null) return id;
    }
  }

  /** @throws {HubError} `forbidden`, `conflict` */
  async function findNewOwner(actor: Actor, personal: boolean): Promise<string | null> {
    if (!personal) {
      if (!canManageHubConnections(actor)) throw hubConnectionsForAdministrators();
      return null;
    }
    if (!canUseOwnConnections(actor)) throw keyBoundToAgents();
    if ((await repository.countConnectionsOf(actor.userId)) >= mostOwnConnections) throw tooManyConnections();
    return actor.userId;
  }

  return {
    /** @throws {HubError} `forbidden`, `conflict`, `egress_refused` */
    createConnection: async (actor: Actor, input: CreateConnectionInput): Promise<Connection> => {
      const ownerId = await findNewOwner(actor, input.personal);
      const baseUrl = input.baseUrl ?? usualBaseUrls[input.provider];
      findWayOut({ ownerId }).checkUrl(baseUrl);
      const id = await suggestId(input.name, ownerId);
      const record = await repository.createConnection({
        id,
        ownerId,
        name: input.name,
        provider: input.provider,
        baseUrl,
        api: input.api ?? null,
        secret: input.apiKey === undefined ? null : secrets.seal(input.apiKey, secretContext(id)),
        maximumConcurrentCalls: input.maximumConcurrentCalls ?? null,
        createdBy: actor.userId,
        createdAt: now(),
      });
      settings.forget();
      return presentConnection(toOpenConnection(record, secrets.open));
    },

    updateConnection: async (actor: Actor, id: string, input: UpdateConnectionInput): Promise<Connection> => {
      const stored = await getStored(actor, id);
      if (input.baseUrl !== undefined) findWayOut(stored).checkUrl(input.baseUrl);
      // A key that nobody can read must not be taken out by sending it somewhere else.
      const moves = input.baseUrl !== undefined && new URL(input.baseUrl).origin !== new URL(stored.baseUrl).origin;
      if (moves && stored.apiKey !== null && input.apiKey === undefined) throw keyMissingForMove();
      const record = await repository.updateConnection(id, {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.baseUrl === undefined ? {} : { baseUrl: input.baseUrl }),
        ...(input.api === undefined ? {} : { api: input.api }),
        ...(input.apiKey === undefined ? {} : { secret: secrets.seal(input.apiKey, secretContext(id)) }),
        ...(input.maximumConcurrentCalls === undefined ? {} : { maximumConcurrentCalls: input.maximumConcurrentCalls }),
      });
      settings.forget();
      known.forget(id);
      return presentConnection(toOpenConnection(record, secrets.open));
    },

    removeConnection: async (actor: Actor, id: string): Promise<Connection> => {
      const stored = await getStored(actor, id);
      await repository.removeConnection(id);
      settings.forget();
      known.forget(id);
      return presentConnection(stored);
    },
  };
}
