import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const folders = ['server', 'web', 'test', 'prisma', 'agents', '.ci'];
const made = ['server/platform/generated/'];

/** Every file of the project's own folders but generated ones, as paths from the root. */
export const sourceFiles: string[] = [...folders.flatMap(listFiles), ...listTop()]
  .map((path) => relative(root, path))
  .filter((path) => !made.some((folder) => path.startsWith(folder)))
  .sort();

/** Those that hold code. */
export const codeFiles = sourceFiles.filter((path) => /\.[cm]?[jt]sx?$/.test(path));

export function readSource(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function listFiles(folder: string): string[] {
  return readOrNone(join(root, folder), true);
}

function listTop(): string[] {
  return readOrNone(root, false).filter((path) => /\.(?:ts|mjs|json|md|ya?ml)$/.test(path));
}

function readOrNone(path: string, recursive: boolean): string[] {
  try {
    return readdirSync(path, { recursive, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

export function foldersIn(path: string): string[] {
  try {
    return readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
