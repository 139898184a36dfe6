import type { JsonValue } from '#server/contract/json.ts';
import { OpenApiBinary } from '#server/contract/openapi-operation.ts';
import type { LentFile } from '#server/contract/lent-file.ts';
import type { LendFile } from '#server/runtime/tools/tool.ts';
import { inputProblem } from './input-problem.ts';

export type BinaryValue = { name: string; mediaType: string; bytes: Uint8Array | LentFile };

const mediaTypeForm = /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/;

/** The bytes that an input gives as text, base64, or a file of the hub. */
export async function readBinary(
  value: JsonValue,
  property: string,
  lendFile: LendFile | undefined,
): Promise<BinaryValue> {
  const parsed = OpenApiBinary.safeParse(value);
  if (!parsed.success)
    throw inputProblem(property, {
      en: 'It must be an object with "text", "base64" or "file".',
      zh: '须为带有 "text"、"base64" 或 "file" 的对象。',
    });
  const { name, mediaType, text, base64, file } = parsed.data;
  if ([text, base64, file].filter((given) => given !== undefined).length !== 1)
    throw inputProblem(property, {
      en: 'It must have one of "text", "base64" and "file".',
      zh: '须有 "text"、"base64" 与 "file" 之一。',
    });
  const isFit = mediaType !== undefined && mediaTypeForm.test(mediaType);
  if (file !== undefined) {
    const lent = (await lendFile?.(file)) ?? null;
    if (lent === null)
      throw inputProblem(`${property}.file`, {
        en: `There is no file "${file}" that can be sent here.`,
        zh: `没有可以发送到这里的文件“${file}”。`,
      });
    return { name: name ?? lent.name, mediaType: isFit ? mediaType : lent.mediaType, bytes: lent };
  }
  return {
    name: name ?? property,
    mediaType: isFit ? mediaType : text === undefined ? 'application/octet-stream' : 'text/plain; charset=utf-8',
    bytes: text === undefined ? decode(base64 ?? '', property) : new TextEncoder().encode(text),
  };
}

function decode(base64: string, property: string): Uint8Array {
  const plain = base64.replace(/\s+/g, '').replace(/^data:[^,]{0,200},/, '');
  if (!/^[\w+/-]*={0,2}$/.test(plain))
    throw inputProblem(`${property}.base64`, { en: 'It is no base64.', zh: '不是 base64 编码。' });
  return Buffer.from(plain, 'base64');
}
