import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockContent } from '#server/platform/embedded/data-folder-lock.ts';
import { findFolderTrouble } from '#server/platform/find-folder-trouble.ts';
import { readSecrets } from '#server/platform/secrets-file.ts';
import { type Finding, fine, note, wrong } from './finding.ts';

export async function checkDataFolder(folder: string, holder: LockContent | null): Promise<Finding[]> {
  const trouble = findFolderTrouble(folder);
  if (trouble !== null) return [wrong('Data folder', ...trouble)];
  const found = await stat(folder).catch(() => null);
  if (found === null) return [note('Data folder', `${folder} is not there yet; the first start makes it.`)];
  const use =
    holder === null
      ? 'no process has an embedded database open in it'
      : `process ${holder.pid} runs on it since ${holder.startedAt}`;
  return [fine('Data folder', `${folder}: ${use}`), await checkSecrets(join(folder, 'secrets.json'))];
}

/** Looks at the mode before the content, because reading mends it. */
async function checkSecrets(file: string): Promise<Finding> {
  const found = await stat(file).catch(() => null);
  if (found === null) return note('Secrets', `${file} is not there yet; the first start makes it.`);
  const mode = found.mode & 0o777;
  try {
    if ((mode & 0o077) === 0) readSecrets(file);
  } catch (error) {
    return wrong('Secrets', error instanceof Error ? error.message : String(error), 'See above.');
  }
  return (mode & 0o077) === 0
    ? fine('Secrets', `${file}, readable by its owner only`)
    : wrong('Secrets', `${file} can be read by others (mode ${mode.toString(8)}).`, `Run: chmod 600 ${file}`);
}
