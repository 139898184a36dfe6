import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { OpenApiDescription } from '#server/contract/openapi-operation.ts';
import { HubError } from '#server/hub-error.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { toAbsence } from '#server/platform/workers/to-absence.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { Loss } from '#server/platform/workers/worker-process.ts';
import type { SourceText } from './document-set.ts';
import type { OpenApiTask } from './openapi-worker.ts';
import type { DescriptionOutcome } from './read-description.ts';

const usualLimits = {
  /** One description with all documents that it refers to, fetching included. */
  wholeTimeoutMs: 120_000,
  readProcessorMs: 30_000,
  fetchTimeoutMs: 20_000,
  memoryMb: 640,
  documentBytes: 20 * 1024 * 1024,
  /** Of all documents together. */
  totalBytes: 40 * 1024 * 1024,
  documents: 20,
};
type Limits = typeof usualLimits;
type Source = { text: string } | { url: string };

export type OpenApiReader = ReturnType<typeof createOpenApiReader>;

/**
 * Reads OpenAPI descriptions that strangers wrote, in processes of their own with limits on processor time and memory.
 *
 * Documents that a description refers to are fetched here, through the egress client; the process that parses has no way
 * out. An abort ends fetching and reading at once.
 *
 * @param options.workerFile - where the build put `openapi-worker`
 */
export function createOpenApiReader({
  workerFile,
  fetch,
  limits: given = {},
}: {
  workerFile: URL;
  fetch: Egress['fetch'];
  limits?: Partial<Limits> | undefined;
}) {
  const limits = { ...usualLimits, ...given };
  const pool = createWorkerPool<OpenApiTask, DescriptionOutcome>({
    file: workerFile,
    processes: 2,
    mostWaiting: 32,
    memoryMb: limits.memoryMb,
    toFailure: (why) => toFailure(why, limits),
  });

  async function fetchDocument(address: string, signal: AbortSignal): Promise<SourceText> {
    const { status, url, bytes } = await fetch(address, {
      headers: { accept: 'application/json,application/yaml,application/openapi+json,text/yaml,*/*;q=0.5' },
      signal,
      maximumBytes: limits.documentBytes,
      timeoutMs: limits.fetchTimeoutMs,
    });
    if (status >= 400) {
      throw new HubError('unavailable', { en: `It answered with status ${status}.`, zh: `它返回了状态 ${status}。` });
    }
    return { address, url, text: new TextDecoder().decode(bytes) };
  }

  async function fetchFirst(url: string, signal: AbortSignal): Promise<SourceText> {
    return await fetchDocument(url, signal).catch((error: unknown) => {
      throw withPlace(error, { en: 'The description cannot be had.', zh: '无法获取接口描述。' });
    });
  }

  async function fetchReferred(address: string, signal: AbortSignal): Promise<SourceText> {
    return await fetchDocument(address, signal).catch((error: unknown) => {
      const shown = address.slice(0, 300);
      throw withPlace(error, {
        en: `The description refers to ${shown}, which cannot be had.`,
        zh: `接口描述引用了 ${shown}，但无法获取。`,
      });
    });
  }

  async function readAll(first: SourceText, signal: AbortSignal): Promise<OpenApiDescription> {
    const sources = [first];
    for (;;) {
      checkSize(sources, limits);
      const outcome = await pool.run({ sources }, { processorMs: limits.readProcessorMs, signal });
      if ('description' in outcome) return outcome.description;
      if (sources.length + outcome.missing.length > limits.documents) {
        throw new HubError('payload_too_large', {
          en: `The description refers to more than ${limits.documents - 1} other documents. Bundle it into one file first, for example with "npx @redocly/cli bundle".`,
          zh: `接口描述引用的其他文档超过 ${limits.documents - 1} 个。请先合并为一个文件，例如使用“npx @redocly/cli bundle”。`,
        });
      }
      for (const address of outcome.missing) sources.push(await fetchReferred(address, signal));
    }
  }

  return {
    /**
     * Reads a description that was pasted, or fetches it.
     *
     * @throws {HubError} `validation_failed`, when it is none; `egress_refused` or `unavailable`, when it or a document
     * that it refers to cannot be had; `payload_too_large`, when it takes too much
     */
    read: async (source: Source, { signal }: { signal: AbortSignal }): Promise<OpenApiDescription> => {
      const clock = AbortSignal.timeout(limits.wholeTimeoutMs);
      const both = AbortSignal.any([signal, clock]);
      try {
        const first =
          'url' in source ? await fetchFirst(source.url, both) : { address: null, url: null, text: source.text };
        return await readAll(first, both);
      } catch (error) {
        signal.throwIfAborted();
        throw clock.aborted ? tooLate(limits) : error;
      }
    },

    close: pool.close,
  };
}

function checkSize(sources: SourceText[], limits: Limits): void {
  const sizes = sources.map(({ text }) => Buffer.byteLength(text));
  const toMegabytes = (bytes: number) => bytes / 1024 / 1024;
  if (sizes.some((size) => size > limits.documentBytes))
    throw tooMuch({
      en: `it has more than ${toMegabytes(limits.documentBytes)} MB`,
      zh: `超过 ${toMegabytes(limits.documentBytes)} MB`,
    });
  if (sizes.reduce((sum, size) => sum + size, 0) > limits.totalBytes)
    throw tooMuch({
      en: `it and the documents that it refers to have more than ${toMegabytes(limits.totalBytes)} MB`,
      zh: `它与其引用的文档合计超过 ${toMegabytes(limits.totalBytes)} MB`,
    });
}

/** The same failure, which also says what was wanted. */
function withPlace(error: unknown, { en, zh }: LocalizedText): unknown {
  if (!(error instanceof HubError)) return error;
  const words = { en: `${en} ${error.words.en}`, zh: `${zh}${error.words.zh}` };
  return new HubError(error.code, words, { cause: error });
}

function toFailure(why: Loss, { readProcessorMs }: Limits): HubError {
  switch (why) {
    case 'slow':
      return tooMuch({
        en: `reading it takes more than ${readProcessorMs / 1000} seconds of a processor`,
        zh: `读取占用处理器超过 ${readProcessorMs / 1000} 秒`,
      });
    case 'memory':
      return tooMuch({ en: 'reading it takes too much memory', zh: '读取占用的内存过多' });
    case 'broken':
      return new HubError('validation_failed', {
        en: 'The description cannot be read: reading it broke off.',
        zh: '无法读取接口描述：读取中断。',
      });
    case 'busy':
    case 'stopped':
      return toAbsence(why, { en: 'read descriptions', zh: '读取描述' });
  }
}

const tooLate = ({ wholeTimeoutMs }: Limits) =>
  new HubError('unavailable', {
    en: `The description was not read within ${wholeTimeoutMs / 1000} seconds: where it comes from is slow, or the hub is busy. Try again, or paste it as one file.`,
    zh: `未能在 ${wholeTimeoutMs / 1000} 秒内读取该描述：来源过慢，或中枢正忙。请重试，或以单个文件粘贴。`,
  });

function tooMuch(why: LocalizedText): HubError {
  return new HubError('payload_too_large', {
    en: `The description cannot be read: ${why.en}.`,
    zh: `无法读取接口描述：${why.zh}。`,
  });
}
