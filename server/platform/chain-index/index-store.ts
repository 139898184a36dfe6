import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { HubError } from '#server/hub-error.ts';
import type { FileStore, StoredBytes } from '#server/platform/file-store.ts';
import type { SqlAnswer } from '#server/platform/sql/sql-tasks.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { SpoolLine, WriteAnswer, WriteTask } from './segment-tasks.ts';

const memoryMb = 512;
const writeLimits = { processorMs: 5 * 60_000, timeoutMs: 15 * 60_000 };
const largestSegmentBytes = 4 * 1024 ** 3;
/** Queries that found a segment before it was replaced have opened it by then. */
const removedAfterMs = 2 * 60_000;

export type Spool = { append: (lines: SpoolLine[]) => Promise<void>; path: string; discard: () => Promise<void> };
export type IndexStore = ReturnType<typeof createIndexStore>;

/**
 * Writes the segments of chains' indexes, in a process of its own, into the file store. A segment is never changed: what is
 * added makes a new one, which counts once its index names it.
 */
export function createIndexStore({
  workerFile,
  folder,
  files,
  findUsed,
}: {
  /** Where the build put `index-worker`. */
  workerFile: URL;
  /** Where fetched blocks wait, and files are made. */
  folder: string;
  files: Pick<FileStore, 'put' | 'locate' | 'remove'>;
  /** Those of some hashes that an index still has. */
  findUsed: (sha256s: string[]) => Promise<string[]>;
}) {
  const pool = createWorkerPool<WriteTask, SqlAnswer<WriteAnswer>>({
    file: workerFile,
    processes: 1,
    mostWaiting: 32,
    memoryMb: 3 * memoryMb,
    toFailure: (why) =>
      new HubError('unavailable', { en: `The index could not be written: ${why}.`, zh: `无法写入索引：${why}。` }),
  });
  let prepared: Promise<void> | null = null;

  async function prepare() {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // What a crash left behind; what is younger may be another process'.
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > writeLimits.timeoutMs * 2) await rm(path, { force: true });
    }
  }

  async function locate(sha256: string): Promise<string> {
    const path = await files.locate(sha256);
    if (path === null)
      throw new HubError('unavailable', {
        en: 'A file of the index is gone. Delete the index and make it anew.',
        zh: '索引的一个文件丢失。请删除索引后重建。',
      });
    return path;
  }

  async function removeUnused(sha256s: string[]): Promise<void> {
    // The same blocks can make the same bytes again.
    const used = await findUsed(sha256s);
    for (const sha256 of sha256s) if (!used.includes(sha256)) await files.remove(sha256);
  }

  return {
    /** A file for what was fetched, until it is written. */
    openSpool: async (): Promise<Spool> => {
      await (prepared ??= prepare());
      const path = join(folder, `${randomUUID()}.spool`);
      return {
        path,
        append: (lines) =>
          appendFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, { mode: 0o600 }),
        discard: () => rm(path, { force: true }),
      };
    },

    /** Makes a segment and stores it. @throws {HubError} `unavailable`, `insufficient_storage` */
    write: async (
      {
        bases,
        keepTo,
        spool,
        contracts,
        isLarge,
      }: Pick<WriteTask, 'keepTo' | 'contracts' | 'isLarge'> & { bases: string[]; spool: Spool | null },
      signal: AbortSignal,
    ): Promise<WriteAnswer & StoredBytes> => {
      await (prepared ??= prepare());
      const file = join(folder, randomUUID());
      try {
        const paths = await Promise.all(bases.map(locate));
        const task = { bases: paths, keepTo, spool: spool?.path ?? null, contracts, isLarge, file, memoryMb };
        const given = await pool.run(task, { ...writeLimits, signal });
        if ('fault' in given) {
          const { message } = given.fault;
          throw new HubError('unavailable', {
            en: `The blocks could not be written: ${message}`,
            zh: `无法写入区块：${message}`,
          });
        }
        const stored = await files.put(createReadStream(file), { maximumBytes: largestSegmentBytes });
        return { ...given.answer, ...stored };
      } finally {
        await Promise.all([file, `${file}.wal`].map((path) => rm(path, { force: true })));
      }
    },

    /** Lets go of segments that no index names any more, a little later. */
    retire: (sha256s: string[]): void => {
      if (sha256s.length === 0) return;
      setTimeout(() => void removeUnused(sha256s).catch(() => undefined), removedAfterMs).unref();
    },

    close: () => pool.close(),
  };
}
