import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { parseUrl } from './check-target.ts';
import type { Target } from './check-target.ts';
import { capBytes, decodeBody } from './decode-body.ts';
import { egressRefused } from './egress-errors.ts';
import { openResponse } from './open-response.ts';
import { isRedirect } from './plan-redirect.ts';
import { createPiecePace } from './piece-pace.ts';
import { toHeaderList } from './request-headers.ts';
import { StreamedResponse } from './streamed-response.ts';

type Needs = { connections: Dispatcher; checkTarget: (url: URL) => Target; maximumBytes: number };
type Content = { body: string | Uint8Array | null; type: string | null };

const withoutBody = new Set([204, 205, 304]);

async function toContent(body: BodyInit | null | undefined): Promise<Content> {
  if (body === null || body === undefined) return { body: null, type: null };
  if (body instanceof Uint8Array) return { body, type: null };
  const carrier = new Response(body);
  return { body: new Uint8Array(await carrier.arrayBuffer()), type: carrier.headers.get('content-type') };
}

function* headerPairs(given: HeadersInit | undefined, contentType: string | null): Generator<[string, string]> {
  let isTyped = contentType === null;
  const pairs =
    given === undefined ? [] : Symbol.iterator in given ? (given as Iterable<[string, string]>) : Object.entries(given);
  for (const [name, value] of pairs) {
    isTyped ||= name.toLowerCase() === 'content-type';
    yield [name, value];
  }
  if (!isTyped && contentType !== null) yield ['content-type', contentType];
}

function toHeaders(incoming: IncomingHttpHeaders, isDecoded: boolean): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming)) {
    if (value === undefined || (isDecoded && /^content-(encoding|length)$/.test(name))) continue;
    if (Array.isArray(value)) for (const one of value) headers.append(name, one);
    else headers.append(name, value);
  }
  return headers;
}

/**
 * Makes a `fetch` for vendors' clients: as lean as it can be, with a body that streams.
 *
 * It follows no redirect: one is refused. Failures of the network reject as `HubError`, not as `TypeError`; an abort rejects
 * with the signal's reason.
 */
export function createStreamingFetch({ connections, checkTarget, maximumBytes }: Needs): typeof globalThis.fetch {
  const pace = createPiecePace();
  return async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const isRequest = input instanceof Request;
    const given: RequestInit = isRequest ? new Request(input, init) : (init ?? {});
    const url = parseUrl(isRequest ? input.url : input);
    const target = checkTarget(url);
    const isText = typeof given.body === 'string';
    const content = isText
      ? { body: given.body as string, type: 'text/plain;charset=UTF-8' }
      : await toContent(given.body);
    const response = await openResponse(connections, {
      target,
      path: `${url.pathname}${url.search}`,
      method: given.method?.toUpperCase() ?? 'GET',
      headers: toHeaderList(headerPairs(given.headers, content.type), 'identity'),
      body: content.body,
      signal: given.signal ?? null,
      maximumBytes,
      pace,
    });
    if (isRedirect(response.status, response.headers.location)) {
      await response.body.return();
      throw egressRefused(target.shown, {
        en: 'it answers with a redirect, which is not followed here',
        zh: '它返回了重定向，此处不会跟随',
      });
    }
    const { status, statusText } = response;
    const isEmpty = withoutBody.has(status) || given.method === 'HEAD';
    if (isEmpty) return new Response(null, { status, statusText, headers: toHeaders(response.headers, false) });
    const decoded = decodeBody(response, target.shown);
    const told = { status, statusText, headers: toHeaders(response.headers, decoded !== null) };
    if (decoded === null) return new StreamedResponse(response.body, told);
    return new Response(capBytes(decoded, maximumBytes, target.shown), told);
  };
}
