import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { nameOf, type Place } from './document-set.ts';
import { type Expansion, count, writeFlat } from './expand-schema.ts';
import { type FlatSchema, flattenSchema, type Union } from './flatten-schema.ts';
import { entriesOf, textOf } from './json-node.ts';

/** Adds a schema's alternatives to what is written of it. */
export function writeUnion(
  expansion: Expansion,
  { flat, schema, depth }: { flat: FlatSchema; schema: JsonObject; depth: number },
): JsonObject {
  const alternatives = flat.unions
    .map((union) => writeMembers(expansion, union, depth))
    .filter((members) => members.every((member) => Object.keys(member).length > 0));
  const nothing: JsonObject[] = flat.isNullable ? [{ type: 'null' }] : [];
  const [only] = alternatives;
  if (only === undefined) return schema;
  if (alternatives.length === 1) return { ...withoutType(schema, flat), anyOf: [...only, ...nothing] };
  return { ...withoutType(schema, flat), allOf: alternatives.map((anyOf) => ({ anyOf: [...anyOf, ...nothing] })) };
}

/** Null is one of the alternatives, so the type beside them must not exclude it. */
function withoutType({ type, ...schema }: JsonObject, flat: FlatSchema): JsonObject {
  return type === undefined || flat.isNullable ? schema : { type, ...schema };
}

function writeMembers(expansion: Expansion, { members, discriminator }: Union, depth: number): JsonObject[] {
  const property = textOf(discriminator.value, 'propertyName');
  return members.map((member) => {
    const flat = flattenSchema(expansion.documents, [member], expansion.patience);
    const written = writeFlat(expansion, flat, depth);
    const values = property === undefined ? [] : discriminatorValues(member, discriminator);
    return property === undefined ? written : nameAlternative(expansion, { written, property, values });
  });
}

/** The values by which a discriminator tells this alternative from the others. */
function discriminatorValues(member: Place, discriminator: Place): string[] {
  const reference = textOf(member.value, '$ref');
  const name = nameOf(member.value);
  if (reference === undefined || name === null) return [];
  const mapped = entriesOf(discriminator.value, 'mapping').filter(
    ([, target]) => target === reference || target === name,
  );
  return mapped.length === 0 ? [name] : mapped.map(([value]) => value);
}

function nameAlternative(
  expansion: Expansion,
  { written, property, values }: { written: JsonObject; property: string; values: string[] },
): JsonObject {
  const { properties } = written;
  if (!isJsonObject(properties) || values.length === 0) return written;
  const known = Object.hasOwn(properties, property) ? properties[property] : undefined;
  if (!isJsonObject(known) || known['const'] !== undefined) return written;
  const { enum: _, ...rest } = known;
  const [only = ''] = values;
  const named: JsonObject = values.length === 1 ? { const: only } : { enum: values };
  return { ...written, properties: { ...properties, [property]: { ...rest, ...count(expansion, named) } } };
}

const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
