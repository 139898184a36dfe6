import { dereference } from '@cfworker/json-schema';
import type { JsonObject } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { isDeeperThan } from './is-deeper-than.ts';

const deepest = 64;
const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const oneSchema = ['additionalProperties', 'contains', 'else', 'if', 'items', 'not', 'propertyNames', 'then'];
const listsOfSchemas = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const mapsOfSchemas = ['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown) => Array.isArray(value) && value.every((member) => typeof member === 'string');

/** What keeps a schema from being used: where, and why in the languages of the page. */
export type SchemaFault = { path: string; message: LocalizedText };

const noPattern = { en: 'This is no regular expression.', zh: '这不是正则表达式。' };
const toUnreadable = (error: unknown): LocalizedText => {
  const why = error instanceof Error ? error.message : '';
  return { en: why || 'The schema cannot be read.', zh: `无法读取此 Schema。${why}` };
};

/**
 * Every place of a JSON schema (2020-12) for which it could hold no value to itself: what is no schema, references to nowhere
 * or in a circle, patterns that cannot be read, and what is too deep. Pure.
 *
 * @param root - what the schema itself is called in the paths
 */
export function findSchemaFaults(schema: JsonObject, root: string): SchemaFault[] {
  if (isDeeperThan(schema, deepest))
    return [
      { path: root, message: { en: `A schema is at most ${deepest} levels deep.`, zh: `Schema 最多 ${deepest} 层。` } },
    ];
  // The validator leaves its marks on what it reads.
  const marked = structuredClone(schema);
  let known: Record<string, unknown> = {};
  try {
    known = dereference(marked);
  } catch (error) {
    return [{ path: root, message: toUnreadable(error) }];
  }
  const issues: SchemaFault[] = [];
  const tell = (path: string, message: LocalizedText) => issues.push({ path, message });

  function visit(value: unknown, path: string): void {
    if (typeof value === 'boolean') return;
    if (!isObject(value))
      return void tell(path, { en: 'A schema is an object, true or false.', zh: 'Schema 是一个对象、true 或 false。' });
    findOwnFaults(value, path, tell);
    if (value['$ref'] !== undefined && findTarget(value, known) === undefined) {
      tell(`${path}.$ref`, {
        en: 'This reference leads nowhere, or back to itself.',
        zh: '此引用没有指向任何地方，或指回自身。',
      });
    }
    for (const key of oneSchema) if (value[key] !== undefined) visit(value[key], `${path}.${key}`);
    for (const key of listsOfSchemas) {
      const list = value[key];
      if (Array.isArray(list)) list.forEach((member, place) => visit(member, `${path}.${key}.${place}`));
      else if (list !== undefined)
        tell(`${path}.${key}`, { en: 'This is a list of schemas.', zh: '这里应是 Schema 的列表。' });
    }
    for (const key of mapsOfSchemas) {
      const map = value[key];
      if (isObject(map)) for (const name of Object.keys(map)) visit(map[name], `${path}.${key}.${name}`);
      else if (map !== undefined)
        tell(`${path}.${key}`, { en: 'This is an object of schemas.', zh: '这里应是由 Schema 组成的对象。' });
    }
  }
  visit(marked, root);
  return issues;
}

function findOwnFaults(
  { type, required, pattern, patternProperties, enum: choices }: Record<string, unknown>,
  path: string,
  tell: (path: string, message: LocalizedText) => void,
) {
  const named = Array.isArray(type) ? type : [type ?? 'null'];
  if (!named.every((name) => types.includes(name as string))) {
    tell(`${path}.type`, { en: `A type is one of ${types.join(', ')}.`, zh: `类型必须是 ${types.join('、')} 之一。` });
  }
  if (required !== undefined && !isTexts(required))
    tell(`${path}.required`, { en: 'This is a list of names.', zh: '这里应是名称的列表。' });
  if (choices !== undefined && !Array.isArray(choices))
    tell(`${path}.enum`, { en: 'This is a list of values.', zh: '这里应是值的列表。' });
  if (pattern !== undefined && !isPattern(pattern)) tell(`${path}.pattern`, noPattern);
  for (const name of isObject(patternProperties) ? Object.keys(patternProperties) : []) {
    if (!isPattern(name)) tell(`${path}.patternProperties.${name}`, noPattern);
  }
}

/** The schema that a reference ends at, after any others on the way; undefined: nowhere. */
function findTarget(from: Record<string, unknown>, known: Record<string, unknown>): unknown {
  const passed = new Set<unknown>();
  let at: unknown = from;
  while (isObject(at) && at['$ref'] !== undefined) {
    if (passed.has(at)) return undefined;
    passed.add(at);
    at = known[String(at['__absolute_ref__'])];
  }
  return at;
}

function isPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
