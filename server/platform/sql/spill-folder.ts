import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Hubs on several machines may share a data folder; only here is it known whether a process lives. */
const prefix = `spill-${hostname()}-`;

/** A folder for what does not fit an engine's memory; it is of this process, which empties it, and nothing outlives it. */
export const makeSpillFolder = (folder: string): string => mkdtempSync(join(folder, `${prefix}${process.pid}-`));

/**
 * Removes what processes left behind that were ended in the middle of their work. Gigabytes take the file system half a
 * second, so it is nothing to wait for; what cannot be removed now is tried again after the next loss.
 */
export async function removeSpillsOfTheDead(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : null;
    if (pid !== null && !isAlive(pid))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
