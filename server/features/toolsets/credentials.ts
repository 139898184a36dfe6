import { noCredential, type ToolsetCredential, type ToolsetCredentialInput } from '#server/contract/toolset.ts';
import type { HttpRequest } from './toolset-ports.ts';

/** Parts a credential into what may be shown and what is sealed. Pure. */
export function splitCredential(input: ToolsetCredentialInput): { shown: ToolsetCredential; secret: string | null } {
  switch (input.kind) {
    case 'none':
      return { shown: noCredential, secret: null };
    case 'api-key':
      return { shown: { ...noCredential, kind: input.kind, in: input.in, name: input.name }, secret: input.value };
    case 'bearer':
      return { shown: { ...noCredential, kind: input.kind }, secret: input.token };
    case 'basic':
      return { shown: { ...noCredential, kind: input.kind, username: input.username }, secret: input.password };
    case 'client-credentials': {
      const { kind, tokenUrl, clientId, scope } = input;
      return { shown: { ...noCredential, kind, tokenUrl, clientId, scope }, secret: input.clientSecret };
    }
    case 'authorization-code': {
      const { kind, authorizationUrl = null, tokenUrl = null, clientId = null, scope } = input;
      return {
        shown: { ...noCredential, kind, authorizationUrl, tokenUrl, clientId, scope },
        secret: input.clientSecret ?? null,
      };
    }
  }
}

/**
 * Adds to a request what tells the service who asks. Pure.
 *
 * @param secret - of a key, bearer or basic credential its own; of OAuth the access token
 */
export function authorizeRequest(
  request: HttpRequest,
  { kind, in: place, name, username }: Pick<ToolsetCredential, 'kind' | 'in' | 'name' | 'username'>,
  secret: string | null,
): HttpRequest {
  if (kind === 'none' || secret === null) return request;
  if (kind !== 'api-key') {
    const authorization =
      kind === 'basic' ? `Basic ${Buffer.from(`${username ?? ''}:${secret}`).toString('base64')}` : `Bearer ${secret}`;
    return { ...request, headers: { ...withoutHeader(request.headers, 'authorization'), authorization } };
  }
  const key = name ?? '';
  if (place === 'query') {
    const url = new URL(request.url);
    url.searchParams.set(key, secret);
    return { ...request, url: url.href };
  }
  if (place === 'header') return { ...request, headers: { ...withoutHeader(request.headers, key), [key]: secret } };
  const cookies = Object.entries(request.headers).find(([header]) => header.toLowerCase() === 'cookie')?.[1];
  const own = `${key}=${encodeURIComponent(secret)}`;
  return {
    ...request,
    headers: {
      ...withoutHeader(request.headers, 'cookie'),
      cookie: cookies === undefined ? own : `${cookies}; ${own}`,
    },
  };
}

/** An MCP server's address and headers with what tells it who asks; its sign-in is the client's own. */
export function toMcpTarget(url: string, credential: ToolsetCredential, secret: string | null) {
  if (credential.kind === 'authorization-code') return { url, headers: {} };
  const request = authorizeRequest({ method: 'POST' as const, url, headers: {}, body: null }, credential, secret);
  return { url: request.url, headers: request.headers };
}

const withoutHeader = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([header]) => header.toLowerCase() !== name.toLowerCase()));
