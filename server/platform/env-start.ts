import { resolve } from 'node:path';

/**
 * Where the hub keeps its data and listens, read without the schema library: a start opens the database before it reads
 * anything else. `env.ts` checks all of it.
 */
export function readStartPlace(variables: NodeJS.ProcessEnv = process.env) {
  const { HUB_DATA_DIR: folder, DATABASE_URL: url, HOST: host, PORT: port } = variables;
  return {
    dataFolder: resolve(folder || './data'),
    isEmbedded: !url,
    host: host || '127.0.0.1',
    port: Number(port || 3000),
  };
}
