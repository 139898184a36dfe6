import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileStore, toStoreError } from '#server/platform/file-store.ts';
import type { FileStore } from '#server/platform/file-store.ts';

let parent: string;
let folder: string;
let store: FileStore;
const limits = { maximumBytes: 1000 };
const hash = (content: string) => createHash('sha256').update(content).digest('hex');
const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'file-store-'));
  folder = join(parent, 'files');
  store = createFileStore({ folder });
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('bytes and streams are kept under their hash and come back', async () => {
  const stored = await store.put(Buffer.from('hello'), limits);
  expect(stored).toEqual({ sha256: hash('hello'), size: 5 });
  expect(await store.put(Readable.from([Buffer.from('hel'), Buffer.from('lo')]), limits)).toEqual(stored);
  expect(filesIn(folder).map((file) => join(file.parentPath, file.name))).toEqual([
    join(folder, stored.sha256.slice(0, 2), stored.sha256.slice(2, 4), stored.sha256),
  ]);
  expect((await store.read(stored.sha256, limits))?.toString()).toBe('hello');
  expect(await text((await store.open(stored.sha256)) ?? Readable.from([]))).toBe('hello');
  expect(await text((await store.open(stored.sha256, { start: 1, end: 3 })) ?? Readable.from([]))).toBe('ell');
});

test('many puts at once, also of the same bytes, all succeed', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `content ${index % 10}`);
  const stored = await Promise.all(names.map((name) => store.put(Buffer.from(name), limits)));
  expect(stored.map(({ sha256 }) => sha256)).toEqual(names.map(hash));
  expect(filesIn(folder)).toHaveLength(10);
});

test('an empty file is a file', async () => {
  const { sha256 } = await store.put(new Uint8Array(), limits);
  expect((await store.read(sha256, limits))?.length).toBe(0);
});

test('what is too large is refused, read no further, and leaves nothing behind', async () => {
  let given = 0;
  const endless = (function* () {
    for (;;) yield Buffer.alloc(100, (given += 1));
  })();
  await expect(store.put(Readable.from(endless, { highWaterMark: 1 }), limits)).rejects.toMatchObject({
    code: 'payload_too_large',
    message: expect.stringContaining('1000 bytes'),
  });
  expect(given).toBeLessThan(20);
  expect(filesIn(folder)).toEqual([]);
  const { sha256 } = await store.put(Buffer.alloc(1000), limits);
  await expect(store.read(sha256, { maximumBytes: 999 })).rejects.toMatchObject({ code: 'payload_too_large' });
});

test('a stream that fails in the middle leaves nothing behind and keeps its failure', async () => {
  const broken = async function* () {
    yield Buffer.from('half');
    throw new Error('the sender left');
  };
  await expect(store.put(broken(), limits)).rejects.toThrow('the sender left');
  expect(filesIn(folder)).toEqual([]);
});

test('removed bytes are gone, and removing twice is no failure', async () => {
  const { sha256 } = await store.put(Buffer.from('hello'), limits);
  await store.remove(sha256);
  await store.remove(sha256);
  expect(await store.open(sha256)).toBeNull();
  expect(await store.read(sha256, limits)).toBeNull();
});

test.each([
  '../outside',
  '..',
  '',
  'AA'.repeat(32),
  `${'a'.repeat(63)}/`,
  `../../${'a'.repeat(64)}`,
  `${'a'.repeat(64)}\n`,
])('the name %j reaches nothing', async (name) => {
  writeFileSync(join(parent, 'outside'), 'secret');
  await store.put(Buffer.from('hello'), limits);
  expect(await store.open(name)).toBeNull();
  expect(await store.read(name, limits)).toBeNull();
  await store.remove(name);
  expect(filesIn(parent)).toHaveLength(2);
});

test('what a crash left half written a day ago is tidied up, what is being written is not', async () => {
  await store.put(Buffer.from('hello'), limits);
  for (const name of ['old', 'new']) writeFileSync(join(folder, 'incoming', name), 'half');
  utimesSync(join(folder, 'incoming', 'old'), 0, 0);
  await createFileStore({ folder }).put(Buffer.from('hello'), limits);
  expect(readdirSync(join(folder, 'incoming'))).toEqual(['new']);
});

test('a full disk says so', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
  expect(toStoreError(full)).toMatchObject({
    code: 'insufficient_storage',
    message: expect.stringContaining('disk of the hub is full'),
  });
  const other = new Error('other');
  expect(toStoreError(other)).toBe(other);
});
