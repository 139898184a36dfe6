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
  /** The schemas that are being written, outermost first; a circle comes back to one of them. */
  open: Set<object>;
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
export function expandSchema(expansion: Expansion, places: Place[], depth: number): JsonObject {
  return writeFlat(expansion, flattenSchema(expansion.documents, places, expansion.patience), depth);
}

export function writeFlat(expansion: Expansion, flat: FlatSchema, depth: number): JsonObject {
  const { look, open } = expansion;
  for (const entry of flat.entries) if (open.has(entry)) return count(expansion, writeCircle(flat));
  if (depth > look.deepest) return count(expansion, writeStub(flat));
  const keywords = writeKeywords(flat, depth <= look.describedTo ? look.longestDescription : 0);
  spend(expansion, keywords.characters);
  for (const entry of flat.entries) open.add(entry);
  const schema = writeParts(expansion, { ...keywords.schema }, { flat, depth });
  for (const entry of flat.entries) open.delete(entry);
  return schema;
}

function writeParts(
  expansion: Expansion,
  schema: JsonObject,
  { flat, depth }: { flat: FlatSchema; depth: number },
): JsonObject {
  if (isObject(flat)) Object.assign(schema, writeObject(expansion, flat, depth));
  if (flat.items.length > 0 && (flat.types === null || flat.types.has('array')))
    schema['items'] = expandSchema(expansion, flat.items, depth + 1);
  if (flat.prefixItems.length > 0)
    schema['prefixItems'] = flat.prefixItems.map((place) => expandSchema(expansion, [place], depth + 1));
  return writeUnion(expansion, { flat, schema, depth });
}

const writeCircle = ({ name }: FlatSchema): JsonObject => ({
  description: `Nested further: the same shape${name === null ? '' : ` as ${name}`} again.`,
});

/** Only what kind of value it is. */
function writeStub({ types, isNullable }: FlatSchema): JsonObject {
  return types?.size === 1 && !isNullable ? { type: [...types][0] ?? 'object' } : {};
}

const isObject = ({ types, properties, additional }: FlatSchema) =>
  types === null ? properties.size > 0 || additional !== null : types.has('object');

function writeObject(expansion: Expansion, flat: FlatSchema, depth: number): JsonObject {
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
    spend(expansion, name.length + 6);
    properties.push([name, writeFlat(expansion, property, depth + 1)]);
  }
  const names = new Set(properties.map(([name]) => name));
  const required = [...flat.required].filter((name) => names.has(name));
  return {
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(required.length === 0 ? {} : { required }),
    ...writeAdditional(expansion, { flat, depth, isWhole: left === 0 }),
  };
}

function writeAdditional(
  expansion: Expansion,
  { flat, depth, isWhole }: { flat: FlatSchema; depth: number; isWhole: boolean },
): JsonObject {
  const { additional } = flat;
  if (additional === null || additional.value === true) return {};
  if (additional.value === false) return isWhole && flat.unions.length === 0 ? { additionalProperties: false } : {};
  return isWhole ? { additionalProperties: expandSchema(expansion, [additional], depth + 1) } : {};
}

export function count(expansion: Expansion, written: JsonObject): JsonObject {
  spend(expansion, JSON.stringify(written).length + 2);
  return written;
}

function spend({ room }: Expansion, characters: number): void {
  room.characters -= characters;
  if (room.characters < 0) throw new SchemaTooBig();
}
