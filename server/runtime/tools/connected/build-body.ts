import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { OpenApiBody, OpenApiBodyField } from '#server/contract/openapi-operation.ts';
import type { LendFile } from '#server/runtime/tools/tool.ts';
import { joinPieces } from './join-pieces.ts';
import { readBinary } from './read-binary.ts';
import type { ServiceRequest } from './service-request.ts';
import { writeMultipart } from './write-multipart.ts';
import { toText, writePairs } from './write-value.ts';

export type WrittenBody = { contentType: string; body: NonNullable<ServiceRequest['body']> };
/** A field of a form with the value that it has in this call. */
export type FilledField = { field: OpenApiBodyField; value: JsonValue };

/** The body of a call, or null when the input has nothing of it. */
export async function buildBody(
  body: OpenApiBody | null,
  input: JsonObject,
  lendFile: LendFile | undefined,
): Promise<WrittenBody | null> {
  if (body === null) return null;
  const { content, mediaType } = body;
  if (content.kind === 'fields') {
    const fields = content.fields.flatMap((field): FilledField[] => {
      const value = Object.hasOwn(input, field.property) ? input[field.property] : undefined;
      return value === undefined ? [] : [{ field, value }];
    });
    return fields.length === 0 && !body.required ? null : writeFields(mediaType, fields, lendFile);
  }
  if (!Object.hasOwn(input, content.property)) return null;
  const value = input[content.property] ?? null;
  if (content.binary) {
    const file = await readBinary(value, content.property, lendFile);
    return { contentType: mediaType.includes('*') ? file.mediaType : mediaType, body: joinPieces([file.bytes]) };
  }
  return writeWhole(mediaType, value, lendFile);
}

async function writeWhole(mediaType: string, value: JsonValue, lendFile: LendFile | undefined): Promise<WrittenBody> {
  const isForm = mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data';
  if (isForm && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return writeFields(
      mediaType,
      Object.entries(value).map(([name, member]) => ({ field: toUsualField(name), value: member })),
      lendFile,
    );
  }
  if (/^application\/json$|\+json$/.test(mediaType)) return { contentType: mediaType, body: JSON.stringify(value) };
  const charset = mediaType.startsWith('text/') ? '; charset=utf-8' : '';
  return { contentType: `${mediaType}${charset}`, body: toText(value) };
}

async function writeFields(
  mediaType: string,
  fields: FilledField[],
  lendFile: LendFile | undefined,
): Promise<WrittenBody> {
  if (mediaType === 'multipart/form-data') {
    return writeMultipart(
      fields.filter(({ value }) => value !== null),
      lendFile,
    );
  }
  if (mediaType === 'application/x-www-form-urlencoded') {
    return { contentType: mediaType, body: fields.flatMap(writeFormField).join('&') };
  }
  const members = fields.map(({ field, value }): [string, JsonValue] => [field.name, value]);
  return { contentType: mediaType, body: JSON.stringify(Object.fromEntries(members)) };
}

function writeFormField({ field, value }: FilledField): string[] {
  if (value === null) return [];
  const { name, style, explode, allowReserved, contentType } = field;
  const isJson = style === null && (contentType !== null || (typeof value === 'object' && !Array.isArray(value)));
  const written = isJson && typeof value === 'object' ? JSON.stringify(value) : value;
  return writePairs(written, { name, style: style ?? 'form', explode, allowReserved });
}

const toUsualField = (name: string): OpenApiBodyField => ({
  ...{ property: name, name, contentType: null, style: null },
  ...{ explode: true, allowReserved: false, binary: false },
});
