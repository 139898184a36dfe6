import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A zip of texts or bytes by path; `mode` as in `stat`, to make links. Entries may repeat. */
export async function makeZip(
  entries: { path: string; content: string | Uint8Array; mode?: number }[],
): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const { path, content, mode = 0o100644 } of entries) zip.addBuffer(Buffer.from(content), path, { mode });
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}

/** The same zip with a name overwritten by another of the same length, as no honest writer would make it. */
export function renameEntry(zip: Uint8Array, from: string, to: string): Uint8Array {
  if (from.length !== to.length) throw new Error('Both names must have the same length.');
  return Buffer.from(Buffer.from(zip).toString('latin1').replaceAll(from, to), 'latin1');
}

/** Overwrites bytes in the central directory, which begins with `PK\x01\x02` for each entry. */
export function patchCentralDirectory(zip: Uint8Array, offset: number, bytes: number[]): Uint8Array {
  const patched = Buffer.from(zip);
  const start = patched.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  patched.set(bytes, start + offset);
  return patched;
}
