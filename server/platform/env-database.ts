import { resolve } from 'node:path';

/**
 * Where the hub's data is, read without the schema library: a start opens the database before it reads anything else.
 * `env.ts` checks both.
 */
export function readDatabasePlace(variables: NodeJS.ProcessEnv = process.env) {
  const folder = variables['HUB_DATA_DIR'] ?? './data';
  return {
    dataFolder: resolve(folder),
    /** Whether to open the embedded database at once; a wrong setting is told by `env.ts` first. */
    isEmbedded: (variables['DATABASE_URL'] ?? '') === '' && folder !== '',
  };
}
