/** A text file's text, and its encoding where that is only very likely. */
export type DecodedText = { text: string; guess: string | null };

const judgedBytes = 64 * 1024;
const marks: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
// What GB18030 has a place for, but no text of it holds.
const unassigned = /(?![\t\n\r])[\p{Cc}\p{Co}\p{Cn}]/u;

/**
 * Reads the bytes of a text file: UTF-8, UTF-16 with a byte order mark, or GB18030 (with GBK and GB2312) where everything
 * about them looks like Chinese. What is none of these is null and not a text of wrong characters.
 *
 * @param maximumBytes - what comes after is not read
 */
export function decodeText(bytes: Uint8Array, { maximumBytes }: { maximumBytes: number }): DecodedText | null {
  const encoding = findEncoding(bytes.subarray(0, judgedBytes));
  if (encoding === null) return null;
  const isWhole = bytes.length <= maximumBytes;
  const text = decode(bytes.subarray(0, maximumBytes), encoding, isWhole);
  return text === null ? null : { text, guess: encoding === 'gb18030' ? 'GB18030' : null };
}

/** The encoding of a file that begins so, or null when it is no text. */
export function findEncoding(head: Uint8Array): string | null {
  const marked = marks.find(([, mark]) => mark.every((byte, place) => head[place] === byte))?.[0];
  if (marked !== undefined) return isText(decode(head, marked, false)) ? marked : null;
  if (isText(decode(head, 'utf-8', false))) return 'utf-8';
  const guess = isChinese(head) ? decode(head, 'gb18030', false) : null;
  return guess !== null && !unassigned.test(guess) ? 'gb18030' : null;
}

/** Null where the bytes are not of this encoding; a character cut at the end is none of them, unless that is all. */
function decode(bytes: Uint8Array, encoding: string, isWhole: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return null;
  }
}

const isText = (text: string | null) => text !== null && !text.includes('\0');

/** Chinese of today is nearly all in GB2312's part of GB18030; accents of other languages, or Japanese, seldom are. */
function isChinese(head: Uint8Array): boolean {
  let pairs = 0;
  let usual = 0;
  for (let place = 0; place < head.length - 1; place += 1) {
    const lead = head[place] ?? 0;
    if (lead < 0x80) continue;
    pairs += 1;
    place += 1;
    if (lead >= 0xa1 && lead <= 0xf7 && (head[place] ?? 0) >= 0xa1) usual += 1;
  }
  return pairs > 0 && usual >= pairs * 0.95;
}
