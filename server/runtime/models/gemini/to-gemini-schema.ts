import type { JsonObject, JsonValue } from '#server/contract/json.ts';

/** The keywords that Gemini documents for `parametersJsonSchema` and `responseJsonSchema`; others are refused. */
const known = new Set(
  (
    '$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum ' +
    'anyOf oneOf properties additionalProperties required'
  ).split(' '),
);
const named = new Set(['properties', '$defs']);

/** A JSON schema without what Gemini does not know; the hub itself holds inputs and answers to the whole one. Pure. */
export function toGeminiSchema(schema: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'const') kept['enum'] = [value];
    else if (keyword === 'allOf' && Array.isArray(value) && value.length === 1) Object.assign(kept, reduce(value[0]));
    else if (known.has(keyword)) kept[keyword] = named.has(keyword) ? reduceEach(value) : reduceIn(keyword, value);
  }
  return kept;
}

const reduceIn = (keyword: string, value: JsonValue): JsonValue =>
  keyword === 'enum' || keyword === 'required' ? value : reduce(value);

function reduce(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map(reduce);
  return typeof value === 'object' && value !== null ? toGeminiSchema(value) : (value ?? null);
}

function reduceEach(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, reduce(schema)]));
}
