import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Entry, extract } from 'tar-stream';
import { BackupManifest, manifestName, secretsName, tableFile } from './backup-manifest.ts';

const largestManifestBytes = 1024 * 1024;
const storedFile = /^files\/([0-9a-f]{2})\/([0-9a-f]{2})\/\1\2[0-9a-f]{60}$/;

/**
 * Unpacks a backup into an empty folder. Only the names that a backup has are written, and stored files are compared with
 * their hash.
 *
 * @throws {Error} when it is no backup, or damaged
 */
export async function unpackArchive(file: string, folder: string): Promise<BackupManifest> {
  const archive = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), archive);
  // An entry that the file ends in never ends itself.
  const failure = new Promise<never>((_, reject) => {
    reading.catch((error: Error) => {
      archive.destroy(error);
      reject(error);
    });
  });
  let manifest: BackupManifest | null = null;
  const seen = new Set<string>();
  const unpack = async () => {
    for await (const entry of archive) {
      const { name, type } = entry.header;
      if (type !== 'file' || seen.has(name)) throw new Error(`it has an entry ${name} that no backup has`);
      seen.add(name);
      if (manifest === null) manifest = await readManifest(entry);
      else await store(entry, name, manifest, folder);
    }
    return manifest;
  };
  try {
    manifest = await Promise.race([unpack(), failure]);
    await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be restored: ${why}.`, { cause: error });
  }
  if (manifest === null) throw new Error(`${file} cannot be restored: it is empty.`);
  const wanted = [...manifest.tables.map(({ name }) => tableFile(name)), ...(manifest.hasSecrets ? [secretsName] : [])];
  const missing = wanted.find((name) => !seen.has(name));
  if (missing !== undefined) throw new Error(`${file} cannot be restored: it lacks ${missing}.`);
  return manifest;
}

async function readManifest(entry: Entry): Promise<BackupManifest> {
  if (entry.header.name !== manifestName || (entry.header.size ?? 0) > largestManifestBytes) {
    throw new Error('it is no backup of this hub');
  }
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  const parsed = BackupManifest.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
  if (!parsed.success) throw new Error('its manifest has a form that this hub does not know');
  return parsed.data;
}

async function store(entry: Entry, name: string, manifest: BackupManifest, folder: string) {
  const isStoredFile = storedFile.test(name);
  const isTable = manifest.tables.some((table) => tableFile(table.name) === name);
  if (!isStoredFile && !isTable && !(name === secretsName && manifest.hasSecrets)) {
    throw new Error(`it has an entry ${name} that no backup has`);
  }
  const target = join(folder, name);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  entry.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(entry, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
  if (isStoredFile && hash.digest('hex') !== basename(name)) throw new Error(`its file ${name} was changed`);
}
