import { workerData } from 'node:worker_threads';

export type GuardData = { memoryMb: number; parent: number };

const { memoryMb, parent } = workerData as GuardData;
const lookEveryMs = 50;

/**
 * Ends its process when it holds more memory than it may, or when the hub is gone. A thread of its own sees that also while
 * the process is stuck, and the memory that V8 does not count.
 */
setInterval(() => {
  if (process.memoryUsage.rss() > memoryMb * 1024 * 1024 || process.ppid !== parent)
    process.kill(process.pid, 'SIGKILL');
}, lookEveryMs);
