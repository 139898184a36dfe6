import { sayOfChain } from '#server/contract/chain-words.ts';
import { isObject } from '#server/contract/is-object.ts';
import type { JsonValue } from '#server/contract/json.ts';
import type { Language } from './wording.ts';

const notes = new Set(['warnings', 'partial', 'reason', 'action']);

/** A result whose warnings, and what is missing in it, are in the reader's language where their Chinese is known. */
export function sayNotes(value: JsonValue, language: Language, isNote = false): JsonValue {
  if (typeof value === 'string') return isNote ? sayOfChain(value, language) : value;
  if (Array.isArray(value)) return value.map((one) => sayNotes(one, language, isNote));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, sayNotes(member, language, notes.has(name))]),
  );
}
