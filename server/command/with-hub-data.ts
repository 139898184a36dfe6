import { join } from 'node:path';
import type { Database } from '#server/platform/database.ts';
import { type HubEnvironment, readEnvironment } from '#server/platform/env.ts';
import { readMigrations } from '#server/platform/migrate.ts';
import { connectDatabase, type DatabaseSettings } from '#server/platform/open-database.ts';
import type { CommandContext } from './command-context.ts';

export type HubData = { database: Database; environment: HubEnvironment };

export function toDatabaseSettings(
  { root, workerFile, templateFolder, say }: CommandContext,
  environment: HubEnvironment,
) {
  const { databaseUrl, dataFolder } = environment;
  const migrations = readMigrations(join(root, 'prisma/migrations'));
  return { databaseUrl, dataFolder, migrations, workerFile, templateFolder, say } satisfies DatabaseSettings;
}

/** Works on the hub's data, beside a running hub or alone, and lets go of it. */
export async function withHubData<Result>(
  context: CommandContext,
  work: (data: HubData) => Promise<Result>,
): Promise<Result> {
  const environment = readEnvironment(context.variables);
  const database = await connectDatabase(toDatabaseSettings(context, environment));
  try {
    return await work({ database, environment });
  } finally {
    await database.close();
  }
}
