export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

const sampleBytes = 4096;
/** In Chinese text nearly all bytes above ASCII stand in pairs; in Western text they stand alone between letters. */
const leastPaired = 0.7;

/** How the text of a file is written, by its bytes: all of them are looked at unless its mark or its zeros tell. */
export async function detectEncoding(content: AsyncIterable<Uint8Array>): Promise<TextEncoding> {
  const asUnicode = createCheck('utf-8');
  const asChinese = createCheck('gb18030');
  let isFirst = true;
  let high = 0;
  let paired = 0;
  let lead = false;
  for await (const bytes of content) {
    if (isFirst) {
      const wide = findWide(bytes);
      if (wide !== null) return wide;
    }
    isFirst = false;
    asUnicode.take(bytes);
    if (asUnicode.isRight && high === 0 && !bytes.some((byte) => byte > 0x7f)) continue;
    asChinese.take(bytes);
    for (const byte of bytes) {
      const isHigh = byte > 0x7f;
      if (isHigh) high += 1;
      if (lead && byte > 0xa0) paired += 2;
      lead = isHigh && !(lead && byte > 0xa0);
    }
  }
  if (asUnicode.end()) return 'utf-8';
  return asChinese.end() && paired >= high * leastPaired ? 'gb18030' : 'windows-1252';
}

/** The same text in UTF-8, piece by piece. */
export async function* toUnicode(
  content: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of content) yield Buffer.from(decoder.decode(bytes, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function findWide(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const sample = bytes.subarray(0, sampleBytes);
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => (2 * count) / sample.length);
  if (odd > 0.3 && even < 0.1) return 'utf-16le';
  return even > 0.3 && odd < 0.1 ? 'utf-16be' : null;
}

function createCheck(encoding: string) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let isRight = true;
  const attempt = (decode: () => string) => {
    try {
      if (isRight) decode();
    } catch {
      isRight = false;
    }
    return isRight;
  };
  return {
    get isRight() {
      return isRight;
    },
    take: (bytes: Uint8Array) => void attempt(() => decoder.decode(bytes, { stream: true })),
    end: () => attempt(() => decoder.decode()),
  };
}
