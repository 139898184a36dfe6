import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type UnusedBytes = {
  /** Bytes stored later are left alone: their upload may not be recorded yet. */
  storedBefore: Date;
  /** Those of some hashes that are in use. */
  findUsed: (sha256s: string[]) => Promise<string[]>;
};

/**
 * Removes stored bytes that nothing names any more, while uploads go on.
 *
 * Bytes are moved aside before the last look: an upload of the same bytes in between either refreshed them, and then they
 * go back, or it stores its own copy in the place that is free by then.
 *
 * @returns how many were removed
 */
export async function removeUnusedBytes(
  { folder, aside }: { folder: string; aside: string },
  { storedBefore, findUsed }: UnusedBytes,
): Promise<number> {
  let removed = 0;
  for (const place of await listPlaces(folder)) {
    const candidates = await listOlder(place, storedBefore);
    const used = new Set(candidates.length === 0 ? [] : await findUsed(candidates));
    for (const sha256 of candidates.filter((candidate) => !used.has(candidate))) {
      const [path, moved] = [join(place, sha256), join(aside, `unused-${sha256}`)];
      await rename(path, moved);
      const isWanted = (await stat(moved)).mtime >= storedBefore || (await findUsed([sha256])).length > 0;
      if (isWanted) await rename(moved, path);
      else await rm(moved, { force: true });
      removed += isWanted ? 0 : 1;
    }
  }
  return removed;
}

async function listPlaces(folder: string): Promise<string[]> {
  const isPart = (name: string) => /^[0-9a-f]{2}$/.test(name);
  const outer = (await readdir(folder).catch(() => [])).filter(isPart);
  const inner = await Promise.all(
    outer.map(async (name) =>
      (await readdir(join(folder, name))).filter(isPart).map((part) => join(folder, name, part)),
    ),
  );
  return inner.flat();
}

async function listOlder(place: string, storedBefore: Date): Promise<string[]> {
  const found = await Promise.all(
    (await readdir(place)).map(async (name) => ((await stat(join(place, name))).mtime < storedBefore ? [name] : [])),
  );
  return found.flat().filter((name) => /^[0-9a-f]{64}$/.test(name));
}
