import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {Record<string, [size: number, mtimeMs: number, hash: string]>} Manifest */

/**
 * Remembers what something was made from, so that it is made again only when that changed.
 *
 * A file whose size and time are those of last time is taken as unchanged; the others are compared by content.
 *
 * @param {{ root: string, name: string, inputs: string[], outputs: string[], without?: string }} settings - `without`: a folder among the inputs that is left out
 */
export function createStamp({ root, name, inputs, outputs, without }) {
  const file = join(root, 'node_modules/.cache/atrium/stamps', `${name}.json`);
  const before = readManifest(file);
  const now = describe(root, listInputs(root, inputs, without), before);
  const isSame = before !== null && toDigest(before) === toDigest(now);

  return {
    isCurrent() {
      if (!isSame || !outputs.every((output) => existsSync(join(root, output)))) return false;
      if (JSON.stringify(before) !== JSON.stringify(now)) write(file, now);
      return true;
    },
    /** Before the making starts: what is cut short must not look finished. */
    forget: () => rmSync(file, { force: true }),
    remember: () => write(file, now),
  };
}

/** @param {string} file */
function readManifest(file) {
  try {
    /** @type {unknown} */
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    return /** @type {Manifest} */ (manifest);
  } catch {
    return null;
  }
}

/** @param {string} root @param {string[]} paths @param {Manifest | null} before */
function describe(root, paths, before) {
  /** @type {Manifest} */
  const manifest = {};
  for (const path of paths) {
    const { size, mtimeMs } = statSync(join(root, path));
    const known = before?.[path];
    const isUntouched = known !== undefined && known[0] === size && known[1] === mtimeMs;
    manifest[path] = [size, mtimeMs, isUntouched ? known[2] : toHash(readFileSync(join(root, path)))];
  }
  return manifest;
}

/** @param {string} root @param {string[]} inputs @param {string | undefined} without */
function listInputs(root, inputs, without) {
  const files = new Set(inputs.flatMap((input) => listFiles(root, input)));
  return [...files].filter((path) => without === undefined || !path.startsWith(without)).sort();
}

/** @param {string} root @param {string} path @returns {string[]} */
function listFiles(root, path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** @param {Manifest} manifest */
function toDigest(manifest) {
  return toHash(JSON.stringify(Object.entries(manifest).map(([path, [, , hash]]) => [path, hash])));
}

/** @param {string | Buffer} content */
function toHash(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** @param {string} file @param {Manifest} manifest */
function write(file, manifest) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(manifest));
  renameSync(`${file}.${process.pid}`, file);
}
