import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HubError } from '#server/hub-error.ts';
import type { WorkerOrder, WorkerProblem, WorkerReply } from './serve-tasks.ts';

/**
 * Why there is no answer. `slow`: the task takes more of the processor than it may; `busy`: too many wait, or the clock ended
 * while others had the processor.
 */
export type Loss = 'slow' | 'memory' | 'broken' | 'stopped' | 'busy';

/** A task was not answered, for no reason that it gave itself. */
export class WorkerLost extends Error {
  readonly why: Loss;

  constructor(why: Loss) {
    super(`The worker gave no answer: ${why}.`);
    this.why = why;
  }
}

export type TaskLimits = {
  /**
   * What it may use of the processor, on all its threads together. A task computes, so this is what shows that it asks too
   * much; the clock also counts what else the machine does.
   */
  processorMs: number;
  /** When the wait for a busy machine ends; eight times the processor's time unless told. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** It is short: an abort ends the wait for its turn, not the process, which costs more than to let it finish. */
  mayFinish?: boolean | undefined;
};
export type WorkerProcess = ReturnType<typeof startWorkerProcess>;

const startTimeoutMs = 60_000;
/** How often slower than on an idle machine a task may get on, and how long the shortest may wait for its processor. */
const patience = { factor: 8, leastMs: 15_000 };
/** How the guard and the system end a process, and how V8 and allocators end their own. */
const signalsOfMemory = new Set(['SIGKILL', 'SIGABRT', 'SIGTRAP', 'SIGSEGV', 'SIGILL']);

/**
 * Starts a Node.js process that does tasks, one at a time, without the hub's environment.
 *
 * A process and not a thread: V8 often ends the whole process when a thread's memory ends, and counts no buffers.
 */
export function startWorkerProcess({ file, memoryMb }: { file: URL; memoryMb: number }) {
  const guard = fileURLToPath(new URL('guard-worker.js', file));
  const child = fork(fileURLToPath(file), [guard, String(memoryMb)], {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    // Nothing of the hub's; libraries choose the form that they run in by this.
    env: { NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let isSpent = false;
  let lose: (why: Loss) => void = () => {};
  const loss = new Promise<Loss>((resolve) => {
    lose = (why) => {
      isSpent = true;
      resolve(why);
    };
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (_code, signal) => {
      lose(signal === 'SIGXCPU' ? 'slow' : signalsOfMemory.has(signal ?? '') ? 'memory' : 'broken');
      resolve();
    });
    // It could not be started, or ended while it was sent something.
    child.on('error', () => {
      lose('broken');
      if (child.pid === undefined) resolve();
    });
  });
  child.unref();
  child.channel?.unref();

  const stop = (why: Loss): Promise<void> => {
    lose(why);
    child.kill('SIGKILL');
    return exited;
  };

  async function nextReply(timeoutMs: number): Promise<WorkerReply> {
    let hear: (message: unknown) => void = () => {};
    const clock = setTimeout(() => void stop('busy'), timeoutMs);
    try {
      return await new Promise<WorkerReply>((resolve, reject) => {
        hear = (message) => resolve(message as WorkerReply);
        child.once('message', hear);
        void loss.then((why) => reject(new WorkerLost(why)));
      });
    } finally {
      clearTimeout(clock);
      child.off('message', hear);
    }
  }

  const ready = nextReply(startTimeoutMs);
  ready.catch(() => undefined);

  return {
    /** Ends the process; what it was doing is lost at once. */
    stop,

    /** Whether it can do no more. */
    isSpent: () => isSpent,

    /**
     * Does one task; ends the process when that takes too much of the processor, too long, or the signal aborts.
     *
     * @throws {HubError} what the task threw, if it was one
     * @throws {WorkerLost} when there is no answer
     */
    perform: async (
      task: object,
      { processorMs, timeoutMs = Math.max(patience.factor * processorMs, patience.leastMs), signal }: TaskLimits,
    ): Promise<unknown> => {
      signal?.throwIfAborted();
      const abort = () => void stop('stopped');
      signal?.addEventListener('abort', abort);
      try {
        await ready;
        const reply = nextReply(timeoutMs);
        child.send({ task, processorMs } satisfies WorkerOrder, () => undefined);
        const given = await reply;
        isSpent ||= given.worn;
        if ('problem' in given) throw toHubError(given.problem);
        if ('failure' in given) throw new Error(given.failure);
        return given.answer;
      } catch (thrown) {
        signal?.throwIfAborted();
        throw thrown;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}

function toHubError({ code, words, issues }: WorkerProblem): HubError {
  return new HubError(code, words, { errors: issues });
}
