import { isObject } from '#server/contract/is-object.ts';
import type { JsonValue } from '#server/contract/json.ts';
import type { OpenApiStyle } from '#server/contract/openapi-operation.ts';

/** How a value is written: OpenAPI 3.1.1, "Style Values" and "Style Examples", after RFC 6570. */
export type WrittenAs = { name: string; style: OpenApiStyle; explode: boolean; allowReserved: boolean };

/** Everything but letters, digits and `-._~` as `%xx` of its UTF-8. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

// Of the reserved characters those that neither end a query nor part one.
const harmlessReserved = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g;

const encodeReserved = (text: string) => encodeStrictly(text).replace(harmlessReserved, decodeURIComponent);

/** A value that has no parts; parts of parts have no style of their own and become JSON. */
export function toText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The members of an object that say something. */
export function membersOf(value: { [key: string]: JsonValue }): [string, JsonValue][] {
  return Object.entries(value).filter(([, member]) => member !== null);
}

/** A value in the path of a URL. */
export function writeInPath(value: JsonValue, { name, style, explode }: WrittenAs): string {
  if (style === 'label') return `.${joinParts(value, explode, explode ? '.' : ',', encodeStrictly)}`;
  if (style === 'matrix') return writeMatrix(value, encodeStrictly(name), explode);
  return joinParts(value, explode, ',', encodeStrictly);
}

/** A value of a header: as it is, because nobody decodes headers. */
export function writeInHeader(value: JsonValue, explode: boolean): string {
  return joinParts(value, explode, ',', (text) => text);
}

/** A value in a query, a cookie or a URL-encoded form: encoded `name=value` pairs, none for an empty list. */
export function writePairs(value: JsonValue, { name, style, explode, allowReserved }: WrittenAs): string[] {
  const encode = allowReserved ? encodeReserved : encodeStrictly;
  const pair = (key: string, member: JsonValue) => `${encodeStrictly(key)}=${encode(toText(member))}`;
  if (style === 'deepObject') return writeDeep(value, name, pair);
  if (Array.isArray(value) && explode) return value.map((member) => pair(name, member));
  if (isObject(value) && explode) return membersOf(value).map(([key, member]) => pair(key, member));
  const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
  const parts = joinParts(value, false, separator, encode);
  return parts === '' && typeof value === 'object' ? [] : [`${encodeStrictly(name)}=${parts}`];
}

function joinParts(value: JsonValue, explode: boolean, separator: string, encode: (text: string) => string): string {
  if (Array.isArray(value)) return value.map((member) => encode(toText(member))).join(separator);
  if (!isObject(value)) return encode(toText(value));
  const between = explode ? '=' : separator;
  return membersOf(value)
    .map(([key, member]) => `${encode(key)}${between}${encode(toText(member))}`)
    .join(separator);
}

function writeMatrix(value: JsonValue, name: string, explode: boolean): string {
  const pair = (key: string, text: string) => (text === '' ? `;${key}` : `;${key}=${encodeStrictly(text)}`);
  if (explode && Array.isArray(value)) return value.map((member) => pair(name, toText(member))).join('');
  if (explode && isObject(value))
    return membersOf(value)
      .map(([key, member]) => pair(encodeStrictly(key), toText(member)))
      .join('');
  const parts = joinParts(value, false, ',', encodeStrictly);
  return parts === '' ? `;${name}` : `;${name}=${parts}`;
}

/** Deeper than OpenAPI says, as most services read it: `a[b][c]=1`, and `a[b][]=1` for lists. */
function writeDeep(value: JsonValue, name: string, pair: (key: string, member: JsonValue) => string): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => writeDeep(member, `${name}[]`, pair));
  if (isObject(value)) return membersOf(value).flatMap(([key, member]) => writeDeep(member, `${name}[${key}]`, pair));
  return [pair(name, value)];
}
