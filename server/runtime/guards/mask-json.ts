import type { JsonObject, JsonValue } from '#server/contract/json.ts';

/** A text as it may be shown. */
export type Mask = (text: string) => Promise<string>;

/** The same value with all its texts, names and numbers as they may be shown; a number that may not becomes a text. */
export async function maskJson(value: JsonValue, mask: Mask): Promise<JsonValue> {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number') {
    const masked = await mask(String(value));
    return masked === String(value) ? value : masked;
  }
  if (Array.isArray(value)) {
    const members: JsonValue[] = [];
    for (const member of value) members.push(await maskJson(member, mask));
    return members;
  }
  return value === null || typeof value !== 'object' ? value : maskObject(value, mask);
}

export async function maskObject(value: JsonObject, mask: Mask): Promise<JsonObject> {
  const members: [string, JsonValue][] = [];
  for (const [key, member] of Object.entries(value)) members.push([await mask(key), await maskJson(member, mask)]);
  return Object.fromEntries(members);
}
