import type { AuthorizationServerMetadata, OAuthTokens } from '@modelcontextprotocol/client';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { OAuthGrant } from '#server/contract/oauth-grant.ts';
import { HubError } from '#server/hub-error.ts';
import { toGrant } from './to-grant.ts';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

type Needs = {
  /** The egress client's streaming fetch. */
  fetch: Fetch;
  timeoutMs?: number;
};

type TokenRequest = { tokenUrl: string; clientId: string; clientSecret: string | null; signal: AbortSignal };

const maximumBytes = 256 * 1024;

// The vendor's code is made for servers that describe themselves; this is what a person told about one that does not.
const toMetadata = (authorizationUrl: string, tokenUrl: string): AuthorizationServerMetadata => ({
  issuer: new URL(tokenUrl).origin,
  authorization_endpoint: authorizationUrl,
  token_endpoint: tokenUrl,
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
});

const loadSdk = () => import('@modelcontextprotocol/client');

function parseWebAddress(text: string, what: LocalizedText): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new HubError('validation_failed', { en: `The ${what.en} is not a web address.`, zh: `${what.zh}不是网址。` });
  }
  return url;
}

/** An answer with its body in memory, never more of it than a token needs. */
async function readWhole(response: Response, host: string): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let readBytes = 0;
  for await (const chunk of response.body ?? []) {
    readBytes += chunk.byteLength;
    if (readBytes > maximumBytes) {
      throw new HubError('unavailable', {
        en: `The answer of ${host} is too big for a token.`,
        zh: `${host} 的响应过大，不可能是令牌。`,
      });
    }
    chunks.push(chunk);
  }
  const { status, headers } = response;
  const body = status === 204 || status === 304 ? null : Buffer.concat(chunks);
  return new Response(body, { status, headers });
}

/**
 * Makes the OAuth 2.1 client for services whose endpoints a person typed in: authorization code with PKCE (S256), refresh and
 * client credentials.
 *
 * A client with a secret shows it in the header, and in the body to a server that does not take that. Failures are
 * `HubError`s: `tool_unavailable` when a person has to sign in again or mend the client, `unavailable`, `egress_refused`.
 */
export function createOAuthClient({ fetch, timeoutMs = 15_000 }: Needs) {
  async function requestTokens(
    { tokenUrl, clientId, clientSecret, signal }: TokenRequest,
    parameters: Record<string, string>,
  ): Promise<OAuthTokens> {
    const { host } = parseWebAddress(tokenUrl, { en: 'address for tokens', zh: '令牌地址' });
    const sdk = await loadSdk();
    const late = AbortSignal.timeout(timeoutMs);
    const both = AbortSignal.any([signal, late]);
    const failures: HubError[] = [];
    const fetchWhole: Fetch = async (url, init) => {
      try {
        return await readWhole(await fetch(url, { ...init, signal: both }), host);
      } catch (error) {
        if (error instanceof HubError) failures.push(error);
        throw error;
      }
    };
    const ask = (method: 'client_secret_basic' | 'client_secret_post' | 'none') =>
      sdk.fetchToken(
        {
          redirectUrl: undefined,
          clientMetadata: { redirect_uris: [] },
          clientInformation: () => ({
            client_id: clientId,
            ...(clientSecret === null ? {} : { client_secret: clientSecret }),
            token_endpoint_auth_method: method,
          }),
          prepareTokenRequest: () => new URLSearchParams(parameters),
          tokens: () => undefined,
          saveTokens: () => undefined,
          redirectToAuthorization: () => undefined,
          saveCodeVerifier: () => undefined,
          codeVerifier: () => '',
        },
        new URL(tokenUrl).origin,
        { metadata: toMetadata(tokenUrl, tokenUrl), fetchFn: fetchWhole },
      );
    const isRefusedClient = (error: unknown) => {
      const code: string = sdk.OAuthErrorCode.InvalidClient;
      return sdk.OAuthError.isInstance(error) && error.code === code;
    };
    try {
      if (clientSecret === null) return await ask('none');
      return await ask('client_secret_basic').catch((error: unknown) => {
        if (!isRefusedClient(error)) throw error;
        return ask('client_secret_post');
      });
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) throw tookTooLong(host, timeoutMs);
      const [failure] = failures;
      if (failure !== undefined) throw failure;
      if (isRefusedClient(error)) throw clientRefused(host, error);
      const itsOwnError: string = sdk.OAuthErrorCode.ServerError;
      if (sdk.OAuthError.isInstance(error) && error.code !== itsOwnError) throw grantRefused(host, error);
      if (sdk.InsecureTokenEndpointError.isInstance(error)) throw insecure(host, error);
      throw new HubError(
        'unavailable',
        {
          en: `${host} gave no token: its answer cannot be used. Try again later.`,
          zh: `${host} 没有给出令牌：其响应无法使用。请稍后再试。`,
        },
        { cause: error },
      );
    }
  }

  return {
    /** Says where to send the person's browser; `verifier` is kept, as a secret, until it comes back. */
    async begin(request: {
      authorizationUrl: string;
      clientId: string;
      scope: string | null;
      redirectUrl: string;
      state: string;
    }): Promise<{ url: string; verifier: string }> {
      const { authorizationUrl, clientId, scope, redirectUrl, state } = request;
      parseWebAddress(authorizationUrl, { en: 'address of the sign-in page', zh: '登录页面的地址' });
      const { startAuthorization } = await loadSdk();
      const begun = await startAuthorization(new URL(authorizationUrl).origin, {
        metadata: toMetadata(authorizationUrl, authorizationUrl),
        clientInformation: { client_id: clientId },
        redirectUrl,
        state,
        ...(scope === null ? {} : { scope }),
      });
      return { url: begun.authorizationUrl.href, verifier: begun.codeVerifier };
    },

    /** Redeems the code that the browser brought back. */
    finish: async (
      request: TokenRequest & { code: string; verifier: string; redirectUrl: string },
    ): Promise<OAuthGrant> =>
      toGrant(
        await requestTokens(request, {
          grant_type: 'authorization_code',
          code: request.code,
          code_verifier: request.verifier,
          redirect_uri: request.redirectUrl,
        }),
        null,
      ),

    /** Renews a grant; what the answer leaves out stays as it was. One refresh at a time is the caller's care. */
    refresh: async ({ grant, ...request }: TokenRequest & { grant: OAuthGrant }): Promise<OAuthGrant> => {
      if (grant.refreshToken === null) throw grantRefused(new URL(request.tokenUrl).host, null);
      const parameters = { grant_type: 'refresh_token', refresh_token: grant.refreshToken };
      return toGrant(await requestTokens(request, parameters), grant);
    },

    /** Asks for a token of the client's own, without a person. */
    clientCredentials: async ({ scope, ...request }: TokenRequest & { scope: string | null }): Promise<OAuthGrant> =>
      toGrant(
        await requestTokens(request, {
          grant_type: 'client_credentials',
          ...(scope === null ? {} : { scope }),
        }),
        null,
      ),
  };
}

export type OAuthClient = ReturnType<typeof createOAuthClient>;

const tookTooLong = (host: string, timeoutMs: number) =>
  new HubError(
    'unavailable',
    {
      en: `${host} took too long: no token within ${timeoutMs / 1000} s.`,
      zh: `${host} 响应太慢：${timeoutMs / 1000} 秒内没有给出令牌。`,
    },
    { cause: new DOMException(`${timeoutMs} ms`, 'TimeoutError') },
  );

const toolUnavailable = (words: LocalizedText, cause: unknown) => new HubError('tool_unavailable', words, { cause });

const clientRefused = (host: string, cause: unknown) =>
  toolUnavailable(
    {
      en: `${host} does not know this client. Check the client id and its secret.`,
      zh: `${host} 不认识此客户端。请检查客户端 ID 及其密钥。`,
    },
    cause,
  );

const grantRefused = (host: string, cause: unknown) =>
  toolUnavailable(
    {
      en: `Sign in again: ${host} does not take what the hub showed it.`,
      zh: `请重新登录：${host} 不接受中枢出示的凭据。`,
    },
    cause,
  );

const insecure = (host: string, cause: unknown) =>
  toolUnavailable(
    { en: `The address for tokens at ${host} must begin with https.`, zh: `${host} 的令牌地址必须以 https 开头。` },
    cause,
  );
