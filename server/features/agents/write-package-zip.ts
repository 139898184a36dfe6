import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { PackageFiles } from './package-format.ts';

// The oldest day a zip can name: the same agent gives the same bytes on any day and in any time zone.
const mtime = new Date(1980, 0, 1);

/** Packs a package into a zip with one folder around its files, in the order of their names. */
export async function writePackageZip(folder: string, files: PackageFiles): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [path, bytes] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    zip.addBuffer(Buffer.from(bytes), `${folder}/${path}`, { mtime, mode: 0o100644, forceDosTimestamp: true });
  }
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
