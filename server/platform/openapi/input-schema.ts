import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { DocumentSet, Place } from './document-set.ts';
import { type Expansion, expandSchema, type Look } from './expand-schema.ts';
import { SchemaTooBig, tooBig } from './flatten-schema.ts';
import { toPlainDescription } from './plain-description.ts';

/** One property of an operation's input. */
export type InputPart = {
  property: string;
  schemas: Place[];
  required: boolean;
  /** What the parameter says of itself; wins over its schema. */
  description: string | null;
  /** `file` for bytes, `files` for a list of them. */
  binary: 'file' | 'files' | null;
};

const maximumBytes = 16_000;
const mostSteps = 20_000;

/** From all of it to its skeleton: first descriptions go, then deep parts that may be left out, then depth. */
const looks: Look[] = [
  { describedTo: 20, longestDescription: 500, optionalTo: 12, deepest: 16 },
  { describedTo: 3, longestDescription: 200, optionalTo: 8, deepest: 12 },
  { describedTo: 1, longestDescription: 200, optionalTo: 5, deepest: 10 },
  { describedTo: 1, longestDescription: 150, optionalTo: 3, deepest: 8 },
  { describedTo: 1, longestDescription: 100, optionalTo: 2, deepest: 6 },
  { describedTo: 1, longestDescription: 80, optionalTo: 1, deepest: 4 },
  { describedTo: 0, longestDescription: 0, optionalTo: 1, deepest: 1 },
];

const binarySchema: JsonObject = {
  type: 'object',
  properties: {
    name: { type: 'string', description: "The file's name." },
    mediaType: { type: 'string' },
    text: { type: 'string', description: 'What the file holds, when it is text.' },
    base64: { type: 'string', description: 'What the file holds as base64, when it is no text.' },
    file: {
      type: 'string',
      description: 'Instead of what it holds: the id of a file of this conversation, or the name of an attached one.',
    },
  },
  additionalProperties: false,
};

/**
 * The closed schema of an operation's input, of as much as fits into 16 kB.
 *
 * @throws {SchemaTooBig} when not even the names of its properties fit
 */
export function buildInputSchema(documents: DocumentSet, parts: InputPart[]): JsonObject {
  const [whole, ...shorter] = looks;
  let best = whole === undefined ? null : tryLook(documents, parts, whole);
  if (best !== null) return best;
  // Each look writes less than the one before.
  let [from, to] = [0, shorter.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const look = shorter[middle];
    const schema = look === undefined ? null : tryLook(documents, parts, look);
    if (schema === null) from = middle + 1;
    else [best, to] = [schema, middle];
  }
  if (best === null) throw tooBig;
  return best;
}

function tryLook(documents: DocumentSet, parts: InputPart[], look: Look): JsonObject | null {
  const expansion: Expansion = {
    documents,
    look,
    patience: { steps: mostSteps },
    room: { characters: maximumBytes * 1.1 },
    open: new Set(),
  };
  try {
    const properties = parts.map((part): [string, JsonValue] => [part.property, writePart(expansion, part)]);
    const required = parts.filter((part) => part.required).map(({ property }) => property);
    const schema: JsonObject = {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    };
    return Buffer.byteLength(JSON.stringify(schema)) <= maximumBytes ? schema : null;
  } catch (error) {
    if (error instanceof SchemaTooBig) return null;
    throw error;
  }
}

function writePart(expansion: Expansion, { schemas, description, binary }: InputPart): JsonObject {
  const { look } = expansion;
  const schema = binary === null ? expandSchema(expansion, schemas, 1) : writeBinary(binary);
  const told =
    look.describedTo < 1 || description === null ? '' : toPlainDescription(description, look.longestDescription);
  if (told === '') return schema;
  expansion.room.characters -= told.length;
  const facts = findFacts(schema['description']);
  return { ...schema, description: facts === null ? told : `${told}\n${facts}` };
}

/** What the reader itself wrote below a schema's description; what the parameter says of itself does not replace it. */
function findFacts(description: JsonValue | undefined): string | null {
  if (typeof description !== 'string') return null;
  return /^(?:One of|Pattern|Not described|Nested further): .*/ms.exec(description)?.[0] ?? null;
}

const writeBinary = (binary: 'file' | 'files'): JsonObject =>
  binary === 'file' ? binarySchema : { type: 'array', items: binarySchema };
