export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

/**
 * How a text is written. `sure`: its mark says so, or all of its bytes fit; `likely`: everything about them looks like Chinese;
 * `assumed`: nothing fits better, but it may be another encoding, or no text.
 */
export type FoundEncoding = { encoding: TextEncoding; certainty: 'sure' | 'likely' | 'assumed' };

const sampleBytes = 4096;
/**
 * Chinese of today is nearly all in GB2312's part of GB18030; accents of other languages, or Japanese, seldom are. Between the
 * two, rare characters or another encoding of two bytes.
 */
const likelyShare = 0.95;
const leastShare = 0.7;
// What GB18030 has a place for, but no text of it holds.
const unassigned = /(?![\t\n\r])[\p{Cc}\p{Co}\p{Cn}]/u;

/** How a whole text is written, read piece by piece; where its mark or its zeros tell, no further than the first. */
export async function detectEncoding(content: AsyncIterable<Uint8Array>): Promise<FoundEncoding> {
  const judge = createJudge();
  for await (const bytes of content) if (judge.take(bytes) !== null) break;
  return judge.decide(true);
}

/** How a text that begins so is written; a character that is cut at the end is none of another encoding. */
export function detectEncodingOfHead(head: Uint8Array): FoundEncoding {
  const judge = createJudge();
  judge.take(head);
  return judge.decide(false);
}

function createJudge() {
  const asUnicode = createReading('utf-8');
  const asChinese = createReading('gb18030');
  const pairs = createPairCount();
  let isFirst = true;
  let isMarked = false;
  let wide: FoundEncoding | null = null;
  let hasZero = false;
  let isAscii = true;
  let isOdd = false;
  return {
    /** What is known already, or null when the next piece matters. */
    take: (bytes: Uint8Array): FoundEncoding | null => {
      if (isFirst) {
        wide = findWide(bytes);
        isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      }
      isFirst = false;
      if (wide !== null) return wide;
      hasZero ||= bytes.includes(0);
      asUnicode.take(bytes);
      isAscii &&= !bytes.some((byte) => byte > 0x7f);
      if (isAscii) return null;
      const chinese = asChinese.take(bytes);
      isOdd ||= !asUnicode.isRight() && chinese !== null && unassigned.test(chinese);
      pairs.take(bytes);
      return null;
    },
    decide: (isWhole: boolean): FoundEncoding => {
      if (wide !== null) return wide;
      if (asUnicode.end(isWhole)) return { encoding: 'utf-8', certainty: hasZero ? 'assumed' : 'sure' };
      if (isMarked) return { encoding: 'utf-8', certainty: 'assumed' };
      const share = pairs.usualShare();
      if (!asChinese.end(isWhole) || share < leastShare) return { encoding: 'windows-1252', certainty: 'assumed' };
      return { encoding: 'gb18030', certainty: share >= likelyShare && !isOdd ? 'likely' : 'assumed' };
    },
  };
}

/** UTF-16: by its mark, else by the zeros beside its Latin letters. */
function findWide(bytes: Uint8Array): FoundEncoding | null {
  const marked = toMarkedWide(bytes);
  if (marked !== null) {
    const text = createReading(marked).take(bytes);
    return { encoding: marked, certainty: text === null || text.includes('\0') ? 'assumed' : 'sure' };
  }
  const zeros = [0, 0];
  const sample = bytes.subarray(0, sampleBytes);
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => (2 * count) / sample.length);
  if (odd > 0.3 && even < 0.1) return { encoding: 'utf-16le', certainty: 'assumed' };
  return even > 0.3 && odd < 0.1 ? { encoding: 'utf-16be', certainty: 'assumed' } : null;
}

function toMarkedWide([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** How many of the pairs of bytes above ASCII are of GB2312. */
function createPairCount() {
  let all = 0;
  let usual = 0;
  let lead = 0;
  return {
    take: (bytes: Uint8Array): void => {
      for (const byte of bytes) {
        if (lead === 0) {
          if (byte > 0x7f) lead = byte;
          continue;
        }
        all += 1;
        if (lead >= 0xa1 && lead <= 0xf7 && byte >= 0xa1) usual += 1;
        lead = 0;
      }
    },
    usualShare: () => (all === 0 ? 0 : usual / all),
  };
}

function createReading(encoding: TextEncoding) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let isRight = true;
  const attempt = (bytes: Uint8Array | undefined, stream: boolean): string | null => {
    try {
      return isRight ? decoder.decode(bytes, { stream }) : null;
    } catch {
      isRight = false;
      return null;
    }
  };
  return {
    isRight: () => isRight,
    /** The text; null from where it is not of this encoding. */
    take: (bytes: Uint8Array) => attempt(bytes, true),
    end: (isWhole: boolean): boolean => {
      if (isWhole) attempt(undefined, false);
      return isRight;
    },
  };
}
