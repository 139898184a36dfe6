import { detectEncodingOfHead, type FoundEncoding } from '#server/detect-encoding.ts';

/** A text file's text, and its encoding where that is only very likely. */
export type DecodedText = { text: string; guess: string | null };

const judgedBytes = 64 * 1024;

/**
 * Reads the bytes of a text file: UTF-8, UTF-16 with a byte order mark, or GB18030 (with GBK and GB2312) where everything
 * about them looks like Chinese. What is none of these is null and not a text of wrong characters.
 *
 * @param maximumBytes - what comes after is not read
 */
export function decodeText(bytes: Uint8Array, { maximumBytes }: { maximumBytes: number }): DecodedText | null {
  const { encoding, certainty } = detectEncodingOfHead(bytes.subarray(0, judgedBytes));
  if (certainty === 'assumed') return null;
  const isWhole = bytes.length <= maximumBytes;
  const text = decode(bytes.subarray(0, maximumBytes), encoding, isWhole);
  return text === null ? null : { text, guess: certainty === 'likely' ? 'GB18030' : null };
}

/** Whether a file that begins so is a text that can be read without a doubt of its characters. */
export const isReadableText = (head: Uint8Array): boolean => detectEncodingOfHead(head).certainty !== 'assumed';

/** Null where the bytes are not of this encoding; a character cut at the end is none of them, unless that is all. */
function decode(bytes: Uint8Array, encoding: FoundEncoding['encoding'], isWhole: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return null;
  }
}
