import type { FastifyRequest } from 'fastify';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function changesState(request: FastifyRequest): boolean {
  return !safeMethods.has(request.method);
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/**
 * Where a request comes from, as the browser says: `unknown` where the client is no browser or says nothing.
 *
 * `Sec-Fetch-Site` cannot be set by a page (Fetch Metadata, W3C); older browsers send `Origin` with every POST.
 */
export function findOrigin(request: FastifyRequest, publicHost: string | null): 'same' | 'other' | 'unknown' {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin') return 'other';
  if (origin !== undefined) {
    const host = hostOf(origin);
    return host !== null && (host === request.host || host === publicHost) ? 'same' : 'other';
  }
  return site === 'same-origin' ? 'same' : 'unknown';
}
