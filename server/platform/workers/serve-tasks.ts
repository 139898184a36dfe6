import { getPriority, setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';

import { HubError } from '#server/hub-error.ts';
import type { GuardData } from './guard-worker.ts';
import { readProcessorMs } from './read-processor-ms.ts';

/** A `HubError` that a task threw. */
export type WorkerProblem = Pick<HubError, 'code' | 'words' | 'issues'>;

/** What a pool sends: a task, and how much of the processor it may use. */
export type WorkerOrder = { task: unknown; processorMs: number };

type Outcome =
  | { answer: unknown }
  | { problem: WorkerProblem }
  /** Anything else that it threw. */
  | { failure: string };

/** The first message, with an empty answer, says that the process has loaded; each later one is what became of a task. */
export type WorkerReply = Outcome & {
  /** The process holds so much memory that a new one should do the next task. */
  worn: boolean;
};

const longestFailure = 1_000;
const usualNiceness = 10;
const megabyte = 1024 * 1024;

/**
 * Makes this process one of a pool's workers: it does what it is sent, and lets nothing that goes wrong out of here.
 *
 * It yields to the hub where both want a processor, if `niceness` is not 0, and ends with the hub; `guard-worker` sees to its memory
 * and its share of the processor.
 */
export function serveTasks<Task, Answer>(perform: (task: Task) => Promise<Answer>, niceness = usualNiceness) {
  const [guard = '', memory = ''] = process.argv.slice(2);
  const memoryMb = Number(memory);
  const end = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)).fill(Infinity);
  const workerData: GuardData = { memoryMb, parent: process.ppid, end };
  new Worker(guard, { workerData, env: {} }).unref();
  // A hub that was itself started as nice as that may not take back any of it.
  if (getPriority() < niceness) setPriority(niceness);
  // A terminal sends Ctrl-C to the whole group, but the hub decides when its workers end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  // Readers of hostile documents leave rejections behind that belong to no answer.
  process.on('unhandledRejection', () => undefined);

  const reply = (outcome: Outcome) => {
    end[0] = Infinity;
    process.send?.({ ...outcome, worn: process.memoryUsage.rss() > (memoryMb / 2) * megabyte } satisfies WorkerReply);
  };

  process.on('message', ({ task, processorMs }: WorkerOrder) => {
    end[0] = readProcessorMs() + processorMs;
    perform(task as Task).then(
      (answer) => reply({ answer }),
      (thrown: unknown) => reply(toOutcome(thrown)),
    );
  });
  reply({ answer: null });
}

function toOutcome(thrown: unknown): Outcome {
  if (thrown instanceof HubError) {
    const { code, words, issues } = thrown;
    return { problem: { code, words, issues } };
  }
  return { failure: (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, longestFailure) };
}
