import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { DocumentSet, Place } from './document-set.ts';
import { type FlatSchema, flattenSchema, type Patience, SchemaTooBig } from './flatten-schema.ts';
import { writeUnion } from './expand-union.ts';
import { writeKeywords } from './schema-keywords.ts';

/** How much of a schema is written out; `0` is the schema of an operation's input, `1` a property of it. */
export type Look = {
  /** Down to which depth things are described. */
  describedTo: number;
  longestDescription: number;
  /** Down to which depth properties that may be left out are written. */
  optionalTo: number;
  /** From which depth on everything is open. */
  deepest: number;
};

export type Expansion = {
  documents: DocumentSet;
  look: Look;
  patience: Patience;
  /** Characters that may still be written; a cheap count that ends an expansion which grows too big. */
  room: { characters: number };
};

/** Property names that would reach the prototype of a plain object. */
const unsafeNames = new Set(['__proto__']);

/**
 * Writes a schema of OpenAPI 3.0 or 3.1 as JSON Schema 2020-12 without references.
 *
 * It admits at least what the description admits: `oneOf` becomes `anyOf`, a circle is cut to an open schema with a note,
 * patterns are told and not enforced (one could keep the hub busy for ever), and what only answers hold is left out.
 *
 * @throws {SchemaTooBig}
 */
export function expandSchema(
  expansion: Expansion,
  places: Place[],
  depth: number,
  above: ReadonlySet<object> = new Set(),
): JsonObject {
  const flat = flattenSchema(expansion.documents, places, expansion.patience);
  return writeFlat(expansion, flat, depth, above);
}

export function writeFlat(
  expansion: Expansion,
  flat: FlatSchema,
  depth: number,
  above: ReadonlySet<object>,
): JsonObject {
  if ([...flat.entries].some((node) => above.has(node))) {
    return count(expansion, {
      description: `Nested further: the same shape${flat.name ? ` as ${flat.name}` : ''} again.`,
    });
  }
  if (depth > expansion.look.deepest) return count(expansion, writeStub(flat));
  const inner = new Set([...above, ...flat.entries]);
  const schema = count(expansion, writeKeywords(flat, depth <= expansion.look.describedTo ? expansion.look : null));
  if (isObject(flat)) Object.assign(schema, writeObject(expansion, flat, depth, inner));
  if (flat.items.length > 0 && (flat.types === null || flat.types.has('array')))
    schema['items'] = expandSchema(expansion, flat.items, depth + 1, inner);
  if (flat.prefixItems.length > 0)
    schema['prefixItems'] = flat.prefixItems.map((place) => expandSchema(expansion, [place], depth + 1, inner));
  return writeUnion(expansion, { flat, schema, depth, above: inner });
}

/** Only what kind of value it is. */
function writeStub({ types, isNullable }: FlatSchema): JsonObject {
  return types?.size === 1 && !isNullable ? { type: [...types][0] ?? 'object' } : {};
}

const isObject = ({ types, properties, additional }: FlatSchema) =>
  types === null ? properties.size > 0 || additional !== null : types.has('object');

function writeObject(expansion: Expansion, flat: FlatSchema, depth: number, above: ReadonlySet<object>): JsonObject {
  const properties: [string, JsonValue][] = [];
  let left = 0;
  for (const [name, places] of flat.properties) {
    if (unsafeNames.has(name)) continue;
    const isRequired = flat.required.has(name);
    if (!isRequired && depth + 1 > expansion.look.optionalTo) {
      left += 1;
      continue;
    }
    const property = flattenSchema(expansion.documents, places, expansion.patience);
    if (property.keywords.get('readOnly') === true) continue;
    expansion.room.characters -= name.length + 6;
    properties.push([name, writeFlat(expansion, property, depth + 1, above)]);
  }
  const names = new Set(properties.map(([name]) => name));
  const required = [...flat.required].filter((name) => names.has(name));
  return {
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(required.length === 0 ? {} : { required }),
    ...writeAdditional(expansion, { flat, depth, above, isWhole: left === 0 }),
  };
}

function writeAdditional(
  expansion: Expansion,
  { flat, depth, above, isWhole }: { flat: FlatSchema; depth: number; above: ReadonlySet<object>; isWhole: boolean },
): JsonObject {
  const { additional } = flat;
  if (additional === null || additional.value === true) return {};
  if (additional.value === false) return isWhole && flat.unions.length === 0 ? { additionalProperties: false } : {};
  return isWhole ? { additionalProperties: expandSchema(expansion, [additional], depth + 1, above) } : {};
}

export function count(expansion: Expansion, written: JsonObject): JsonObject {
  expansion.room.characters -= JSON.stringify(written).length + 2;
  if (expansion.room.characters < 0) throw new SchemaTooBig();
  return written;
}
