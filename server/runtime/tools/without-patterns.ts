import type { JsonObject, JsonValue } from '#server/contract/json.ts';

/** What a schema may hold that is checked with a regular expression. */
const checked = new Set(['pattern', 'patternProperties']);
/** Under these, a member is a name that the schema's author chose, not a keyword. */
const namesBelow = new Set(['properties', '$defs', 'definitions', 'dependentSchemas']);

/** A stranger's schema without regular expressions: one of those can hold up the hub for minutes. Pure. */
export function withoutPatterns(schema: JsonObject): JsonObject {
  return strip(schema, false) as JsonObject;
}

function strip(value: JsonValue, isNames: boolean): JsonValue {
  if (Array.isArray(value)) return value.map((member) => strip(member, false));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isNames || !checked.has(key))
      .map(([key, member]) => [key, strip(member, !isNames && namesBelow.has(key))]),
  );
}
