import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { toAbsence } from '#server/platform/workers/to-absence.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { Loss } from '#server/platform/workers/worker-process.ts';
import type { CodeTask } from './code-worker.ts';
import type { SandboxOutput } from './keep-output.ts';
import type { SandboxMaterial } from './run-in-sandbox.ts';

const usualLimits = { processorMs: 10_000, memoryMb: 128, processMb: 640 };
/** For what the interpreter does without looking at its clock, such as the sorting of a long list. */
const graceMs = 3_000;

/**
 * Runs JavaScript that models and people wrote: in a sandbox inside of a process of its own, two at the same time.
 *
 * The sandbox limits processor time and memory with a message of its own; the process is the wall behind it.
 *
 * @param options.workerFile - where the build put `code-worker`
 */
export function createCodeRunner({
  workerFile,
  limits = {},
}: {
  workerFile: URL;
  limits?: Partial<typeof usualLimits> | undefined;
}) {
  const { processorMs, memoryMb, processMb } = { ...usualLimits, ...limits };
  const pool = createWorkerPool<CodeTask, SandboxOutput>({
    file: workerFile,
    processes: 2,
    mostWaiting: 32,
    memoryMb: processMb,
    toFailure: (why) => toFailure(why, processorMs),
  });

  const runCode = (
    { code, material }: { code: string; material: SandboxMaterial },
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<SandboxOutput> =>
    pool.run(
      { code, material: JSON.stringify(material), limits: { processorMs, memoryMb } },
      { processorMs: processorMs + graceMs, signal },
    );

  return Object.assign(runCode, { close: pool.close });
}

function toFailure(why: Loss, processorMs: number): HubError {
  switch (why) {
    case 'slow':
      return refusal({
        en: `The code ran for more than ${processorMs / 1000} seconds of a processor and was stopped. Look for a loop without end, or work on less data.`,
        zh: `代码占用处理器超过 ${processorMs / 1000} 秒，已被停止。请检查是否有死循环，或减少数据。`,
      });
    case 'memory':
      return refusal({
        en: 'The code needs too much memory. Work on less data at once.',
        zh: '代码占用的内存过多。请减少一次处理的数据。',
      });
    case 'broken':
      return refusal({
        en: 'The code ended the sandbox that it ran in. Write it in a simpler way.',
        zh: '代码使其所在的沙箱终止。请用更简单的写法。',
      });
    case 'busy':
    case 'stopped':
      return toAbsence(why, { en: 'run code', zh: '运行代码' });
  }
}

function refusal(words: LocalizedText): HubError {
  return new HubError('validation_failed', words);
}
