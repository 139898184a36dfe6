import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';

export type ArchiveEntry = { name: string; file: string };

/** Packs files into a compressed tar, in order; one that is gone by then is left out. */
export async function packArchive(entries: AsyncIterable<ArchiveEntry>, target: string): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, createGzip(), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
  try {
    for await (const entry of entries) await add(archive, entry);
    archive.finalize();
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
  }
  await written;
}

async function add(archive: Pack, { name, file }: ArchiveEntry) {
  const found = await stat(file).catch(() => null);
  if (found === null) return;
  const entry = archive.entry({ name, size: found.size, mode: 0o600, mtime: found.mtime });
  await pipeline(createReadStream(file), entry);
}

/** The stored files of a data folder, as `files/aa/bb/<sha256>`. */
export async function* listStoredFiles(dataFolder: string): AsyncGenerator<ArchiveEntry, void> {
  const list = (folder: string) => readdir(join(dataFolder, folder)).catch(() => []);
  for (const outer of await list('files')) {
    if (!/^[0-9a-f]{2}$/.test(outer)) continue;
    for (const inner of await list(join('files', outer))) {
      for (const sha256 of await list(join('files', outer, inner))) {
        const name = `files/${outer}/${inner}/${sha256}`;
        yield { name, file: join(dataFolder, name) };
      }
    }
  }
}
