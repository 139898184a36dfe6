import type { FirstViewTask } from '#server/contract/first-view.ts';
import { HubError } from '#server/hub-error.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';

/** A document waits for its view by the clock. */
const limits = { processorMs: 2_000, timeoutMs: 2_000 };
/** A process takes longer to start than a document may wait, so it stays for the next one. */
const idleMs = 10 * 60_000;

/**
 * Draws the page's first views with the page's own components, in a process that starts with the first task.
 *
 * Its HTML is what the components make of the answers: escaped, and of nothing else.
 */
export function createViewDrawer({ workerFile }: { workerFile: URL }) {
  const pool = createWorkerPool<FirstViewTask, string>({
    file: workerFile,
    processes: 1,
    mostWaiting: 4,
    memoryMb: 256,
    idleMs,
    toFailure: (why) =>
      new HubError('unavailable', { en: `No first view was drawn: ${why}.`, zh: `没有绘制首屏：${why}。` }),
  });
  return { draw: (task: FirstViewTask) => pool.run(task, limits), close: pool.close };
}
