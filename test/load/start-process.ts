import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type BenchProcess = { url: string; child: ChildProcess; stop: () => Promise<void> };

/** Starts a program that sends `{ url }` when it listens. */
export async function startProcess(file: string, parameters: string[], variables = {}): Promise<BenchProcess> {
  const child = fork(file, parameters, {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return { url, child, stop: () => stopProcess(child) };
}

export function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** Resident memory in megabytes, as the kernel counts it. */
export function readResidentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
