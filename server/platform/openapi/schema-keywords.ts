import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { FlatSchema } from './flatten-schema.ts';
import { toPlainDescription, toPlainLine } from './plain-description.ts';

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean'];
const bounds = ['minimum', 'maximum', 'multipleOf'];
const sizes = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];
/** Longer lists of choices are told in part. */
const longestEnum = 2_000;
const longestDefault = 300;
const longestPattern = 200;

/** What is written of a schema's keywords, never to be changed, and how many characters that is. */
export type WrittenKeywords = { schema: JsonObject; characters: number };

/** Large descriptions use the same schemas in hundreds of operations. */
const known = new WeakMap<FlatSchema, Map<number, WrittenKeywords>>();

/** The keywords of a schema that are no schemas themselves; nothing is described where that may take no characters. */
export function writeKeywords(flat: FlatSchema, longestDescription: number): WrittenKeywords {
  const lengths = known.get(flat) ?? new Map<number, WrittenKeywords>();
  known.set(flat, lengths);
  const found = lengths.get(longestDescription);
  if (found !== undefined) return found;
  const schema = toKeywords(flat, longestDescription);
  const written = { schema, characters: JSON.stringify(schema).length + 2 };
  lengths.set(longestDescription, written);
  return written;
}

function toKeywords(flat: FlatSchema, longestDescription: number): JsonObject {
  const { keywords } = flat;
  const choices = readChoices(flat);
  return withoutUndefined({
    type: readType(flat),
    description: longestDescription === 0 ? undefined : describe(flat, longestDescription, choices),
    enum: choices?.isWhole === true ? choices.values : undefined,
    const: toJson(keywords.get('const'), longestDefault),
    format: toWord(keywords.get('format')),
    default: toJson(keywords.get('default'), longestDefault),
    ...Object.fromEntries(bounds.map((keyword) => [keyword, toNumber(keywords.get(keyword))])),
    ...Object.fromEntries(sizes.map((keyword) => [keyword, toSize(keywords.get(keyword))])),
    ...readExclusive(keywords, 'minimum', 'exclusiveMinimum'),
    ...readExclusive(keywords, 'maximum', 'exclusiveMaximum'),
    uniqueItems: keywords.get('uniqueItems') === true ? true : undefined,
  });
}

function readType({ types: given, isNullable, properties, items }: FlatSchema): JsonValue | undefined {
  const inferred = properties.size > 0 ? ['object'] : items.length > 0 ? ['array'] : [];
  const known = given === null ? inferred : [...given].filter((type) => types.includes(type));
  if (given?.size === 0 && isNullable) return 'null';
  if (known.length === 0) return undefined;
  const all = isNullable ? [...known, 'null'] : known;
  return all.length === 1 ? all[0] : all;
}

type Choices = { values: JsonValue[]; isWhole: boolean };

function readChoices({ keywords, isNullable }: FlatSchema): Choices | null {
  const given = keywords.get('enum');
  if (!Array.isArray(given) || given.length === 0) return null;
  const values: JsonValue[] = [];
  let characters = 0;
  for (const value of given as unknown[]) {
    const json = toJson(value, longestDefault);
    characters += json === undefined ? longestEnum : JSON.stringify(json).length + 1;
    if (json === undefined || characters > longestEnum) return { values, isWhole: false };
    values.push(json);
  }
  return { values: isNullable && !values.includes(null) ? [...values, null] : values, isWhole: true };
}

function describe(flat: FlatSchema, longest: number, choices: Choices | null): string | undefined {
  const { keywords, gaps } = flat;
  const given = keywords.get('description') ?? keywords.get('title');
  const pattern = keywords.get('pattern');
  const parts = [
    typeof given === 'string' ? toPlainDescription(given, longest) : '',
    choices?.isWhole === false ? `One of: ${toPlainLine(choices.values.map(toWords).join(', '), longest)}` : '',
    typeof pattern === 'string' && pattern.length <= longestPattern ? `Pattern: ${toPlainLine(pattern, 200)}` : '',
    gaps.length > 0 ? `Not described: ${toPlainLine(gaps[0] ?? '', 200)}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join('\n');
}

/** In OpenAPI 3.0 a flag beside the bound, in 3.1 the bound itself. */
function readExclusive(keywords: FlatSchema['keywords'], bound: string, exclusive: string): JsonObject {
  const given = keywords.get(exclusive);
  const limit = given === true ? toNumber(keywords.get(bound)) : toNumber(given);
  if (limit === undefined) return {};
  return { [exclusive]: limit };
}

const toWords = (value: JsonValue) => (typeof value === 'string' ? value : JSON.stringify(value));
const toNumber = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const toSize = (value: unknown) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined);
const toWord = (value: unknown) =>
  typeof value === 'string' && /^[\w.-]{1,40}$/.test(value) && value !== 'regex' ? value : undefined;

/** A value of a document as JSON, unless it is long or a circle. */
function toJson(value: unknown, longest: number): JsonValue | undefined {
  return value !== undefined && fits(value, { characters: longest }) ? (value as JsonValue) : undefined;
}

/** Aliases can make a short text an endless value, so it is measured before it is written. */
function fits(value: unknown, room: { characters: number }): boolean {
  room.characters -= typeof value === 'string' ? value.length + 2 : 2;
  if (room.characters < 0) return false;
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, member]) => {
    room.characters -= key.length;
    return key !== '__proto__' && fits(member, room);
  });
}

function withoutUndefined(members: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
