import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { toAbsence } from '#server/platform/workers/to-absence.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { Loss } from '#server/platform/workers/worker-process.ts';
import type { PageTask, PdfTask } from './document-worker.ts';
import type { ReadablePage } from './page-to-markdown.ts';
import type { PdfText } from './read-pdf.ts';

const largestBytes = 32 * 1024 * 1024;
const usualLimits = { pdfProcessorMs: 30_000, pageProcessorMs: 10_000, memoryMb: 512 };

type Task = PdfTask | PageTask;

/**
 * Reads documents that strangers wrote, in processes of their own: two at the same time, each with limits on
 * processor time and memory. An abort ends the waiting at once.
 *
 * @param options.workerFile - where the build put `document-worker`
 */
export function createDocumentReader({
  workerFile,
  limits = {},
}: {
  workerFile: URL;
  limits?: (Partial<typeof usualLimits> & { timeoutMs?: number }) | undefined;
}) {
  const { pdfProcessorMs, pageProcessorMs, memoryMb, timeoutMs } = { timeoutMs: undefined, ...usualLimits, ...limits };
  const processorMsOf = ({ kind }: Task) => (kind === 'pdf' ? pdfProcessorMs : pageProcessorMs);
  const pool = createWorkerPool<Task, PdfText | ReadablePage>({
    file: workerFile,
    processes: 2,
    mostWaiting: 64,
    memoryMb,
    toFailure: (why, task) => toFailure(why, toSubject(task), processorMsOf(task)),
  });

  async function read(task: Task, signal: AbortSignal | undefined) {
    if (task.bytes.byteLength > largestBytes)
      throw tooMuch(toSubject(task), {
        en: `it has more than ${largestBytes / 1024 / 1024} MB`,
        zh: `超过 ${largestBytes / 1024 / 1024} MB`,
      });
    return await pool.run(task, { processorMs: processorMsOf(task), timeoutMs, signal });
  }

  return {
    /** @throws {HubError} `unsupported_media_type`, when it has no text; `payload_too_large`, when it takes too much */
    readPdf: async (
      bytes: Uint8Array,
      {
        name,
        maximumCharacters,
        signal,
      }: { name: string; maximumCharacters: number; signal?: AbortSignal | undefined },
    ): Promise<PdfText> => (await read({ kind: 'pdf', bytes, name, maximumCharacters }, signal)) as PdfText,

    /** @throws {HubError} `unsupported_media_type`, when it is no text; `payload_too_large`, when it takes too much */
    readPage: async ({
      signal,
      ...page
    }: {
      bytes: Uint8Array;
      contentType: string;
      url: string;
      signal?: AbortSignal | undefined;
    }): Promise<ReadablePage> => (await read({ kind: 'page', ...page }, signal)) as ReadablePage,

    close: pool.close,
  };
}

const toSubject = (task: Task): LocalizedText =>
  task.kind === 'pdf' ? { en: `"${task.name}"`, zh: `“${task.name}”` } : { en: 'The page', zh: '该网页' };

function toFailure(why: Loss, subject: LocalizedText, processorMs: number): HubError {
  switch (why) {
    case 'slow':
      return tooMuch(subject, {
        en: `reading it takes more than ${processorMs / 1000} seconds of a processor`,
        zh: `读取占用处理器超过 ${processorMs / 1000} 秒`,
      });
    case 'memory':
      return tooMuch(subject, { en: 'reading it takes too much memory', zh: '读取占用的内存过多' });
    case 'broken':
      return new HubError('unsupported_media_type', {
        en: `${subject.en} cannot be read: reading it broke off.`,
        zh: `无法读取${subject.zh}：读取中断。`,
      });
    case 'busy':
    case 'stopped':
      return toAbsence(why, { en: 'read documents', zh: '读取文档' });
  }
}

function tooMuch(subject: LocalizedText, why: LocalizedText): HubError {
  return new HubError('payload_too_large', {
    en: `${subject.en} cannot be read: ${why.en}.`,
    zh: `无法读取${subject.zh}：${why.zh}。`,
  });
}
