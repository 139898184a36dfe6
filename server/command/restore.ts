import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { restoreBackup } from '#server/platform/backup/restore-backup.ts';
import { readEnvironment } from '#server/platform/env.ts';
import type { CommandContext } from './command-context.ts';
import { toDatabaseSettings } from './with-hub-data.ts';

/** Puts a backup back and says where the data is that was there before. */
export async function restore(context: CommandContext, file: string): Promise<void> {
  const environment = readEnvironment(context.variables);
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  const settings = toDatabaseSettings(context, environment);
  const { manifest, keptIn } = await restoreBackup({ ...settings, file: path, now: new Date(), say: context.say });
  if (keptIn !== null) context.say(`What was there before is in ${keptIn}.`);
  if (!manifest.hasSecrets && !existsSync(join(environment.dataFolder, 'secrets.json'))) {
    context.say('The backup has no secrets.json: put yours into the data folder before you start the hub.');
  }
  context.print(`Restored the backup of ${manifest.createdAt}. Start the hub with: npm start`);
}
