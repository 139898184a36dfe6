import { createHash, randomUUID } from 'node:crypto';

type Pending = { clientId: string; redirectUri: string; challenge: string; scope: string; resource: string | null };
type Granted = { scope: string; expiresAt: number; resource: string | null };

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The page on which a person decides; it sends what it was given on, with the decision. */
function showConsent(parameters: Record<string, string>): Response {
  const fields = Object.entries(parameters).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  const page = `<!doctype html><html lang="en"><title>Consent</title><h1>May this hub use the workbench?</h1>
    <form method="post" action="/authorize">${fields.join('')}
    <button name="decision" value="allow">Allow</button><button name="decision" value="refuse">Refuse</button></form>`;
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

const json = (body: object, status = 200) => Response.json(body, { status });

/**
 * An OAuth 2.1 authorization server that asks nobody unless told to: metadata, client id metadata documents, registration, codes with PKCE,
 * refresh tokens that are used once, and client credentials. `settings` may be changed while it runs.
 */
export function createAuthorizationServer(origin: () => string) {
  const settings = {
    takesDocuments: true,
    takesRegistrations: true,
    /** Shows a page on which a person allows or refuses. */
    asksPerson: false,
    tokenSeconds: 3600,
    /** The `iss` of redirects, for an attacker's. */
    answeredIssuer: null as string | null,
    /** Metadata members that are replaced. */
    metadata: {} as Record<string, unknown>,
    clients: new Map<string, string | null>(),
  };
  const codes = new Map<string, Pending>();
  const tokens = new Map<string, Granted>();
  const refreshTokens = new Map<string, Pending>();
  const requests: { path: string; parameters: Record<string, string>; headers: Headers }[] = [];

  const describe = () => ({
    issuer: origin(),
    authorization_endpoint: `${origin()}/authorize`,
    token_endpoint: `${origin()}/token`,
    ...(settings.takesRegistrations ? { registration_endpoint: `${origin()}/register` } : {}),
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    client_id_metadata_document_supported: settings.takesDocuments,
    authorization_response_iss_parameter_supported: true,
    ...settings.metadata,
  });

  function authorize(parameters: Record<string, string>, method: string): Response {
    const { client_id: clientId = '', redirect_uri: redirectUri = '', code_challenge: challenge = '' } = parameters;
    const isKnown = settings.clients.has(clientId) || (settings.takesDocuments && clientId.startsWith('https://'));
    if (!isKnown || parameters['code_challenge_method'] !== 'S256') return json({ error: 'invalid_request' }, 400);
    if (settings.asksPerson && method === 'GET') return showConsent(parameters);
    const back = new URL(redirectUri);
    back.searchParams.set('state', parameters['state'] ?? '');
    back.searchParams.set('iss', settings.answeredIssuer ?? origin());
    if (parameters['decision'] === 'refuse') {
      back.searchParams.set('error', 'access_denied');
      return new Response(null, { status: 302, headers: { location: back.href } });
    }
    const code = randomUUID();
    codes.set(code, {
      clientId,
      redirectUri,
      challenge,
      scope: parameters['scope'] ?? 'basic',
      resource: parameters['resource'] ?? null,
    });
    back.searchParams.set('code', code);
    return new Response(null, { status: 302, headers: { location: back.href } });
  }

  function grant(pending: Pending): Response {
    const accessToken = randomUUID();
    const refreshToken = randomUUID();
    tokens.set(accessToken, {
      scope: pending.scope,
      expiresAt: Date.now() + settings.tokenSeconds * 1000,
      resource: pending.resource,
    });
    refreshTokens.set(refreshToken, pending);
    return json({
      access_token: accessToken,
      token_type: 'Bearer',
      refresh_token: refreshToken,
      expires_in: settings.tokenSeconds,
      scope: pending.scope,
    });
  }

  function redeem(parameters: Record<string, string>, headers: Headers): Response {
    const [, basic = ''] = /^Basic (.+)$/.exec(headers.get('authorization') ?? '') ?? [];
    const [basicId = '', basicSecret] = Buffer.from(basic, 'base64').toString().split(':');
    const clientId = parameters['client_id'] ?? decodeURIComponent(basicId);
    const secret = parameters['client_secret'] ?? (basicSecret === undefined ? null : decodeURIComponent(basicSecret));
    if ((settings.clients.get(clientId) ?? null) !== secret) return json({ error: 'invalid_client' }, 401);
    if (parameters['grant_type'] === 'client_credentials') {
      return grant({ clientId, redirectUri: '', challenge: '', scope: parameters['scope'] ?? '', resource: null });
    }
    const isRefresh = parameters['grant_type'] === 'refresh_token';
    const store = isRefresh ? refreshTokens : codes;
    const key = (isRefresh ? parameters['refresh_token'] : parameters['code']) ?? '';
    const pending = store.get(key);
    store.delete(key);
    const challenge = createHash('sha256')
      .update(parameters['code_verifier'] ?? '')
      .digest('base64url');
    const isProven =
      isRefresh || (challenge === pending?.challenge && parameters['redirect_uri'] === pending.redirectUri);
    if (pending === undefined || pending.clientId !== clientId || !isProven)
      return json({ error: 'invalid_grant' }, 400);
    return grant(pending);
  }

  function register(metadata: Record<string, unknown>): Response {
    const clientId = randomUUID();
    settings.clients.set(clientId, null);
    return json({ ...metadata, client_id: clientId }, 201);
  }

  return {
    settings,
    requests,
    /** What a token allows, or null when it is unknown or over. */
    check(token: string): Granted | null {
      const granted = tokens.get(token);
      return granted !== undefined && granted.expiresAt > Date.now() ? granted : null;
    },
    /** Ends every access token, as a provider does that was told to. */
    revoke: () => tokens.clear(),
    /** Ends every refresh token too. */
    revokeAll: () => {
      tokens.clear();
      refreshTokens.clear();
    },
    count: (path: string) => requests.filter((request) => request.path === path).length,
    /** Answers what is an authorization server's to answer, and nothing else. */
    async answer(request: Request): Promise<Response | null> {
      const { pathname, searchParams } = new URL(request.url);
      if (!/^\/(?:authorize|token|register|\.well-known\/oauth-authorization-server)$/.test(pathname)) return null;
      const body = request.method === 'POST' ? await request.text() : '';
      const isForm = request.headers.get('content-type')?.includes('urlencoded') === true;
      const parameters = Object.fromEntries(isForm ? new URLSearchParams(body) : searchParams);
      requests.push({ path: pathname, parameters, headers: request.headers });
      if (pathname === '/authorize') return authorize(parameters, request.method);
      if (pathname === '/token') return redeem(parameters, request.headers);
      if (pathname !== '/register') return json(describe());
      return settings.takesRegistrations
        ? register(JSON.parse(body) as Record<string, unknown>)
        : json({ error: 'access_denied' }, 403);
    },
  };
}
