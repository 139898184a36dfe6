import type { HubError } from '#server/hub-error.ts';
import { type Loss, startWorkerProcess, type TaskLimits, type WorkerProcess, WorkerLost } from './worker-process.ts';

type PoolSettings<Task> = {
  /** Where the build put the worker; beside it is `guard-worker.js`. */
  file: URL;
  /** Tasks that are done at the same time, each in a process of its own. */
  processes: number;
  /** Tasks that wait for their turn, at most. */
  mostWaiting: number;
  /** Memory of one process, all in all. */
  memoryMb: number;
  /** For so long a process waits for its next task before it goes away. */
  idleMs?: number;
  /** Why there is no answer, in words for people. */
  toFailure: (why: Loss, task: Task) => HubError;
};

const usualIdleMs = 60_000;

/**
 * Does tasks that strangers had a hand in: in processes of their own with limits on time, processor and memory, a few at a time.
 *
 * A process starts with the first task that needs it, is replaced when it is stuck, dies or has grown big, and goes away
 * when there was nothing to do for a minute, or as long as is said. An abort ends the waiting, and the process, at once.
 */
export function createWorkerPool<Task extends object, Answer>({
  file,
  processes,
  mostWaiting,
  memoryMb,
  idleMs = usualIdleMs,
  toFailure,
}: PoolSettings<Task>) {
  const living = new Set<WorkerProcess>();
  const resting: { worker: WorkerProcess; leaving: NodeJS.Timeout }[] = [];
  const turns: { take: () => void; giveUp: (reason: unknown) => void }[] = [];
  let running = 0;
  let isClosed = false;

  async function takeTurn(signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    if (running < processes) {
      running += 1;
      return;
    }
    if (turns.length >= mostWaiting) throw new WorkerLost('busy');
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        turns.splice(turns.indexOf(turn), 1);
        reject(signal?.reason as Error);
      };
      const turn = {
        take: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
        giveUp: reject,
      };
      signal?.addEventListener('abort', abort);
      turns.push(turn);
    });
  }

  function endTurn() {
    const next = turns.shift();
    if (next === undefined) running -= 1;
    else next.take();
  }

  function takeWorker(): WorkerProcess {
    const rested = resting.pop();
    clearTimeout(rested?.leaving);
    if (rested !== undefined && !rested.worker.isSpent()) return rested.worker;
    if (rested !== undefined) dismiss(rested.worker);
    const worker = startWorkerProcess({ file, memoryMb });
    living.add(worker);
    return worker;
  }

  function giveBack(worker: WorkerProcess) {
    if (worker.isSpent()) return dismiss(worker);
    const leaving = setTimeout(() => {
      resting.splice(resting.indexOf(rested), 1);
      dismiss(worker);
    }, idleMs).unref();
    const rested = { worker, leaving };
    resting.push(rested);
  }

  function dismiss(worker: WorkerProcess) {
    void worker.stop('stopped').then(() => living.delete(worker));
  }

  async function perform(task: Task, limits: TaskLimits): Promise<Answer> {
    await takeTurn(limits.signal);
    try {
      if (isClosed) throw new WorkerLost('stopped');
      const worker = takeWorker();
      const { signal, mayFinish = false } = limits;
      const performed = worker.perform(task, mayFinish ? { ...limits, signal: undefined } : limits);
      const answer = (await performed.finally(() => giveBack(worker))) as Answer;
      signal?.throwIfAborted();
      return answer;
    } finally {
      endTurn();
    }
  }

  return {
    /**
     * Does one task. Its limits begin when its turn has come and its process has loaded.
     *
     * @throws {HubError} what the task threw, if it was one, or `toFailure` when there is no answer
     */
    run: (task: Task, limits: TaskLimits): Promise<Answer> =>
      perform(task, limits).catch((thrown: unknown) => {
        throw thrown instanceof WorkerLost ? toFailure(thrown.why, task) : thrown;
      }),

    /** Ends all processes; what they were doing, and what was waiting, is lost. */
    close: async () => {
      isClosed = true;
      for (const { giveUp } of turns.splice(0)) giveUp(new WorkerLost('stopped'));
      for (const { leaving } of resting.splice(0)) clearTimeout(leaving);
      await Promise.all([...living].map((worker) => worker.stop('stopped')));
    },
  };
}
