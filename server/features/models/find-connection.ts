import type { Actor } from '#server/contract/actor.ts';
import { canManageHubConnections, canUseOwnConnections } from './connection-policy.ts';
import {
  type EnvironmentModels,
  localServers,
  type OpenConnection,
  toEnvironmentConnections,
  toLocalConnection,
  toOpenConnection,
} from './model-connections.ts';
import { connectionNotFound, hubConnectionsForAdministrators } from './model-errors.ts';
import type { ModelRepository } from './model-repository.ts';

type Needs = {
  repository: Pick<ModelRepository, 'findConnection'>;
  environment: EnvironmentModels;
  openSecret: (envelope: string, context: string) => string;
};

/** Finds the connections that an actor may manage: their own, and the hub's for administrators. */
export function createConnectionFinder({ repository, environment, openSecret }: Needs) {
  const outside = [...toEnvironmentConnections(environment), ...localServers.map(toLocalConnection)];

  /** @throws {HubError} `not_found`, `forbidden` */
  return async (actor: Actor, id: string): Promise<OpenConnection> => {
    const record = await repository.findConnection(id);
    const found =
      record === null ? outside.find((connection) => connection.id === id) : toOpenConnection(record, openSecret);
    if (found === undefined) throw connectionNotFound(id);
    const { ownerId } = found;
    if (ownerId === null && !canManageHubConnections(actor)) throw hubConnectionsForAdministrators();
    if (ownerId !== null && (ownerId !== actor.userId || !canUseOwnConnections(actor))) throw connectionNotFound(id);
    return found;
  };
}
export type FindConnection = ReturnType<typeof createConnectionFinder>;
