import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { asObject, type FieldFault, findFieldFault, parseFieldValue, toFieldText } from './schema-fields.ts';
import type { BenchField } from './to-bench-fields.ts';

/** What stands in the fields of a form, by their names; an empty one is left out. */
export type BenchValues = Record<string, string>;

/** What a form begins with: what was given, else what its schema says. */
export function toBenchValues(fields: BenchField[], input: JsonObject, withDefaults: boolean): BenchValues {
  return Object.fromEntries(
    fields.map((field) => {
      const given = findValue(input, field.path);
      return [field.name, toFieldText(field, given ?? (withDefaults ? field.defaultValue : undefined) ?? undefined)];
    }),
  );
}

/** The input that the fields make, and what is wrong with which of them. */
export function readBenchInput(
  fields: BenchField[],
  values: BenchValues,
): { input: JsonObject; faults: Record<string, FieldFault> } {
  const input: JsonObject = {};
  const faults: Record<string, FieldFault> = {};
  const empty: BenchField[] = [];
  for (const field of fields) {
    const typed = values[field.name] ?? '';
    if (typed === '' || (field.kind !== 'text' && typed.trim() === '')) {
      empty.push(field);
      continue;
    }
    const fault = findFieldFault(field, typed);
    const value = parseFieldValue(field, typed);
    if (fault !== null) faults[field.name] = fault;
    if (value !== undefined) openParent(input, field.path)[field.path.at(-1) ?? ''] = value;
  }
  for (const field of empty) if (isMissed(input, field)) faults[field.name] = 'required';
  return { input, faults };
}

/** Whether an object is there, or has to be, in which the field has to be; such an object is made. */
function isMissed(input: JsonObject, { path, needs }: BenchField): boolean {
  let parent = input;
  for (const [depth, step] of path.slice(0, -1).entries()) {
    if (needs[depth] !== true && parent[step] === undefined) return false;
    parent[step] ??= {};
    parent = asObject(parent[step]);
  }
  return needs.at(-1) === true;
}

function openParent(input: JsonObject, path: string[]): JsonObject {
  let parent = input;
  for (const step of path.slice(0, -1)) {
    const inner = parent[step];
    const opened: JsonObject = isObject(inner) ? inner : {};
    parent[step] = opened;
    parent = opened;
  }
  return parent;
}

function findValue(input: JsonObject, path: string[]): JsonValue | undefined {
  let value: JsonValue | undefined = input;
  for (const step of path) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** What a tool said is wrong with its input, by the field that it belongs to. */
export function readToolIssues(fields: BenchField[], output: JsonValue): Record<string, string> {
  const issues = isObject(output) ? output['issues'] : null;
  if (!Array.isArray(issues)) return {};
  return Object.fromEntries(
    issues.flatMap((issue) => {
      const { path, message } = asObject(issue);
      if (typeof path !== 'string' || typeof message !== 'string') return [];
      const field =
        fields.find(({ name }) => path === name || path.startsWith(`${name}.`)) ??
        fields.find(({ name }) => name.startsWith(`${path}.`));
      return field === undefined ? [] : [[field.name, message]];
    }),
  );
}
