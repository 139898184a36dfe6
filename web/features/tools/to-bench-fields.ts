import type { JsonObject } from '#server/contract/json.ts';
import { OpenApiBinary } from '#server/contract/openapi-operation.ts';
import { asObject, type SchemaField, toSchemaFields } from './schema-fields.ts';

/** A field of the bench: a value somewhere in the input, named by its way there. */
export type BenchField = SchemaField & {
  path: string[];
  /** Of each step of the way, whether the object that it is in must have it. */
  needs: boolean[];
  /** Whether a file of the hub may be given, or a list of them. */
  takesFiles: boolean;
};

const deepest = 3;
const binaryMembers = Object.keys(OpenApiBinary.shape).sort().join();

/** The fields of an input: those of a closed object are fields of their own, three deep; all else deeper is JSON. */
export function toBenchFields(schema: JsonObject): BenchField[] {
  return expand(schema, [], []);
}

function expand(schema: JsonObject, above: string[], needsAbove: boolean[]): BenchField[] {
  const properties = asObject(schema['properties']);
  return toSchemaFields(schema).flatMap((field): BenchField[] => {
    const path = [...above, field.name];
    const needs = [...needsAbove, field.isRequired];
    const own = asObject(properties[field.name]);
    if (path.length <= deepest && isOpenable(own) && !isBinary(own)) return expand(own, path, needs);
    return [
      {
        ...field,
        name: path.join('.'),
        path,
        needs,
        isRequired: needs.every(Boolean),
        takesFiles: isBinary(own) || (own['type'] === 'array' && isBinary(asObject(own['items']))),
      },
    ];
  });
}

/** Nothing but its members can be in it, and none has a name that would be read as a way. */
function isOpenable(schema: JsonObject): boolean {
  const names = Object.keys(asObject(schema['properties']));
  const isClosed = schema['type'] === 'object' && schema['additionalProperties'] === false;
  const isPlain = !['anyOf', 'oneOf', 'allOf', 'not', 'if', 'enum', 'const'].some((keyword) => keyword in schema);
  return isClosed && isPlain && names.length > 0 && names.every((name) => !name.includes('.'));
}

const isBinary = (schema: JsonObject) => Object.keys(asObject(schema['properties'])).sort().join() === binaryMembers;
