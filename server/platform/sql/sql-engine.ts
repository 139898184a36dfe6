import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { SqlColumn, SqlFault } from '#server/contract/sql.ts';
import type { FileStore, StoredBytes } from '#server/platform/file-store.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { Loss, TaskLimits } from '#server/platform/workers/worker-process.ts';
import { HubError } from '#server/hub-error.ts';
import { removeSpillsOfTheDead } from './spill-folder.ts';
import { SqlFailure } from './sql-failure.ts';
import type {
  AskAnswer,
  DataFormat,
  ExportFormat,
  ImportAnswer,
  KeepAnswer,
  PageAnswer,
  RowChoice,
  RunAnswer,
  RunTask,
  SqlAnswer,
  SqlTask,
  TableFile,
} from './sql-tasks.ts';

/** A table whose bytes are in the file store; the files of one are read as one. */
export type StoredTable = Omit<TableFile, 'paths'> & { sha256s: string[] };

const usualLimits = {
  /** The engine computes on two threads. */
  processorMs: 90_000,
  timeoutMs: 180_000,
  maximumRows: 1_000_000,
  maximumBytes: 512 * 1024 * 1024,
  /** Of the engine. */
  memoryMb: 448,
};
/** What a process may hold besides: Node.js, the writer of results, and rows on their way there. */
const besideEngineMb = 512;
const leftBehindMs = 24 * 60 * 60_000;
const spillGoneMs = 1000;
const readLimits = { processorMs: 60_000, timeoutMs: 120_000 };
/** What a query may wait for its turn, beside the time that it runs. */
const turnTimeoutMs = 10 * 60_000;

export type SqlLimits = typeof usualLimits;

type Settings = {
  /** Where the build put `sql-worker`. */
  workerFile: URL;
  /** Where files are made before they are stored. */
  folder: string;
  files: Pick<FileStore, 'put' | 'locate'>;
  limits?: Partial<SqlLimits> | undefined;
};

/**
 * Runs SQL that people and models wrote, on files of the store: in a few short-lived processes that can reach nothing else,
 * with limits on processor time, memory, rows and bytes. The hub's own process never loads the engine.
 *
 * An abort ends the process at once. What a query or an import makes is stored as bytes of the file store.
 */
export function createSqlEngine({ workerFile, folder, files, limits = {} }: Settings) {
  const { processorMs, timeoutMs, maximumRows, maximumBytes, memoryMb } = { ...usualLimits, ...limits };
  const openPool = (processes: number) =>
    createWorkerPool<SqlTask, SqlAnswer<unknown>>({
      file: workerFile,
      processes,
      mostWaiting: 64,
      memoryMb: 1.25 * memoryMb + besideEngineMb,
      toFailure: toLoss,
    });
  const queries = openPool(2);
  // Pages of results come at once, however long queries take.
  const readers = openPool(1);
  let prepared: Promise<void> | null = null;

  async function prepare() {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    void removeSpillsOfTheDead(folder);
    // What a crash left behind; what is younger may be another hub's on the same folder.
    for (const name of await readdir(folder)) {
      const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > leftBehindMs) await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  async function locate(sha256: string): Promise<string> {
    const path = await files.locate(sha256);
    if (path === null) {
      throw new SqlFailure('failed', { en: 'The stored table is gone.', zh: '保存的数据表已不存在。' });
    }
    return path;
  }

  async function perform(pool: typeof queries, task: SqlTask, limit: TaskLimits) {
    await (prepared ??= prepare());
    const given = await pool.run(task, limit).catch((thrown: unknown) => {
      // Its process is gone a moment later.
      setTimeout(() => void removeSpillsOfTheDead(folder), spillGoneMs).unref();
      throw thrown instanceof Lost ? new SqlFailure(...thrown.reason(limit.processorMs)) : thrown;
    });
    if ('fault' in given) throw SqlFailure.of(given.fault);
    return given.answer;
  }

  /** Hands out the path of a file that is gone when the work with it is done. */
  async function withFile<Result>(work: (path: string) => Promise<Result>): Promise<Result> {
    await (prepared ??= prepare());
    const path = join(folder, randomUUID());
    try {
      return await work(path);
    } finally {
      await Promise.all([path, `${path}.wal`].map((file) => rm(file, { force: true })));
    }
  }

  const locateTables = (tables: StoredTable[]) =>
    Promise.all(
      tables.map(async ({ schema, name, format, table, shape, columns, sha256s }) => ({
        ...{ schema, name, format, table, shape, columns },
        paths: await Promise.all(sha256s.map(locate)),
      })),
    );

  async function store(path: string): Promise<StoredBytes> {
    if ((await stat(path)).size > maximumBytes) {
      throw new SqlFailure('too_large', {
        en: `The result is larger than ${maximumBytes / 1024 / 1024} MB. Choose fewer columns or rows.`,
        zh: `结果超过 ${maximumBytes / 1024 / 1024} MB。请减少列或行。`,
      });
    }
    return files.put(createReadStream(path), { maximumBytes });
  }

  return {
    /** How long the answer of a query may take. */
    patienceMs: timeoutMs + turnTimeoutMs,

    /**
     * Runs one statement that reads.
     *
     * @throws {SqlFailure} for every reason that its writer should read
     */
    run: (
      { tables, ...query }: Pick<RunTask, 'sql' | 'parameters' | 'personId'> & { tables: StoredTable[] },
      signal: AbortSignal,
    ): Promise<RunAnswer & StoredBytes> =>
      withFile(async (file) => {
        const located = await locateTables(tables);
        const task = { kind: 'run', ...query, tables: located, file, maximumRows, memoryMb, folder } as const;
        const answer = (await perform(queries, task, { processorMs, timeoutMs, signal })) as RunAnswer;
        return { ...answer, ...(await store(file)) };
      }),

    /**
     * Answers statements of the hub's own making on some tables, each by itself; few rows each, for nothing is stored.
     *
     * @throws {SqlFailure} when all of it takes too much work or memory
     */
    ask: async (
      { statements, tables }: { statements: string[]; tables: StoredTable[] },
      signal: AbortSignal,
    ): Promise<AskAnswer> => {
      const task = { kind: 'ask', statements, tables: await locateTables(tables), memoryMb, folder } as const;
      return (await perform(queries, task, { processorMs, timeoutMs, signal })) as AskAnswer;
    },

    /**
     * Makes a table of a stored file.
     *
     * @throws {SqlFailure} when the file cannot be read so
     */
    importTable: (
      { sha256, ...options }: { sha256: string; format: DataFormat; name: string; types: SqlColumn[] },
      signal: AbortSignal,
    ): Promise<ImportAnswer & StoredBytes> =>
      withFile(async (file) => {
        const source = await locate(sha256);
        const task = { kind: 'import', source, file, memoryMb, folder, ...options } as const;
        const answer = (await perform(queries, task, { processorMs, timeoutMs, signal }).catch((thrown: unknown) => {
          throw withoutPath(thrown, source);
        })) as ImportAnswer;
        return { ...answer, ...(await store(file)) };
      }),

    /**
     * Makes a result of rows that come from elsewhere, as lines of JSON with texts.
     *
     * @throws {SqlFailure} when they are too many bytes, or what reading the lines throws
     */
    keepRows: (
      { columns, lines }: { columns: SqlColumn[]; lines: AsyncIterable<string> },
      signal: AbortSignal,
    ): Promise<KeepAnswer & StoredBytes> =>
      withFile((source) =>
        withFile(async (file) => {
          await pipeline(Readable.from(limitBytes(lines, 2 * maximumBytes)), createWriteStream(source), { signal });
          const task = { kind: 'keep', source, columns, file, memoryMb, folder } as const;
          const answer = (await perform(queries, task, { processorMs, timeoutMs, signal })) as KeepAnswer;
          return { ...answer, ...(await store(file)) };
        }),
      ),

    /** Some rows of a stored table or result. @throws {SqlFailure} for a column that it does not have */
    readPage: async (sha256: string, choice: RowChoice, signal: AbortSignal): Promise<PageAnswer> => {
      const task = { kind: 'page', table: await locate(sha256), memoryMb, folder, ...choice } as const;
      // Who scrolls fast leaves many pages behind.
      const mayFinish = choice.sort.length === 0;
      return (await perform(readers, task, { ...readLimits, mayFinish, signal })) as PageAnswer;
    },

    /** Bytes in a form that other software reads. @throws {SqlFailure} for a column that it does not have */
    exportRows: (sha256: string, { format, ...choice }: RowChoice & { format: ExportFormat }, signal: AbortSignal) =>
      withFile(async (file) => {
        const task = {
          kind: 'export',
          table: await locate(sha256),
          format,
          file,
          memoryMb,
          folder,
          ...choice,
        } as const;
        await perform(readers, task, { ...readLimits, signal });
        // The open file outlives its name.
        return openWhole(file);
      }),

    close: async () => {
      await Promise.all([queries.close(), readers.close()]);
      await removeSpillsOfTheDead(folder);
    },
  };
}
export type SqlEngine = ReturnType<typeof createSqlEngine>;

async function* limitBytes(lines: AsyncIterable<string>, maximumBytes: number) {
  let bytes = 0;
  for await (const line of lines) {
    bytes += Buffer.byteLength(line);
    if (bytes > maximumBytes) {
      throw new SqlFailure('too_large', {
        en: 'The result is too large. Choose fewer columns or rows.',
        zh: '结果过大。请减少列或行。',
      });
    }
    yield line;
  }
}

async function openWhole(path: string) {
  const content = createReadStream(path);
  await new Promise<void>((resolve, reject) => content.once('open', () => resolve()).once('error', reject));
  return { content, size: (await stat(path)).size };
}

/** Where the hub keeps a file is nobody's business. */
function withoutPath(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof SqlFailure)) return thrown;
  return SqlFailure.of({ ...thrown.fault, message: thrown.fault.message.replaceAll(path, 'the file') });
}

/** A process gave no answer. */
class Lost extends HubError {
  readonly why: Loss;

  constructor(why: Loss) {
    super('unavailable', { en: `The query gave no answer: ${why}.`, zh: `查询没有给出结果：${why}。` });
    this.why = why;
  }

  reason(processorMs: number): [kind: SqlFault['kind'], words: LocalizedText] {
    switch (this.why) {
      case 'slow':
        return [
          'too_slow',
          {
            en: `The query was stopped after ${processorMs / 1000} seconds of a processor. Read fewer rows, or filter earlier.`,
            zh: `查询占用处理器 ${processorMs / 1000} 秒后被停止。请减少读取的行，或更早筛选。`,
          },
        ];
      case 'memory':
        return [
          'too_much_memory',
          {
            en: 'The query took more memory than a query may take, and was stopped. Read fewer rows or columns, or aggregate earlier.',
            zh: '查询占用的内存超过上限，已被停止。请减少读取的行或列，或更早聚合。',
          },
        ];
      case 'broken':
        return [
          'failed',
          {
            en: 'The engine broke off while it ran the query. Nothing else was affected.',
            zh: '查询引擎在运行此查询时中断，其他内容不受影响。',
          },
        ];
      case 'busy':
        return [
          'busy',
          {
            en: 'The hub is too busy to run this query now. Try again in a moment.',
            zh: '中枢正忙，暂时无法运行此查询，请稍后再试。',
          },
        ];
      case 'stopped':
        return [
          'interrupted',
          {
            en: 'The hub was stopped while the query ran. Run it again.',
            zh: '查询运行期间中枢停止了，请重新运行。',
          },
        ];
    }
  }
}

const toLoss = (why: Loss) => new Lost(why);
