import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { withoutInvisible } from '#server/without-invisible.ts';

/** A stranger's text without invisible characters, cut to a number of characters. */
export function cutText(text: string, maximumCharacters: number): string {
  const visible = withoutInvisible(text.slice(0, maximumCharacters * 2));
  return visible.length <= maximumCharacters ? visible : `${visible.slice(0, maximumCharacters - 1).trimEnd()}…`;
}

export const cutTextOrNull = (text: string | undefined, maximumCharacters: number): string | null =>
  text === undefined || text === '' ? null : cutText(text, maximumCharacters);

const words = new Set(['title', 'description', '$comment']);
const deepest = 32;

function toPlain(value: JsonValue, key: string | null, depth: number): JsonValue {
  if (depth > deepest) throw new RangeError('The schema is too deep.');
  if (typeof value === 'string') return key !== null && words.has(key) ? cutText(value, 1000) : withoutInvisible(value);
  if (Array.isArray(value)) return value.map((item) => toPlain(item, null, depth + 1));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member, name, depth + 1)]));
}

const schemaBytes = 64 * 1024;

/** A stranger's JSON schema with its texts cut, or null when it is too big or too deep for a model. */
export function toPlainSchema(schema: JsonObject): JsonObject | null {
  try {
    const plain = toPlain(schema, null, 0) as JsonObject;
    return JSON.stringify(plain).length > schemaBytes ? null : plain;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
