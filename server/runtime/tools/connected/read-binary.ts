import type { JsonValue } from '#server/contract/json.ts';
import { OpenApiBinary } from '#server/contract/openapi-operation.ts';
import { inputProblem } from './input-problem.ts';

export type BinaryValue = { name: string; mediaType: string; bytes: Uint8Array };

const mediaTypeForm = /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/;

/** The bytes that an input gives as text or base64. */
export function readBinary(value: JsonValue, property: string): BinaryValue {
  const parsed = OpenApiBinary.safeParse(value);
  if (!parsed.success) throw inputProblem(property, 'It must be an object with "text" or "base64".');
  const { name, mediaType, text, base64 } = parsed.data;
  if ((text === undefined) === (base64 === undefined))
    throw inputProblem(property, 'It must have either "text" or "base64".');
  const isFit = mediaType !== undefined && mediaTypeForm.test(mediaType);
  return {
    name: name ?? property,
    mediaType: isFit ? mediaType : text === undefined ? 'application/octet-stream' : 'text/plain; charset=utf-8',
    bytes: text === undefined ? decode(base64 ?? '', property) : new TextEncoder().encode(text),
  };
}

function decode(base64: string, property: string): Uint8Array {
  const plain = base64.replace(/\s+/g, '').replace(/^data:[^,]{0,200},/, '');
  if (!/^[\w+/-]*={0,2}$/.test(plain)) throw inputProblem(`${property}.base64`, 'It is no base64.');
  return Buffer.from(plain, 'base64');
}
