import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Hubs on several machines may share a data folder; only here is it known whether a process lives. */
const prefix = `spill-${hostname()}-`;

/** A folder for what does not fit an engine's memory; it is of this process, which empties it, and nothing outlives it. */
export const makeSpillFolder = (folder: string): string => mkdtempSync(join(folder, `${prefix}${process.pid}-`));

/** Removes what processes left behind that were ended in the middle of their work. */
export function removeSpillsOfTheDead(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : null;
    if (pid !== null && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
