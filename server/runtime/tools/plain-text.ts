import { randomBytes } from 'node:crypto';
import { writeDataBlock } from '#server/contract/data-blocks.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { withoutInvisible } from '#server/without-invisible.ts';

/** Text that strangers wrote, without characters that hide or reorder what a reader sees. Line ends become `\n`. */
export function toPlainText(text: string): string {
  return withoutInvisible(text.replace(/\r\n?|[\u2028\u2029]/g, '\n'));
}

/** The same for every string (keys too) of a JSON value. */
export function toPlainJson(value: JsonValue): JsonValue {
  if (typeof value === 'string') return toPlainText(value);
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [toPlainText(key), toPlainJson(member)]));
}

/**
 * Wraps text that strangers wrote, so that the model can tell it from what people and the hub say.
 *
 * The marks carry a number that the text cannot know, so it cannot close its own block.
 *
 * @param number - a secret one for a block that must stay the same from run to run, which providers' prompt caches need
 */
export function toDataBlock(text: string, origin: string, number = randomBytes(8).toString('hex')): string {
  // A model that was told the number may have repeated it where it is kept.
  return writeDataBlock(text.replaceAll(number, ''), origin, number);
}

/** Cuts text to a number of UTF-8 bytes, never inside a character. */
export function cutToBytes(text: string, maximumBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maximumBytes) return text;
  let end = Math.max(0, maximumBytes);
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
}
