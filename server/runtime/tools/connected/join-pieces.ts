import type { LentFile } from '#server/contract/lent-file.ts';
import { HubError } from '#server/hub-error.ts';
import type { StreamedBody } from './service-request.ts';

/** Of the stored files of one call. */
const largestBytes = 50 * 1024 * 1024;

/**
 * A body of bytes and stored files, one after the other. Files are not read before it is sent, and never held whole.
 *
 * @throws {HubError} `payload_too_large`
 */
export function joinPieces(pieces: readonly (Uint8Array | LentFile)[]): Uint8Array | StreamedBody {
  const bytes = pieces.filter((piece) => piece instanceof Uint8Array);
  if (bytes.length === pieces.length) return Buffer.concat(bytes);
  const size = pieces.reduce((sum, piece) => sum + (piece instanceof Uint8Array ? piece.byteLength : piece.size), 0);
  if (size > largestBytes) {
    const most = largestBytes / 1024 / 1024;
    throw new HubError('payload_too_large', {
      en: `The files of one call may have ${most} MB together. Send fewer.`,
      zh: `一次调用的文件合计最多 ${most} MB。请减少文件。`,
    });
  }
  return {
    size,
    shown: pieces
      .map((piece) =>
        piece instanceof Uint8Array ? new TextDecoder().decode(piece) : `[${piece.name}, ${piece.size} bytes]`,
      )
      .join(''),
    open: () => readPieces(pieces),
  };
}

async function* readPieces(pieces: readonly (Uint8Array | LentFile)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else yield* piece.open();
  }
}
