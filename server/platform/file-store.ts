import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { HubError } from '#server/hub-error.ts';
import { removeUnusedBytes, type UnusedBytes } from './remove-unused-bytes.ts';

/** Bytes under their SHA-256 (in hexadecimal). A folder holds them here; another kind of store may take its place. */
export type FileStore = {
  /**
   * Stores bytes, or what a stream brings; what is acknowledged survives a crash. The same bytes are stored once.
   *
   * @throws {HubError} `payload_too_large`, `insufficient_storage` if the disk is full; nothing is left behind
   */
  put: (content: Uint8Array | AsyncIterable<Uint8Array>, limits: { maximumBytes: number }) => Promise<StoredBytes>;
  /** Null when there are no such bytes. `end` is the last byte, included. The caller ends the stream. */
  open: (sha256: string, range?: { start: number; end: number }) => Promise<Readable | null>;
  /** @throws {HubError} `payload_too_large` */
  read: (sha256: string, limits: { maximumBytes: number }) => Promise<Buffer | null>;
  /** Where they are, for programs that read files themselves and never change them; null when there are none. */
  locate: (sha256: string) => Promise<string | null>;
  /** Does nothing when there are no such bytes. */
  remove: (sha256: string) => Promise<void>;
  /** Removes bytes that nothing names any more; answers how many. */
  removeUnused: (unused: UnusedBytes) => Promise<number>;
};

export type StoredBytes = { sha256: string; size: number };

const sha256Pattern = /^[0-9a-f]{64}$/;
const forgottenAfterMs = 24 * 60 * 60 * 1000;

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

const tooLarge = (maximumBytes: number) =>
  new HubError('payload_too_large', {
    en: `The file is larger than the ${maximumBytes} bytes allowed.`,
    zh: `文件超过了允许的 ${maximumBytes} 字节。`,
  });

/** A full disk as people may see it; anything else stays as it is. */
export const toStoreError = (error: unknown): unknown =>
  codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT'
    ? new HubError(
        'insufficient_storage',
        {
          en: 'The disk of the hub is full: the file was not stored. An administrator has to make room.',
          zh: '中枢的磁盘已满，文件没有保存。请管理员清理空间。',
        },
        { cause: error },
      )
    : error;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeForgotten(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > forgottenAfterMs) await rm(file, { force: true });
  }
}

async function writeTo(file: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, maximumBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of content) {
      size += chunk.byteLength;
      if (size > maximumBytes) throw tooLarge(maximumBytes);
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), size };
}

/** Keeps files in a folder as `aa/bb/<sha256>`; nothing outside of it can be named. */
export function createFileStore({ folder }: { folder: string }): FileStore {
  const incoming = join(folder, 'incoming');
  let prepared: Promise<void> | null = null;

  async function prepare(): Promise<void> {
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    // What a crash left behind; failing to tidy up must not fail an upload.
    await removeForgotten(incoming).catch(() => {});
  }

  const pathOf = (sha256: string): string | null =>
    sha256Pattern.test(sha256) ? join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256) : null;

  async function find(sha256: string) {
    const path = pathOf(sha256);
    if (path === null) return null;
    try {
      return { path, size: (await stat(path)).size };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  return {
    put: async (content, { maximumBytes }) => {
      const temporary = join(incoming, randomUUID());
      try {
        await (prepared ??= prepare());
        const stored = await writeTo(temporary, content instanceof Uint8Array ? [content] : content, maximumBytes);
        const path = pathOf(stored.sha256) ?? '';
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(temporary, path);
        await syncFolder(dirname(path));
        return stored;
      } catch (error) {
        prepared = null;
        await rm(temporary, { force: true });
        throw toStoreError(error);
      }
    },
    open: async (sha256, range) => {
      const found = await find(sha256);
      return found === null ? null : createReadStream(found.path, range);
    },
    read: async (sha256, { maximumBytes }) => {
      const found = await find(sha256);
      if (found === null) return null;
      if (found.size > maximumBytes) throw tooLarge(maximumBytes);
      return readFile(found.path);
    },
    locate: async (sha256) => (await find(sha256))?.path ?? null,
    remove: async (sha256) => {
      const path = pathOf(sha256);
      if (path !== null) await rm(path, { force: true });
    },
    removeUnused: async (unused) => {
      await (prepared ??= prepare());
      return removeUnusedBytes({ folder, aside: incoming }, unused);
    },
  };
}
