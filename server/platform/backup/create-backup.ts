import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '#server/platform/database.ts';
import { type BackupManifest, manifestName, secretsName, tableFile } from './backup-manifest.ts';
import { dumpTables } from './dump-tables.ts';
import { type ArchiveEntry, listStoredFiles, packArchive } from './pack-archive.ts';

/**
 * Writes one compressed file (mode 0600) with the rows, the stored files and, if wanted, the secrets of a hub, also
 * while it runs. The rows are those of one moment; files are read after them, so that none is missing.
 */
export async function createBackup({
  database,
  dataFolder,
  target,
  withSecrets,
  now,
  say,
}: {
  database: Pick<Database, 'pool'>;
  dataFolder: string;
  target: string;
  withSecrets: boolean;
  now: Date;
  say: (line: string) => void;
}): Promise<BackupManifest> {
  if ((await stat(target).catch(() => null)) !== null) throw new Error(`${target} is there already.`);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const work = await mkdtemp(join(dirname(target), '.backup-'));
  try {
    say('Reading the database');
    const dumped = await dumpTables({ pool: database.pool, folder: work });
    const secrets = join(dataFolder, secretsName);
    const hasSecrets = withSecrets && (await stat(secrets).catch(() => null)) !== null;
    const manifest: BackupManifest = {
      format: 'atrium-backup',
      formatVersion: 1,
      createdAt: now.toISOString(),
      hasSecrets,
      ...dumped,
    };
    await writeFile(join(work, manifestName), JSON.stringify(manifest, null, 2));
    say('Packing');
    async function* listEntries(): AsyncGenerator<ArchiveEntry, void> {
      for (const name of [manifestName, ...manifest.tables.map((table) => tableFile(table.name))]) {
        yield { name, file: join(work, name) };
      }
      if (hasSecrets) yield { name: secretsName, file: secrets };
      yield* listStoredFiles(dataFolder);
    }
    await packArchive(listEntries(), join(work, 'packed'));
    await rename(join(work, 'packed'), target);
    return manifest;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
