import type { DefinitionChange } from './agent.ts';
import { isObject } from './is-object.ts';
import type { JsonObject, JsonValue } from './json.ts';

const isSame = (before: JsonValue | undefined, after: JsonValue | undefined): boolean => {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((item, index) => isSame(item, after[index]));
  }
  if (isObject(before) && isObject(after)) {
    const keys = Object.keys(before);
    return keys.length === Object.keys(after).length && keys.every((key) => isSame(before[key], after[key]));
  }
  return before === after;
};

/**
 * What differs between two definitions, in the order of their members, with dotted paths.
 *
 * Tools and variables are matched by their `id` or `name`, which stands in the path: `tools.calculator.approval`. Other
 * lists are compared after their common beginning and end, so that one inserted line is one change.
 */
export function diffDefinitions(before: JsonValue, after: JsonValue): DefinitionChange[] {
  return diff('', before, after);
}

function diff(path: string, before: JsonValue | undefined, after: JsonValue | undefined): DefinitionChange[] {
  if (isSame(before, after)) return [];
  if (before === undefined) return after === undefined ? [] : [{ path, kind: 'added', after }];
  if (after === undefined) return [{ path, kind: 'removed', before }];
  if (isObject(before) && isObject(after)) return diffMembers(path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(path, before, after);
  return [{ path, kind: 'changed', before, after }];
}

function diffMembers(path: string, before: JsonObject, after: JsonObject): DefinitionChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => diff(path === '' ? key : `${path}.${key}`, before[key], after[key]));
}

function diffLists(path: string, before: JsonValue[], after: JsonValue[]): DefinitionChange[] {
  const beforeByName = toNamed(before);
  const afterByName = toNamed(after);
  if (beforeByName === null || afterByName === null) return diffPositions(path, before, after);
  const changes = diffMembers(path, Object.fromEntries(beforeByName), Object.fromEntries(afterByName));
  const keptBefore = [...beforeByName.keys()].filter((name) => afterByName.has(name));
  const keptAfter = [...afterByName.keys()].filter((name) => beforeByName.has(name));
  if (!isSame(keptBefore, keptAfter)) changes.push({ path, kind: 'changed', before: keptBefore, after: keptAfter });
  return changes;
}

function toNamed(items: JsonValue[]): Map<string, JsonValue> | null {
  const named = new Map<string, JsonValue>();
  for (const item of items) {
    const name = isObject(item) ? (item.id ?? item.name) : undefined;
    if (typeof name !== 'string' || named.has(name)) return null;
    named.set(name, item);
  }
  return named;
}

function diffPositions(path: string, before: JsonValue[], after: JsonValue[]): DefinitionChange[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end])) end += 1;
  const changes: DefinitionChange[] = [];
  for (let index = start; index < Math.max(before.length, after.length) - end; index += 1) {
    const old = index < before.length - end ? before[index] : undefined;
    const fresh = index < after.length - end ? after[index] : undefined;
    changes.push(...diff(`${path}.${index}`, old, fresh));
  }
  return changes;
}
