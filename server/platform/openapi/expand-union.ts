import type { JsonObject } from '#server/contract/json.ts';
import { nameOf, type Place } from './document-set.ts';
import { type Expansion, count, writeFlat } from './expand-schema.ts';
import { type FlatSchema, flattenSchema, type Union } from './flatten-schema.ts';
import { entriesOf, textOf } from './json-node.ts';

/** Adds a schema's alternatives to what is written of it. */
export function writeUnion(
  expansion: Expansion,
  { flat, schema, depth }: { flat: FlatSchema; schema: JsonObject; depth: number },
): JsonObject {
  const alternatives = flat.unions.map((union) => writeMembers(expansion, union, depth));
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
    const value = property === undefined ? null : discriminatorValue(member, discriminator);
    return property === undefined || value === null
      ? written
      : nameAlternative(expansion, { written, property, value });
  });
}

/** The value by which a discriminator tells this alternative from the others. */
function discriminatorValue(member: Place, discriminator: Place): string | null {
  const reference = textOf(member.value, '$ref');
  const name = nameOf(member.value);
  for (const [value, target] of entriesOf(discriminator.value, 'mapping')) {
    if (target === reference || target === name) return value;
  }
  return name;
}

function nameAlternative(
  expansion: Expansion,
  { written, property, value }: { written: JsonObject; property: string; value: string },
): JsonObject {
  const { properties } = written;
  if (properties === null || typeof properties !== 'object' || Array.isArray(properties)) return written;
  const known = Object.hasOwn(properties, property) ? properties[property] : undefined;
  if (known === null || typeof known !== 'object' || Array.isArray(known)) return written;
  if (known['const'] !== undefined) return written;
  const { enum: _, ...rest } = known;
  return { ...written, properties: { ...properties, [property]: { ...rest, ...count(expansion, { const: value }) } } };
}
