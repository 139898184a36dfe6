import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findFolderTrouble } from '#server/platform/find-folder-trouble.ts';

const LockContent = z.object({
  pid: z.number().int(),
  /** The process's start time as the kernel counts it, so that a reused pid is not taken for the holder. */
  processStart: z.string().nullable(),
  startedAt: z.string(),
  socketFolder: z.string(),
});
export type LockContent = z.infer<typeof LockContent>;

export type DataFolderLock = { release: () => void };

/**
 * Takes the data folder for this process.
 *
 * @throws {Error} naming the process that holds it, or why it cannot be used
 */
export function lockDataFolder(dataFolder: string, socketFolder: string): DataFolderLock {
  const trouble = findFolderTrouble(dataFolder);
  if (trouble !== null) throw new Error(trouble.join(' '));
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = lockFile(dataFolder);
  const content: LockContent = {
    pid: process.pid,
    processStart: readProcessStart(process.pid),
    startedAt: new Date().toISOString(),
    socketFolder,
  };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const descriptor = openSync(file, 'wx', 0o600);
      writeSync(descriptor, JSON.stringify(content));
      closeSync(descriptor);
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = findLockHolder(dataFolder);
      if (holder !== null) {
        throw new Error(
          `The data folder ${dataFolder} is in use by process ${holder.pid}, started ${holder.startedAt}. ` +
            'Stop it first, or set HUB_DATA_DIR to another folder.',
          { cause: error },
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new Error(`The lock file ${file} keeps coming back. Is another hub starting at the same time?`);
}

/** The living process that holds the folder, or null. */
export function findLockHolder(dataFolder: string): LockContent | null {
  let text: string;
  try {
    text = readFileSync(lockFile(dataFolder), 'utf8');
  } catch {
    return null;
  }
  const parsed = LockContent.safeParse(parseJson(text));
  if (!parsed.success) return null;
  return isAlive(parsed.data) ? parsed.data : null;
}

function lockFile(dataFolder: string) {
  return join(dataFolder, 'hub.lock');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(holder: LockContent) {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.processStart === null || readProcessStart(holder.pid) === holder.processStart;
}

function readProcessStart(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[19] ?? null;
  } catch {
    return null;
  }
}
