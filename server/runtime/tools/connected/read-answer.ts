import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { cutToBytes, toPlainText } from '#server/runtime/tools/plain-text.ts';
import type { StoreFile, ToolResult } from '#server/runtime/tools/tool.ts';
import { keepBytes } from './keep-bytes.ts';
import type { ServiceAnswer } from './service-request.ts';

const longestErrorBytes = 2_000;
const deepestJson = 200;
const textTypes =
  /^(?:text\/|application\/(?:.+\+)?(?:xml|yaml|x-yaml|javascript|x-ndjson|jsonl|x-www-form-urlencoded)\b)/;
/** What a list or a new thing is continued or found by. */
const tellingHeaders = ['location', 'link'];

/** What a call is called in failures, what a file of its answer is called, and where it goes; without a place only its size is told. */
export type AnswerReader = { label: string; title: string; storeFile?: StoreFile | undefined };

/**
 * What an answer says: `{ status, body }`, where the body is JSON or text; other bytes are a file that the person is shown.
 *
 * @throws {HubError} for an answer of 400 and more, with its status and its beginning
 */
export async function readAnswer(answer: ServiceAnswer, reader: AnswerReader): Promise<ToolResult<JsonObject>> {
  const { status, headers, bytes } = answer;
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (status >= 400) throw toFailure(answer, mediaType, reader.label);
  const told = Object.fromEntries(
    tellingHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name].slice(0, 2_000)]])),
  );
  if (bytes.byteLength === 0) return { output: { status, body: null, ...told } };
  const text = findText(answer, mediaType);
  if (text === null) {
    const { file, artifacts } = await keepFile(answer, mediaType, reader);
    return { output: { status, body: null, ...told, file }, artifacts };
  }
  const json = mediaType === '' || isJson(mediaType) ? parseJson(text) : undefined;
  return { output: { status, body: json === undefined ? text : json, ...told } };
}

const isJson = (mediaType: string) => /^(?:application|text)\/(?:.+\+)?json$/.test(mediaType);

/** The answer as text, or null when it is none. */
function findText({ headers, bytes }: ServiceAnswer, mediaType: string): string | null {
  const isText = isJson(mediaType) || textTypes.test(mediaType);
  if (!isText && mediaType !== '') return null;
  const label = /charset="?([\w:.-]{1,40})/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label, { fatal: !isText }).decode(bytes);
  } catch (error) {
    if (isText && error instanceof RangeError) return new TextDecoder().decode(bytes);
    return null;
  }
}

/** The value, or undefined when it is no JSON or so deep that walking through it would take the stack. */
function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isShallow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(root: JsonValue): boolean {
  const waiting: { value: JsonValue; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.value === null || typeof next.value !== 'object') continue;
    if (next.depth >= deepestJson) return false;
    for (const value of Object.values(next.value)) waiting.push({ value, depth: next.depth + 1 });
  }
  return true;
}

async function keepFile({ bytes }: ServiceAnswer, mediaType: string, { title, storeFile }: AnswerReader) {
  const known = /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'application/octet-stream';
  const told = { mediaType: known, bytes: bytes.byteLength };
  if (storeFile === undefined) return { file: told, artifacts: [] };
  const { file: id, artifact } = await keepBytes({ title, mediaType: known, bytes }, storeFile);
  return { file: { ...told, id, note: 'The person sees it.' }, artifacts: [artifact] };
}

function toFailure(answer: ServiceAnswer, mediaType: string, label: string): HubError {
  const { status, headers } = answer;
  const text = toPlainText(findText({ ...answer, bytes: answer.bytes.subarray(0, 64_000) }, mediaType) ?? '');
  const shown = cutToBytes(mediaType === 'text/html' ? withoutTags(text) : text.trim(), longestErrorBytes);
  const detail = {
    en: `${label} answered with status ${status}${shown === '' ? '.' : `: ${shown}`}`,
    zh: `${label} 返回了状态 ${status}${shown === '' ? '。' : `：${shown}`}`,
  };
  if (status === 400 || status === 422) return new HubError('validation_failed', detail);
  if (status !== 429) return new HubError('unavailable', detail);
  const retryAfterSeconds = toSeconds(headers['retry-after']);
  return new HubError('rate_limited', detail, retryAfterSeconds === null ? {} : { retryAfterSeconds });
}

const withoutTags = (html: string) =>
  html
    .replace(/<(script|style)\b[^>]{0,1000}>[^<]{0,20000}/gi, ' ')
    .replace(/<[^<>]{0,1000}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function toSeconds(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
