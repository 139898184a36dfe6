import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';

/** A parameter of a tool, as much of its JSON Schema as a form needs. */
export type SchemaField = {
  name: string;
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'json';
  description: string;
  choices: JsonValue[];
  isRequired: boolean;
  /** What stands for it where it is left out. */
  defaultValue: JsonValue | undefined;
  isInteger: boolean;
  /** What its JSON must be. */
  shape: 'array' | 'object' | 'any';
};

/** What is wrong with a text that is no value of its field. */
export type FieldFault = 'required' | 'number' | 'integer' | 'choice' | 'array' | 'object' | 'json';

/** The top-level properties of a JSON Schema as fields of a form; anything deeper is written as JSON. */
export function toSchemaFields(schema: JsonObject): SchemaField[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asObject(schema['properties'])).map(([name, value]) => {
    const property = asObject(value);
    const given = withoutNull(property);
    const choices = toChoices(given);
    const description = property['description'] ?? given['description'];
    return {
      name,
      kind: choices.length > 0 ? 'choice' : toKind(given),
      description: typeof description === 'string' ? description : '',
      choices,
      isRequired: required.includes(name),
      defaultValue: property['default'] ?? given['default'],
      isInteger: given['type'] === 'integer',
      shape: given['type'] === 'array' || given['type'] === 'object' ? given['type'] : 'any',
    };
  });
}

/** What a person typed as the value that its field stands for; undefined when it is not one. */
export function parseFieldValue(field: SchemaField, typed: string): JsonValue | undefined {
  if (field.kind === 'number') {
    const number = typed.trim() === '' ? NaN : Number(typed);
    return Number.isNaN(number) || (field.isInteger && !Number.isInteger(number)) ? undefined : number;
  }
  if (field.kind === 'boolean') return typed === 'true';
  if (field.kind === 'choice') return field.choices.find((choice) => toChoiceText(choice) === typed);
  if (field.kind === 'text') return typed;
  const value = parseJson(typed);
  if (field.shape === 'any' || value === undefined) return value;
  return (field.shape === 'array' ? Array.isArray(value) : isObject(value)) ? value : undefined;
}

/** Why a text is no value of its field; null where it is one. */
export function findFieldFault(field: SchemaField, typed: string): FieldFault | null {
  if (parseFieldValue(field, typed) !== undefined) return null;
  if (field.kind === 'number') return field.isInteger ? 'integer' : 'number';
  if (field.kind === 'choice') return 'choice';
  return field.shape === 'any' ? 'json' : field.shape;
}

/** How a value is written in its field. */
export function toFieldText(field: SchemaField, value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return field.kind === 'json' ? JSON.stringify(value, null, 2) : toChoiceText(value);
}

/** How a choice, or a plain value, is written in a field. */
export function toChoiceText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The JSON value of a text, or undefined. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The JSON object of a text, or null. */
export function parseJsonObject(text: string): JsonObject | null {
  const value = parseJson(text);
  return isObject(value) ? value : null;
}

function toKind({ type }: JsonObject): SchemaField['kind'] {
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'boolean' : 'json';
}

/** A property that may also be null is written as if it could not; null is what it is when it is left out. */
function withoutNull(property: JsonObject): JsonObject {
  const { type } = property;
  if (Array.isArray(type)) {
    const [only, ...others] = type.filter((name) => name !== 'null');
    return others.length === 0 && only !== undefined ? { ...property, type: only } : property;
  }
  const options = property['anyOf'] ?? property['oneOf'];
  if (!Array.isArray(options)) return property;
  const [only, ...others] = options.filter((option) => asObject(option)['type'] !== 'null');
  return others.length === 0 && only !== undefined ? asObject(only) : property;
}

function toChoices(property: JsonObject): JsonValue[] {
  if (Array.isArray(property['enum'])) return property['enum'];
  return 'const' in property ? [property['const'] ?? null] : [];
}

export function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
