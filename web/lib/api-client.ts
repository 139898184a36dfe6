import type { z } from 'zod';
import { takeAnswer } from './given-answers.ts';
import { browserLanguage } from './i18n/language.ts';
import { currentLanguage } from './i18n/texts.ts';
import { ApiProblem } from './api-problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type QueryValue = string | number | boolean | null | undefined;

export type ApiRequest = {
  path: string;
  method?: Method;
  query?: Record<string, QueryValue>;
  /** Sent as JSON, but for a `FormData` or `Blob`, which goes as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Goes on when the page is left. */
  keepalive?: boolean;
  fetch?: typeof fetch;
};

/** The page's language, where it is not the one that the browser asks for: its early requests would not fit otherwise. */
const languageHeader = () => {
  const language = currentLanguage();
  return language === browserLanguage() ? {} : { 'accept-language': language };
};

/** Adds the query members that have a value. */
export function toUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const members = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(members.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? path : `${path}?${search}`;
}

/**
 * Sends a request to the hub and answers with the raw response, when it is a success.
 *
 * Knows no user interface and never navigates. An abort rejects with the signal's reason.
 *
 * @throws {ApiProblem} if the hub answered with a problem, or could not be reached (`kind: 'network'`).
 */
export async function send({
  path,
  method = 'GET',
  query,
  body,
  headers,
  signal,
  keepalive = false,
  fetch = globalThis.fetch,
}: ApiRequest) {
  const raw = body instanceof FormData || body instanceof Blob;
  const hasBody = body !== undefined;
  let response: Response;
  try {
    response = await fetch(toUrl(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...languageHeader(),
        ...(hasBody && !raw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(hasBody && { body: raw ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
      ...(keepalive && { keepalive }),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw ApiProblem.network(cause);
  }
  if (!response.ok) throw await ApiProblem.fromResponse(response);
  return response;
}

/**
 * Sends a request and parses the answer with the schema; without a schema the answer is not read.
 *
 * @throws {ApiProblem} also if the answer does not fit the schema (`kind: 'unreadable'`).
 */
export async function request<Schema extends z.ZodType>(
  options: ApiRequest & { schema: Schema },
): Promise<z.output<Schema>>;
export async function request(options: ApiRequest & { schema?: undefined }): Promise<void>;
export async function request({
  schema,
  ...options
}: ApiRequest & { schema?: z.ZodType | undefined }): Promise<unknown> {
  const given = schema && takeGiven(options);
  const { status, answer } =
    given === undefined ? await ask(options, schema !== undefined) : { status: 200, answer: given };
  if (!schema) return undefined;
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw ApiProblem.unreadable(status, parsed.error);
  return parsed.data;
}

const takeGiven = ({ path, method = 'GET', query }: ApiRequest): unknown =>
  method === 'GET' ? takeAnswer(toUrl(path, query), currentLanguage()) : undefined;

async function ask(options: ApiRequest, isRead: boolean): Promise<{ status: number; answer: unknown }> {
  const response = await send(options);
  const { status } = response;
  try {
    return { status, answer: isRead ? await response.json() : undefined };
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw cause instanceof SyntaxError ? ApiProblem.unreadable(status, cause) : ApiProblem.network(cause);
  }
}
