import type { TextEncoding } from '#server/detect-encoding.ts';

/** The same text in UTF-8, piece by piece; what is of no character becomes a mark for one (U+FFFD). */
export async function* toUnicode(
  content: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of content) yield Buffer.from(decoder.decode(bytes, { stream: true }));
  yield Buffer.from(decoder.decode());
}
