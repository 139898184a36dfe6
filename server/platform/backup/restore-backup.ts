import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDataFolder } from '#server/platform/embedded/data-folder-lock.ts';
import { type DatabaseSettings, openDatabase } from '#server/platform/open-database.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { loadTables } from './load-tables.ts';
import { unpackArchive } from './unpack-archive.ts';

type RestoreSettings = DatabaseSettings & { file: string; now: Date; say: (line: string) => void };
export type Restored = { manifest: BackupManifest; keptIn: string | null };

/**
 * Puts back a backup, into the embedded database or an empty database at `databaseUrl`.
 *
 * All is made ready beside the data first; then what is there is moved aside, never deleted.
 *
 * @throws {Error} when a hub runs on the data folder, or the backup cannot be restored; then nothing was changed
 */
export async function restoreBackup(settings: RestoreSettings): Promise<Restored> {
  const { dataFolder, file, now, say } = settings;
  const lock = lockDataFolder(dataFolder, dataFolder);
  const moment = now.toISOString().replaceAll(':', '-');
  const staging = join(dataFolder, `.restoring-${moment}`);
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 });
    say('Unpacking');
    const manifest = await unpackArchive(file, join(staging, 'unpacked'));
    say('Filling the database');
    await fillDatabase(settings, manifest, staging);
    const keptIn = await swap(settings, staging, join(dataFolder, `before-restore-${moment}`));
    return { manifest, keptIn };
  } finally {
    await rm(staging, { recursive: true, force: true });
    lock.release();
  }
}

async function fillDatabase(settings: RestoreSettings, manifest: BackupManifest, staging: string) {
  const migrations = manifest.migrations.map(({ name, checksum }) => {
    const known = settings.migrations.find((migration) => migration.name === name);
    if (known?.checksum !== checksum) {
      throw new Error(`The backup has the schema ${name}, which this hub does not know. Restore it with a newer hub.`);
    }
    return known;
  });
  const { databaseUrl, workerFile, templateFolder } = settings;
  const dataFolder = join(staging, 'made');
  const database = await openDatabase({ databaseUrl, dataFolder, migrations, workerFile, templateFolder });
  try {
    await loadTables({ pool: database.pool, folder: join(staging, 'unpacked'), tables: manifest.tables });
  } finally {
    await database.close();
  }
}

/** Moves each restored part to its place, and what was there to `aside`. */
async function swap({ dataFolder }: RestoreSettings, staging: string, aside: string): Promise<string | null> {
  let keptIn: string | null = null;
  const parts = [
    ['made/database', 'database'],
    ['unpacked/files', 'files'],
    ['unpacked/secrets.json', 'secrets.json'],
  ] as const;
  for (const [made, name] of parts) {
    const [source, place] = [join(staging, made), join(dataFolder, name)];
    const isReplaced = existsSync(source) || (name === 'files' && existsSync(place));
    if (isReplaced && existsSync(place)) {
      await mkdir(aside, { recursive: true, mode: 0o700 });
      await rename(place, join(aside, name));
      keptIn = aside;
    }
    if (existsSync(source)) await rename(source, place);
  }
  return keptIn;
}
