import { workerData } from 'node:worker_threads';

export type GuardData = {
  memoryMb: number;
  parent: number;
  /** Processor time of one task. */
  processorMs: number;
  /** What the process had used of the processor, in ms, when its task began; infinite while it has none. Shared. */
  begun: Float64Array;
};

const { memoryMb, parent, processorMs, begun } = workerData as GuardData;
const lookEveryMs = 50;

/**
 * Ends its process when it holds more memory than it may, when its task used more of the processor than it may, or when the
 * hub is gone. A thread of its own sees that also while the process is stuck, and the memory that V8 does not count.
 */
setInterval(() => {
  const { user, system } = process.cpuUsage();
  if ((user + system) / 1000 - (begun[0] ?? Infinity) > processorMs) process.kill(process.pid, 'SIGXCPU');
  if (process.memoryUsage.rss() > memoryMb * 1024 * 1024 || process.ppid !== parent)
    process.kill(process.pid, 'SIGKILL');
}, lookEveryMs);
