import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { cutToBytes } from './plain-text.ts';
import type { StoreFile } from './tool.ts';

/** A result is never kept whole beyond this, not even as a file. */
const largestFileBytes = 50 * 1024 * 1024;
const mostNames = 50;

/** `outputBytes`: of the whole output as JSON. */
export type BoundedResult = { output: JsonValue; text: string; file: string | null; outputBytes: number };

/**
 * Keeps a result small enough for a model.
 *
 * A bigger one is stored whole as a file, and what is left is a summary: how big it is, its keys or columns, its beginning,
 * and the file's id. The summary fits `maximumBytes` too (which should be 1,000 or more).
 *
 * @throws {HubError} `payload_too_large`, when it is too big even for a file
 */
export async function boundResult({
  output,
  text,
  maximumBytes,
  name,
  storeFile,
}: {
  output: JsonValue;
  text?: string | undefined;
  maximumBytes: number;
  /** The file's name without its extension. */
  name: string;
  storeFile: StoreFile;
}): Promise<BoundedResult> {
  const json = JSON.stringify(output);
  const outputBytes = Buffer.byteLength(json);
  const textBytes = text === undefined ? 0 : Buffer.byteLength(text);
  if (outputBytes <= maximumBytes && textBytes <= maximumBytes)
    return { output, text: text ?? json, file: null, outputBytes };
  if (outputBytes + textBytes > largestFileBytes) {
    const most = largestFileBytes / 1024 / 1024;
    throw new HubError('payload_too_large', {
      en: `The result has more than ${most} MB. Ask for less at once.`,
      zh: `结果超过 ${most} MB。请一次少取一些。`,
    });
  }
  const bytes = new TextEncoder().encode(
    outputBytes > maximumBytes || text === undefined ? JSON.stringify(output, null, 1) : text,
  );
  const isJson = outputBytes > maximumBytes || text === undefined;
  const stored = await storeFile({
    name: `${name}.${isJson ? 'json' : 'txt'}`,
    mediaType: isJson ? 'application/json' : 'text/plain; charset=utf-8',
    bytes,
  });
  const facts = {
    truncated: true,
    file: stored.id,
    bytes: bytes.byteLength,
    note: 'The result was too big to show. The file has all of it; below are its shape and its beginning.',
    shape: describeShape(output),
  };
  const beginning = text ?? json;
  const room = maximumBytes - Buffer.byteLength(JSON.stringify(facts)) - 64;
  // In JSON a quote or a line end takes two bytes, and a control character six.
  let head = cutToBytes(beginning, Math.max(0, room));
  while (head !== '' && Buffer.byteLength(JSON.stringify(head)) > room)
    head = cutToBytes(head, Math.floor(Buffer.byteLength(head) * 0.8));
  const summary: JsonObject = { ...facts, head };
  return { output: summary, text: JSON.stringify(summary), file: stored.id, outputBytes };
}

function describeShape(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return describeList(value);
  if (typeof value === 'string') return { kind: 'text', characters: value.length };
  if (value === null || typeof value !== 'object') return { kind: typeof value };
  const entries = Object.entries(value);
  return {
    kind: 'object',
    count: entries.length,
    keys: entries
      .slice(0, mostNames)
      .map(([key, member]) => `${key.slice(0, 60)}: ${describeBriefly(member)}`.slice(0, 160)),
  };
}

function describeList(list: JsonValue[]): JsonValue {
  const first = list[0];
  const columns = first !== null && typeof first === 'object' && !Array.isArray(first) ? Object.keys(first) : [];
  return { kind: 'list', count: list.length, columns: columns.slice(0, mostNames).map((name) => name.slice(0, 60)) };
}

function describeBriefly(value: JsonValue): string {
  if (Array.isArray(value)) {
    const first = value[0];
    const columns =
      first !== null && typeof first === 'object' && !Array.isArray(first) ? Object.keys(first).slice(0, 8) : [];
    return `list of ${value.length}${columns.length > 0 ? ` (${columns.join(', ')})` : ''}`;
  }
  if (typeof value === 'string') return `text of ${value.length} characters`;
  return value === null ? 'null' : typeof value;
}
