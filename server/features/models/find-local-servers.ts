import type { KnownModels } from './known-models.ts';
import { localServers, type OpenConnection, toLocalConnection } from './model-connections.ts';

/** Finds the local servers that answer now; none where they are not to be looked for. */
export function createLocalServerFinder({ known, isWanted }: { known: KnownModels; isWanted: boolean }) {
  return async (): Promise<OpenConnection[]> => {
    if (!isWanted) return [];
    const found = await Promise.all(
      localServers.map(async (server) => {
        const connection = toLocalConnection(server);
        const { models } = await known.read(connection);
        return models.length > 0 ? [connection] : [];
      }),
    );
    return found.flat();
  };
}
