import type { Dispatcher } from 'undici';
import { parseUrl } from './check-target.ts';
import type { Target } from './check-target.ts';
import { decodeBody, readBytes } from './decode-body.ts';
import { answerUnreadable, egressRefused, toEgressError, tookTooLong } from './egress-errors.ts';
import { openResponse, type OutgoingBody } from './open-response.ts';
import { isRedirect, planRedirect } from './plan-redirect.ts';
import type { Step } from './plan-redirect.ts';
import { withoutPace } from './piece-pace.ts';
import { toHeaderList } from './request-headers.ts';

export type BufferedRequest = {
  method?: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: OutgoingBody;
  signal: AbortSignal;
  maximumBytes: number;
  timeoutMs: number;
};

export type BufferedResponse = { status: number; url: string; headers: Record<string, string>; bytes: Uint8Array };

type Needs = { connections: Dispatcher; checkTarget: (url: URL) => Target };

const maximumRedirects = 5;

function startDeadline(signal: AbortSignal, timeoutMs: number, reason: () => Error) {
  const stop = new AbortController();
  const forward = () => stop.abort(signal.reason);
  const timer = setTimeout(() => stop.abort(reason()), timeoutMs);
  if (signal.aborted) forward();
  else signal.addEventListener('abort', forward);
  return {
    signal: stop.signal,
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', forward);
    },
  };
}

/** Makes the fetch of tools: the whole answer in memory, capped, with redirects that are checked one by one. */
export function createBufferedFetch({ connections, checkTarget }: Needs) {
  async function followRedirects(first: Step, signal: AbortSignal, maximumBytes: number): Promise<BufferedResponse> {
    let step = first;
    for (let redirects = 0; redirects <= maximumRedirects; redirects += 1) {
      const target = checkTarget(step.url);
      const response = await openResponse(connections, {
        target,
        path: `${step.url.pathname}${step.url.search}`,
        method: step.method,
        headers: toHeaderList(step.headers, 'gzip'),
        body: step.body,
        signal,
        maximumBytes,
        pace: withoutPace,
      });
      const { location } = response.headers;
      if (!isRedirect(response.status, location)) {
        // The answer to HEAD names an encoding, but has no content that could be decoded.
        const decoded = step.method === 'HEAD' ? null : decodeBody(response, target.shown);
        const bytes = await readBytes(decoded ?? response.body, maximumBytes, target.shown);
        return { status: response.status, url: step.url.href, headers: toPlainHeaders(response.headers), bytes };
      }
      await response.body.return();
      step = planRedirect(step, response.status, location);
    }
    throw egressRefused(first.url.host, {
      en: `it redirects more than ${maximumRedirects} times`,
      zh: `重定向超过 ${maximumRedirects} 次`,
    });
  }

  return async function fetchBuffered(address: string, request: BufferedRequest): Promise<BufferedResponse> {
    const url = parseUrl(address);
    const { method = 'GET', headers = {}, body = null, maximumBytes, timeoutMs } = request;
    const deadline = startDeadline(request.signal, timeoutMs, () =>
      tookTooLong(url.host, {
        en: `no whole answer within ${timeoutMs / 1000} s`,
        zh: `未在 ${timeoutMs / 1000} 秒内完整响应`,
      }),
    );
    try {
      const given = Object.entries({ 'user-agent': 'Atrium', ...lowerCaseNames(headers) });
      return await followRedirects({ url, method, headers: given, body }, deadline.signal, maximumBytes);
    } catch (error) {
      if (deadline.signal.aborted) throw deadline.signal.reason;
      if (error instanceof TypeError)
        throw answerUnreadable(url.host, { en: 'it is not what HTTP allows', zh: '不符合 HTTP 规范' }, error);
      throw toEgressError(error, url.host);
    } finally {
      deadline.release();
    }
  };
}

const lowerCaseNames = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const toPlainHeaders = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
