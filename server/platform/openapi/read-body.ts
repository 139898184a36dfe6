import type { OpenApiBody, OpenApiBodyField } from '#server/contract/openapi-operation.ts';
import { OpenApiStyle } from '#server/contract/openapi-operation.ts';
import { type DocumentSet, type Place, placeOf } from './document-set.ts';
import { type FlatSchema, flattenSchema, type Patience } from './flatten-schema.ts';
import type { InputPart } from './input-schema.ts';
import { entriesOf, flagOf, isNode, memberOf, textOf } from './json-node.ts';
import { OperationProblem } from './read-parameters.ts';

type Name = (name: string, where: string) => string;
type ReadBody = { body: OpenApiBody; parts: InputPart[] };

/** Those that a model writes best come first. */
const preferred = [
  /^application\/json$/,
  /^application\/merge-patch\+json$/,
  /\+json$/,
  /^application\/x-www-form-urlencoded$/,
  /^multipart\/form-data$/,
  /^text\/plain$/,
  /^text\/|[/+]xml$/,
];
const mediaTypeForm = /^[\w.+*-]+\/[\w.+*-]+$/;
const mostSteps = 20_000;
const mostFields = 300;

/** Reads the body of an operation: its members become properties of the input where it is a plain object. */
export function readBody(documents: DocumentSet, operation: Place, nameProperty: Name): ReadBody | null {
  if (!isNode(memberOf(operation.value, 'requestBody'))) return null;
  const request = documents.resolve(placeOf(operation, 'requestBody'));
  const [key, content] = chooseContent(request);
  if (key === null) {
    if (flagOf(request.value, 'required') !== true) return null;
    throw new OperationProblem({
      en: 'Its body has no media type that can be sent.',
      zh: '它的请求正文没有可以发送的媒体类型。',
    });
  }
  const mediaType = toMediaType(key);
  const media: Place = { value: content, home: request.home };
  const patience: Patience = { steps: mostSteps };
  const schema = placeOf(media, 'schema');
  const flat = flattenSchema(documents, [schema], patience);
  const stated = flagOf(request.value, 'required');
  const about = { mediaType, media, description: textOf(request.value, 'description') ?? null };
  if (canSpread(flat, mediaType) && !(stated === false && flat.required.size > 0)) {
    const parts = [...flat.properties].flatMap(([name, schemas]) => {
      const member = flattenSchema(documents, schemas, patience);
      return member.keywords.get('readOnly') === true || name === '__proto__' ? [] : [{ name, schemas, member }];
    });
    if (parts.length > 0 && parts.length <= mostFields)
      return spread({ ...about, isStated: stated === true, flat, parts, nameProperty, documents });
  }
  const property = nameProperty('body', 'request');
  const isBinary = !preferred.some((form) => form.test(mediaType)) && !isForm(mediaType);
  return {
    body: { mediaType, required: stated === true, content: { kind: 'whole', property, binary: isBinary } },
    parts: [
      {
        property,
        schemas: [schema],
        required: stated === true,
        description: about.description,
        binary: isBinary ? 'file' : null,
      },
    ],
  };
}

function chooseContent(request: Place): [string, unknown] | [null] {
  const contents = entriesOf(request.value, 'content').filter(([key]) => mediaTypeForm.test(toMediaType(key)));
  for (const form of preferred) {
    const found = contents.find(([key]) => form.test(toMediaType(key)));
    if (found !== undefined) return found;
  }
  return contents[0] ?? [null];
}

function toMediaType(key: string): string {
  const plain = (key.split(';')[0] ?? '').trim().toLowerCase();
  return plain === '*/*' || plain === 'application/*' ? 'application/json' : plain;
}

const isJson = (mediaType: string) => /^application\/json$|\+json$/.test(mediaType);
const isForm = (mediaType: string) => /^application\/x-www-form-urlencoded$|^multipart\/form-data$/.test(mediaType);

function canSpread(flat: FlatSchema, mediaType: string): boolean {
  const isPlain =
    flat.properties.size > 0 &&
    flat.unions.length === 0 &&
    !flat.isBase &&
    !flat.isNullable &&
    (flat.types === null || (flat.types.has('object') && flat.types.size === 1)) &&
    (flat.additional === null || flat.additional.value === false);
  return isPlain && (isJson(mediaType) || isForm(mediaType));
}

function spread({
  documents,
  mediaType,
  media,
  isStated,
  flat,
  parts,
  nameProperty,
}: {
  documents: DocumentSet;
  mediaType: string;
  /** The description says that there must be a body. */
  isStated: boolean;
  media: Place;
  flat: FlatSchema;
  parts: { name: string; schemas: Place[]; member: FlatSchema }[];
  nameProperty: Name;
}): ReadBody {
  const encodings = new Map(entriesOf(media.value, 'encoding'));
  const read = parts.map(({ name, schemas, member }): { field: OpenApiBodyField; part: InputPart } => {
    const property = nameProperty(name, 'body');
    const binary = mediaType === 'multipart/form-data' ? findBinary(documents, member) : null;
    return {
      field: { property, name, ...readEncoding(encodings.get(name)), binary: binary !== null },
      part: { property, schemas, required: flat.required.has(name), description: null, binary },
    };
  });
  const fields = read.map(({ field }) => field);
  return {
    body: { mediaType, required: isStated || flat.required.size > 0, content: { kind: 'fields', fields } },
    parts: read.map(({ part }) => part),
  };
}

function readEncoding(encoding: unknown): Omit<OpenApiBodyField, 'property' | 'name' | 'binary'> {
  const style = OpenApiStyle.safeParse(textOf(encoding, 'style'));
  const contentType = toMediaType(textOf(encoding, 'contentType')?.split(',')[0] ?? '');
  return {
    contentType: mediaTypeForm.test(contentType) && !contentType.includes('*') ? contentType : null,
    style: style.success ? style.data : null,
    explode: flagOf(encoding, 'explode') ?? true,
    allowReserved: flagOf(encoding, 'allowReserved') ?? false,
  };
}

/** In OpenAPI 3.0 a format, in 3.1 a media type or no schema at all. */
function findBinary(documents: DocumentSet, member: FlatSchema): 'file' | 'files' | null {
  if (isBytes(member)) return 'file';
  if (member.items.length === 0) return null;
  return isBytes(flattenSchema(documents, member.items, { steps: mostSteps })) ? 'files' : null;
}

function isBytes({ types, keywords }: FlatSchema): boolean {
  if (types !== null && !types.has('string')) return false;
  const contentMediaType = keywords.get('contentMediaType');
  const isMedia = typeof contentMediaType === 'string' && !/^text\/|json$/.test(contentMediaType);
  return keywords.get('format') === 'binary' || (isMedia && keywords.get('contentEncoding') === undefined);
}
