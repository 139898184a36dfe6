import { BrokenReference, type DocumentSet, nameOf, type Place, placeOf } from './document-set.ts';
import { entriesOf, isNode, listOf, memberOf, textOf } from './json-node.ts';

/** Alternatives (`oneOf`, `anyOf`), and how a discriminator names them. */
export type Union = { members: Place[]; discriminator: Place };

/** A schema with all that `$ref` and `allOf` bring into it; its parts are still as the document has them. */
export type FlatSchema = {
  /** Keywords whose values are no schemas; the outermost wins. */
  keywords: Map<string, unknown>;
  types: Set<string> | null;
  isNullable: boolean;
  properties: Map<string, Place[]>;
  required: Set<string>;
  items: Place[];
  prefixItems: Place[];
  additional: Place | null;
  unions: Union[];
  /** The schemas themselves without what `allOf` brings in; a circle comes back to one of them. */
  entries: Set<object>;
  /** The name of the first reference, for people. */
  name: string | null;
  /** Why a part of it is not known. */
  gaps: string[];
};

/** A schema that is too big to be looked at in whole. */
export class SchemaTooBig extends Error {}

/** How many values one look may go through. */
export type Patience = { steps: number };

const scalarKeywords = [
  ...['title', 'description', 'format', 'enum', 'const', 'default', 'pattern'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'readOnly'],
  ...['contentEncoding', 'contentMediaType'],
];
const deepestChain = 100;

/** Large descriptions use the same schemas in hundreds of operations. A node belongs to one document. */
const known = new WeakMap<object, FlatSchema>();

/** Gathers schemas that all hold for the same value into one, lazily: parts are not looked into. */
export function flattenSchema(documents: DocumentSet, places: Place[], patience: Patience): FlatSchema {
  const [only] = places;
  const node = places.length === 1 && isNode(only?.value) ? only.value : null;
  const found = node === null ? undefined : known.get(node);
  const flat = found ?? gatherSchema(documents, places, patience);
  if (found === undefined && node !== null) known.set(node, flat);
  patience.steps -= 1;
  if (patience.steps < 0) throw new SchemaTooBig();
  return flat;
}

function gatherSchema(documents: DocumentSet, places: Place[], patience: Patience): FlatSchema {
  const flat: FlatSchema = {
    keywords: new Map(),
    types: null,
    isNullable: false,
    properties: new Map(),
    required: new Set(),
    items: [],
    prefixItems: [],
    additional: null,
    unions: [],
    entries: new Set(),
    name: null,
    gaps: [],
  };
  const seen = new Set<object>();
  for (const place of places) enter(place);
  return flat;

  function enter(place: Place): void {
    if (isNode(place.value)) flat.entries.add(place.value);
    const { value } = resolveOrNote(place) ?? {};
    if (isNode(value)) flat.entries.add(value);
    gather(place, 0);
  }

  function gather(place: Place, depth: number): void {
    if (!isNode(place.value)) return;
    if (seen.has(place.value)) return;
    patience.steps -= 1;
    if (patience.steps < 0 || depth > deepestChain) throw new SchemaTooBig();
    seen.add(place.value);
    const name = nameOf(place.value);
    if (name !== null) {
      flat.name ??= name;
      const target = resolveOrNote(place);
      if (target !== null) gather(target, depth + 1);
    }
    for (const value of listOf(place.value, 'allOf')) gather({ value, home: place.home }, depth + 1);
    takeOwn(place, place.value, depth);
  }

  function resolveOrNote(place: Place): Place | null {
    try {
      return documents.resolve(place);
    } catch (error) {
      if (!(error instanceof BrokenReference)) throw error;
      if (!flat.gaps.includes(error.message)) flat.gaps.push(error.message);
      return null;
    }
  }

  function takeOwn(place: Place, node: object, depth: number): void {
    const { home } = place;
    for (const keyword of scalarKeywords) {
      const value = memberOf(node, keyword);
      if (value !== undefined) flat.keywords.set(keyword, value);
    }
    takeTypes(node);
    for (const [property, value] of entriesOf(node, 'properties')) {
      const known = flat.properties.get(property);
      if (known === undefined) flat.properties.set(property, [{ value, home }]);
      else known.push({ value, home });
    }
    for (const property of listOf(node, 'required')) if (typeof property === 'string') flat.required.add(property);
    if (isNode(memberOf(node, 'items'))) flat.items.push(placeOf(place, 'items'));
    for (const value of listOf(node, 'prefixItems')) flat.prefixItems.push({ value, home });
    if (memberOf(node, 'additionalProperties') !== undefined) flat.additional = placeOf(place, 'additionalProperties');
    for (const keyword of ['oneOf', 'anyOf']) takeUnion(place, keyword, depth);
  }

  function takeTypes(node: object): void {
    const type = memberOf(node, 'type');
    const names = typeof type === 'string' ? [type] : listOf(node, 'type').filter((name) => typeof name === 'string');
    if (memberOf(node, 'nullable') === true || names.includes('null')) flat.isNullable = true;
    const others = names.filter((name) => name !== 'null');
    if (others.length > 0) flat.types = new Set(others);
    else if (names.length > 0) flat.types ??= new Set();
  }

  function takeUnion(place: Place, keyword: string, depth: number): void {
    const members = listOf(place.value, keyword).map((value): Place => ({ value, home: place.home }));
    const others = members.filter(({ value }) => textOf(value, 'type') !== 'null');
    if (others.length < members.length) flat.isNullable = true;
    const [only] = others;
    if (only !== undefined && others.length === 1) gather(only, depth + 1);
    else if (others.length > 1) flat.unions.push({ members: others, discriminator: placeOf(place, 'discriminator') });
  }
}
