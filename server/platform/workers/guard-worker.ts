import { workerData } from 'node:worker_threads';
import { readProcessorMs } from './read-processor-ms.ts';

export type GuardData = {
  memoryMb: number;
  parent: number;
  /** Its process is ended when it has used so much of the processor, in ms; infinite while it has no task. Shared. */
  end: Float64Array;
};

const { memoryMb, parent, end } = workerData as GuardData;
const lookEveryMs = 50;

/**
 * Ends its process when it holds more memory than it may, when its task used more of the processor than it may, or when the
 * hub is gone. A thread of its own sees that also while the process is stuck, and the memory that V8 does not count.
 */
setInterval(() => {
  if (readProcessorMs() > (end[0] ?? Infinity)) process.kill(process.pid, 'SIGXCPU');
  if (process.memoryUsage.rss() > memoryMb * 1024 * 1024 || process.ppid !== parent)
    process.kill(process.pid, 'SIGKILL');
}, lookEveryMs);
