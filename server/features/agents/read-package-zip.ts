import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { ProblemIssue } from '#server/contract/problem.ts';
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
  if (zip === null) throw invalid({ path: 'file', message: 'This is not a zip file.' });
  if (zip.entryCount > maximumEntries) {
    throw invalid({
      path: 'file',
      message: `A package may have ${maximumEntries} files at most; this has ${zip.entryCount}.`,
    });
  }
  const files = new Map<string, Uint8Array>();
  for (const [path, entry] of await judgeEntries(zip)) files.set(path, await unpack(zip, { path, entry }));
  return withoutOuterFolder(files);
}

const invalid = (...problems: ProblemIssue[]) => packageInvalid(problems);

async function judgeEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const problems: ProblemIssue[] = [];
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
    problems.push({
      path: 'file',
      message: `Unpacked, a package may have ${maximumTotalBytes / 1024 / 1024} MB at most.`,
    });
  }
  if (problems.length > 0) throw packageInvalid(problems);
  return entries;
}

function findEntryProblem(entry: Entry, seen: ReadonlySet<string>): string | null {
  const path = entry.fileName;
  if (
    /[\0-\x1f\x7f:\\]/.test(path) ||
    path.split('/').some((part, index, all) => isStray(part, index === all.length - 1))
  ) {
    return 'The path is not a plain path within the package.';
  }
  if (seen.has(path.toLowerCase())) return 'The entry is there twice.';
  if (entry.isEncrypted()) return 'The entry is encrypted.';
  if (((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink) return 'The entry is a symbolic link.';
  if (!entry.canDecodeFileData()) return 'The entry is packed in a way that the hub cannot read.';
  if (entry.uncompressedSize > maximumEntryBytes)
    return `A file may have ${maximumEntryBytes / 1024 / 1024} MB at most.`;
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
    throw invalid({ path, message: `The entry cannot be unpacked. ${toZipProblem(error)}` });
  }
}

function toZipProblem(error: unknown) {
  return error instanceof Error
    ? `The zip is damaged or hostile: ${error.message.slice(0, 200)}`
    : 'The zip is damaged.';
}

function withoutOuterFolder(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const manifest = [...files.keys()].find((path) => /^[^/]+\/agent\.yaml$/.test(path));
  const folder = files.has('agent.yaml') || manifest === undefined ? '' : manifest.slice(0, -'agent.yaml'.length);
  if (![...files.keys()].every((path) => path.startsWith(folder))) return files;
  return new Map([...files].map(([path, bytes]) => [path.slice(folder.length), bytes]));
}
