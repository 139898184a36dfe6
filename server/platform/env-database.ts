import { resolve } from 'node:path';

/**
 * Where the hub's data is, read without the schema library: a start opens the database before it reads anything else.
 * `env.ts` checks both.
 */
export function readDatabasePlace(variables: NodeJS.ProcessEnv = process.env) {
  const { HUB_DATA_DIR: folder = '', DATABASE_URL: url = '' } = variables;
  return { dataFolder: resolve(folder === '' ? './data' : folder), isEmbedded: url === '' };
}
