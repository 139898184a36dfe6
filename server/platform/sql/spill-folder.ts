import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A folder for what does not fit an engine's memory; it is of this process, which empties it, and nothing outlives it. */
export const makeSpillFolder = (folder: string): string => mkdtempSync(join(folder, `spill-${process.pid}-`));

/** Removes what processes left behind that were ended in the middle of their work. */
export function removeSpillsOfTheDead(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, pid] = /^spill-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
