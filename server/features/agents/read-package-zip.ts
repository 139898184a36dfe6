import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { PublishProblem } from '#server/contract/agent.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { packageInvalid } from './agent-errors.ts';

export const maximumZipBytes = 8 * 1024 * 1024;
const maximumEntries = 200;
const maximumEntryBytes = 2 * 1024 * 1024;
const maximumTotalBytes = 16 * 1024 * 1024;
const symbolicLink = 0o120000;
const fileTypeMask = 0o170000;

/**
 * Reads a package's files from a zip whose maker nobody knows.
 *
 * Everything is judged before it is unpacked, nothing touches the disk, and bytes are counted while unpacking, because
 * sizes in a zip are only claims. A single folder around all files, as zipping a folder makes it, is taken off.
 *
 * @throws {HubError} `package_invalid`, naming each entry that is wrong.
 */
export async function readPackageZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const zip = await fromBufferPromise(Buffer.from(bytes), { strictFileNames: true }).catch(() => null);
  if (zip === null) {
    throw invalid({ path: 'file', message: { en: 'This is not a zip file.', zh: '这不是 zip 文件。' } });
  }
  if (zip.entryCount > maximumEntries) {
    throw invalid({
      path: 'file',
      message: {
        en: `A package may have ${maximumEntries} files at most; this has ${zip.entryCount}.`,
        zh: `一个包最多 ${maximumEntries} 个文件，此包有 ${zip.entryCount} 个。`,
      },
    });
  }
  const files = new Map<string, Uint8Array>();
  for (const [path, entry] of await judgeEntries(zip)) files.set(path, await unpack(zip, { path, entry }));
  return withoutOuterFolder(files);
}

const invalid = (...problems: PublishProblem[]) => packageInvalid(problems);

async function judgeEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const problems: PublishProblem[] = [];
  const seen = new Set<string>();
  let totalBytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName;
      totalBytes += entry.uncompressedSize;
      const message = findEntryProblem(entry, seen);
      seen.add(path.toLowerCase());
      if (message !== null) problems.push({ path, message });
      else if (!path.endsWith('/') && !isLitter(path)) entries.set(path, entry);
    }
  } catch (error) {
    problems.push({ path: 'file', message: toZipProblem(error) });
  }
  if (totalBytes > maximumTotalBytes) {
    const most = maximumTotalBytes / 1024 / 1024;
    const message = { en: `Unpacked, a package may have ${most} MB at most.`, zh: `包解压后最大 ${most} MB。` };
    problems.push({ path: 'file', message });
  }
  if (problems.length > 0) throw packageInvalid(problems);
  return entries;
}

function findEntryProblem(entry: Entry, seen: ReadonlySet<string>): LocalizedText | null {
  const path = entry.fileName;
  if (
    /[\0-\x1f\x7f:\\]/.test(path) ||
    path.split('/').some((part, index, all) => isStray(part, index === all.length - 1))
  ) {
    return { en: 'The path is not a plain path within the package.', zh: '路径不是包内的普通路径。' };
  }
  if (seen.has(path.toLowerCase())) return { en: 'The entry is there twice.', zh: '该文件出现了两次。' };
  if (entry.isEncrypted()) return { en: 'The entry is encrypted.', zh: '该文件已加密。' };
  if (((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink) {
    return { en: 'The entry is a symbolic link.', zh: '该文件是符号链接。' };
  }
  if (!entry.canDecodeFileData()) {
    return { en: 'The entry is packed in a way that the hub cannot read.', zh: '中枢无法读取该文件的压缩方式。' };
  }
  if (entry.uncompressedSize > maximumEntryBytes) {
    const most = maximumEntryBytes / 1024 / 1024;
    return { en: `A file may have ${most} MB at most.`, zh: `单个文件最大 ${most} MB。` };
  }
  return null;
}

const isStray = (part: string, isLast: boolean) => part === '..' || part === '.' || (part === '' && !isLast);
const isLitter = (path: string) => path.startsWith('__MACOSX/') || /(^|\/)\.DS_Store$/.test(path);

async function unpack(zip: ZipFile, { path, entry }: { path: string; entry: Entry }): Promise<Uint8Array> {
  try {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      const bytes = piece as Buffer;
      size += bytes.length;
      if (size > maximumEntryBytes) throw new Error('The entry is bigger than it says.');
      pieces.push(bytes);
    }
    return new Uint8Array(Buffer.concat(pieces));
  } catch (error) {
    const { en, zh } = toZipProblem(error);
    throw invalid({ path, message: { en: `The entry cannot be unpacked. ${en}`, zh: `无法解压该文件。${zh}` } });
  }
}

function toZipProblem(error: unknown): LocalizedText {
  if (!(error instanceof Error)) return { en: 'The zip is damaged.', zh: 'zip 文件已损坏。' };
  const said = error.message.slice(0, 200);
  return { en: `The zip is damaged or hostile: ${said}`, zh: `zip 文件已损坏或有恶意：${said}` };
}

function withoutOuterFolder(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const manifest = [...files.keys()].find((path) => /^[^/]+\/agent\.yaml$/.test(path));
  const folder = files.has('agent.yaml') || manifest === undefined ? '' : manifest.slice(0, -'agent.yaml'.length);
  if (![...files.keys()].every((path) => path.startsWith(folder))) return files;
  return new Map([...files].map(([path, bytes]) => [path.slice(folder.length), bytes]));
}
