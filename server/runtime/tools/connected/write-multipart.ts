import { randomBytes } from 'node:crypto';
import type { JsonValue } from '#server/contract/json.ts';
import type { LentFile } from '#server/contract/lent-file.ts';
import type { LendFile } from '#server/runtime/tools/tool.ts';
import type { FilledField, WrittenBody } from './build-body.ts';
import { joinPieces } from './join-pieces.ts';
import { readBinary } from './read-binary.ts';
import { toText } from './write-value.ts';

type Part = { name: string; fileName: string | null; mediaType: string | null; bytes: Uint8Array | LentFile };

/** A form of parts (RFC 7578); a list becomes a part for each of its members. */
export async function writeMultipart(fields: FilledField[], lendFile: LendFile | undefined): Promise<WrittenBody> {
  const boundary = `atrium-${randomBytes(16).toString('hex')}`;
  const pieces: (Uint8Array | LentFile)[] = [];
  for (const { field, value } of fields) {
    const values: JsonValue[] = Array.isArray(value) ? value : [value];
    for (const member of values) {
      const part = await toPart({ field, value: member }, lendFile);
      pieces.push(Buffer.from(`--${boundary}\r\n${writeHead(part)}\r\n\r\n`), part.bytes, Buffer.from('\r\n'));
    }
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: joinPieces(pieces) };
}

async function toPart({ field, value }: FilledField, lendFile: LendFile | undefined): Promise<Part> {
  const { name, contentType } = field;
  if (field.binary) {
    const file = await readBinary(value, field.property, lendFile);
    return { name, fileName: file.name, mediaType: contentType ?? file.mediaType, bytes: file.bytes };
  }
  const isJson = typeof value === 'object' && value !== null;
  const mediaType = contentType ?? (isJson ? 'application/json' : null);
  return { name, fileName: null, mediaType, bytes: new TextEncoder().encode(toText(value)) };
}

function writeHead({ name, fileName, mediaType }: Part): string {
  const file = fileName === null ? '' : `; filename="${quote(fileName)}"`;
  const disposition = `Content-Disposition: form-data; name="${quote(name)}"${file}`;
  return mediaType === null ? disposition : `${disposition}\r\nContent-Type: ${mediaType}`;
}

/** As the HTML standard writes names in forms; a name cannot end its line. */
const quote = (text: string) =>
  text.replace(/["\r\n]/g, (character) => ({ '"': '%22', '\r': '%0D' })[character] ?? '%0A');
