import type { ConnectionTest } from '#server/contract/model.ts';
import { HubError } from '#server/hub-error.ts';
import type { AdministratorSettings } from './administrator-settings.ts';
import type { KnownModels } from './known-models.ts';
import { listProviderModels, type ProviderFetch } from './list-provider-models.ts';
import { localServers, toLocalConnection } from './model-connections.ts';
import { connectionNotFound } from './model-errors.ts';

const timeoutMs = 10_000;

type Needs = { settings: AdministratorSettings; known: KnownModels; fetch: ProviderFetch };

/** Asks the provider of a connection now; a failure is an answer, not an error. */
export function createConnectionTester({ settings, known, fetch }: Needs) {
  /** @throws {HubError} `not_found` */
  return async (id: string): Promise<ConnectionTest> => {
    const { connections } = await settings.load();
    const local = localServers.find((server) => server.id === id);
    const connection =
      connections.find((candidate) => candidate.id === id) ??
      (local === undefined ? undefined : toLocalConnection(local));
    if (connection === undefined) throw connectionNotFound(id);
    known.forget(id);
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const found = await listProviderModels(connection, { fetch, timeoutMs, signal });
      return { works: true, detail: `${found.length} models`, models: found.map(({ id: model }) => model) };
    } catch (error) {
      const detail = error instanceof HubError ? error.message : 'It did not answer.';
      return { works: false, detail, models: [] };
    }
  };
}
