import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './run-engine.ts';

/** Where the system tells enough of another process to copy what it writes. */
export const canHold = process.platform === 'linux';

/** What of each thread's file the system keeps: its state, or how long it has run, in nanoseconds. */
const readThreads = (pid: number, file: string) =>
  readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/${file}`, 'utf8'));

/**
 * Holds a process in the middle of its work and copies its folder: what is there is what a kill at that moment leaves.
 * The process goes on and knows nothing of it.
 *
 * @returns the copy's folder
 */
export async function copyHeld({ pid }: ChildProcess, folder: string): Promise<string> {
  if (pid === undefined) throw new Error('The process could not be started.');
  for (;;) {
    process.kill(pid, 'SIGSTOP');
    await until(() => readThreads(pid, 'stat').every((line) => /\) [Tt] /.test(line)));
    const ran = readThreads(pid, 'schedstat').join();
    const copy = mkdtempSync(join(tmpdir(), 'atrium-held-'));
    // Without the lock and the socket, which a kill leaves but whose process lives here.
    cpSync(join(folder, 'database'), join(copy, 'database'), { recursive: true });
    const isWhole = ran === readThreads(pid, 'schedstat').join();
    process.kill(pid, 'SIGCONT');
    if (isWhole) return copy;
    // Somebody else let it go on meanwhile.
    rmSync(copy, { recursive: true });
  }
}
