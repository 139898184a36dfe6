import { answerTooLarge, answerUnreadable } from './egress-errors.ts';
import type { Piece } from './answer-body.ts';
import type { OpenedResponse } from './open-response.ts';

type Body = ReadableStream<Piece>;

const formats = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate' } as const;
const isKnown = (encoding: string): encoding is keyof typeof formats => Object.hasOwn(formats, encoding);

/** The body without its content encoding, or null when it has none. */
export function decodeBody(response: OpenedResponse, host: string): Body | null {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === 'identity' || encoding === '') return null;
  if (!isKnown(encoding)) {
    void response.body.return();
    throw answerUnreadable(host, {
      en: `it is encoded as ${encoding}, which was not asked for`,
      zh: `其编码为 ${encoding}，并非所请求的编码`,
    });
  }
  return response.body.toStream().pipeThrough(new DecompressionStream(formats[encoding]));
}

/** Stops a body that grew while it was decoded at `maximumBytes`. */
export function capBytes(body: Body, maximumBytes: number, host: string): Body {
  let passedBytes = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk: Piece, controller) {
        passedBytes += chunk.byteLength;
        if (passedBytes > maximumBytes) throw answerTooLarge(host, maximumBytes);
        controller.enqueue(chunk);
      },
    }),
  );
}

/** Gathers a body in memory, never more than `maximumBytes` and the chunk that was too much. */
export async function readBytes(body: AsyncIterable<Piece>, maximumBytes: number, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let readSoFarBytes = 0;
  for await (const chunk of body) {
    readSoFarBytes += chunk.byteLength;
    if (readSoFarBytes > maximumBytes) throw answerTooLarge(host, maximumBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
