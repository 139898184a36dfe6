import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { type FieldFault, findFieldFault, parseFieldValue, type SchemaField, toFieldText } from './schema-fields.ts';

/** What stands in the fields of a form, by their names; an empty one is left out. */
export type BenchValues = Record<string, string>;

/** What a form begins with: what was given, else what its schema says. */
export function toBenchValues(fields: SchemaField[], input: JsonObject, withDefaults: boolean): BenchValues {
  const valueOf = ({ name, defaultValue }: SchemaField): JsonValue | undefined =>
    Object.hasOwn(input, name) ? input[name] : withDefaults ? defaultValue : undefined;
  return Object.fromEntries(fields.map((field) => [field.name, toFieldText(field, valueOf(field) ?? undefined)]));
}

/** The input that the fields make, and what is wrong with which of them. */
export function readBenchInput(
  fields: SchemaField[],
  values: BenchValues,
): { input: JsonObject; faults: Record<string, FieldFault> } {
  const input: JsonObject = {};
  const faults: Record<string, FieldFault> = {};
  for (const field of fields) {
    const typed = values[field.name] ?? '';
    if (typed === '' || (field.kind !== 'text' && typed.trim() === '')) {
      if (field.isRequired) faults[field.name] = 'required';
      continue;
    }
    const fault = findFieldFault(field, typed);
    const value = parseFieldValue(field, typed);
    if (fault !== null) faults[field.name] = fault;
    else if (value !== undefined) input[field.name] = value;
  }
  return { input, faults };
}

/** What a tool said is wrong with its input, by the field that it belongs to. */
export function readToolIssues(output: JsonValue): Record<string, string> {
  const issues = typeof output === 'object' && output !== null && !Array.isArray(output) ? output['issues'] : null;
  if (!Array.isArray(issues)) return {};
  return Object.fromEntries(
    issues.flatMap((issue) => {
      if (typeof issue !== 'object' || issue === null || Array.isArray(issue)) return [];
      const { path, message } = issue;
      return typeof path === 'string' && typeof message === 'string' ? [[path.split('.')[0] ?? '', message]] : [];
    }),
  );
}
