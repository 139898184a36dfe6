import type { JsonObject, JsonValue } from '#server/contract/json.ts';

/** A parameter of a tool, as much of its JSON Schema as a form needs. */
export type SchemaField = {
  name: string;
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'json';
  description: string;
  choices: JsonValue[];
  isRequired: boolean;
};

/** The top-level properties of a JSON Schema as fields of a form; anything deeper is written as JSON. */
export function toSchemaFields(schema: JsonObject): SchemaField[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asObject(schema['properties'])).map(([name, value]) => {
    const property = asObject(value);
    const choices = toChoices(property);
    return {
      name,
      kind: choices.length > 0 ? 'choice' : toKind(property),
      description: typeof property['description'] === 'string' ? property['description'] : '',
      choices,
      isRequired: required.includes(name),
    };
  });
}

/** What a person typed as the value that its field stands for; undefined when it is not one. */
export function parseFieldValue(field: SchemaField, typed: string): JsonValue | undefined {
  if (field.kind === 'number') return typed.trim() === '' || Number.isNaN(Number(typed)) ? undefined : Number(typed);
  if (field.kind === 'boolean') return typed === 'true';
  if (field.kind === 'choice') return field.choices.find((choice) => toChoiceText(choice) === typed);
  return field.kind === 'json' ? parseJson(typed) : typed;
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

function toKind(property: JsonObject): SchemaField['kind'] {
  const { type } = property;
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'boolean' : 'json';
}

function toChoices(property: JsonObject): JsonValue[] {
  if (Array.isArray(property['enum'])) return property['enum'];
  return 'const' in property ? [property['const'] ?? null] : [];
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
