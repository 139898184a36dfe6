import type { FastifyRequest } from 'fastify';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function changesState(request: FastifyRequest): boolean {
  return !safeMethods.has(request.method);
}

/** Whether an origin is a host, where `:80` of http and `:443` of https may be said or left out. */
function isHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const asked = new URL(origin);
  const own = `${asked.protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === asked.host;
}

/**
 * Where a request comes from, as the browser says: `unknown` where the client is no browser or says nothing.
 *
 * `Sec-Fetch-Site` (Fetch Metadata, W3C) cannot be set by a page, and stays right behind a proxy that changes `Host`.
 * Browsers leave it out on plain http but for loopback; there `Origin` is compared with `Host` or the public address.
 */
export function findOrigin(request: FastifyRequest, publicHost: string | null): 'same' | 'other' | 'unknown' {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') return site === 'same-origin' ? 'same' : 'other';
  if (origin === undefined) return 'unknown';
  return [request.host, publicHost].some((host) => host !== null && isHost(origin, host)) ? 'same' : 'other';
}
