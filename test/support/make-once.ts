import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const limitMs = 5 * 60_000;

/**
 * Makes a folder once on this machine: who wants it while another process makes it waits for that one.
 *
 * @param make - fills a folder beside it, which is moved to its place when it is whole
 */
export async function makeOnce(folder: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const lock = `${folder}.lock`;
  const limit = Date.now() + limitMs;
  while (!existsSync(folder)) {
    if (takeLock(lock)) {
      try {
        if (!existsSync(folder)) await makeBeside(folder, make);
      } finally {
        rmSync(lock, { force: true });
      }
    } else if (Date.now() > limit) {
      throw new Error(`Another process has been making ${folder} for too long.`);
    } else await wait(100);
  }
}

async function makeBeside(folder: string, make: (unfinished: string) => Promise<void>) {
  const unfinished = `${folder}.making-${process.pid}`;
  await make(unfinished);
  if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, folder);
}

/** False while another process that lives has it; one whose maker was killed is taken away. */
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isHeld(lock: string): boolean {
  try {
    const maker = Number(readFileSync(lock, 'utf8'));
    // Empty for the moment between its making and its writing.
    if (maker > 0) process.kill(maker, 0);
    return true;
  } catch {
    return false;
  }
}
