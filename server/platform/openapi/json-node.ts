/** An object of a parsed document, whose members nobody has checked. */
export type JsonNode = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is JsonNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of an object's own; a document may name one `constructor` or `__proto__`. */
export function memberOf(value: unknown, key: string): unknown {
  return isNode(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function textOf(value: unknown, key: string): string | undefined {
  const member = memberOf(value, key);
  return typeof member === 'string' ? member : undefined;
}

export function flagOf(value: unknown, key: string): boolean | undefined {
  const member = memberOf(value, key);
  return typeof member === 'boolean' ? member : undefined;
}

export function listOf(value: unknown, key: string): unknown[] {
  const member = memberOf(value, key);
  return Array.isArray(member) ? (member as unknown[]) : [];
}

/** The members of an object that is a member. */
export function entriesOf(value: unknown, key: string): [string, unknown][] {
  const member = memberOf(value, key);
  return isNode(member) ? Object.entries(member) : [];
}
