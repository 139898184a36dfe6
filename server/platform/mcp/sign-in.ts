import type { OAuthClientProvider } from '@modelcontextprotocol/client';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { toGrant } from '#server/platform/oauth/to-grant.ts';
import type { Sdk } from './load-sdk.ts';
import { signInFailed } from './mcp-errors.ts';
import { shownName } from './mcp-server.ts';
import type { McpAuthorization, McpServer } from './mcp-server.ts';
import { loadState, saveState, toDiscovery, toInformation, toStored } from './oauth-state.ts';
import type { OAuthState } from './oauth-state.ts';
import type { Fetch } from './watched-fetch.ts';

type SignIn = { server: McpServer; sdk: Sdk; fetch: Fetch };
type HttpTarget = Extract<McpServer['target'], { kind: 'http' }>;

function toHttp(server: McpServer): { target: HttpTarget; authorization: McpAuthorization } {
  const { target, authorization } = server;
  if (target.kind !== 'http' || authorization === null) {
    throw new HubError('tool_unavailable', {
      en: `${shownName(server)} has no sign-in.`,
      zh: `${shownName(server)} 没有登录方式。`,
    });
  }
  return { target, authorization };
}

const toInformationOrNull = (stored: JsonObject | null) => (stored === null ? null : toInformation(stored));

/** What the vendor's flow reads and writes: a copy of the state, which the caller saves when a step is whole. */
function createProvider(authorization: McpAuthorization, draft: OAuthState, state: string | null) {
  const { redirectUrl, clientMetadataUrl, clientName, client } = authorization;
  let sentTo: URL | null = null;

  const findRegistered = (issuer: string | undefined) => {
    const { registration } = draft;
    const isOurs = registration?.issuer === issuer && registration?.redirectUrl === redirectUrl;
    return registration === null || !isOurs ? null : toInformation(registration.information);
  };
  // A client made by hand belongs to the provider that took it first: a server that names another gets no secret of it.
  const findBoundIssuer = (clientId: string) => {
    const information = toInformationOrNull(draft.grant?.information ?? null);
    return information?.client_id === clientId ? information.issuer : undefined;
  };
  const findInformation = (issuer: string | undefined) => {
    // The code of a sign-in is redeemed by the client that began it.
    if (state === null) return toInformationOrNull(draft.pending?.information ?? null);
    if (client === null) return findRegistered(issuer);
    return {
      client_id: client.id,
      ...(client.secret === null ? {} : { client_secret: client.secret }),
      ...(issuer === undefined ? {} : { issuer: findBoundIssuer(client.id) ?? issuer }),
    };
  };
  const remember = (information: object) => {
    draft.pending = { verifier: '', discovery: null, ...draft.pending, information: toStored(information) };
  };

  const provider: OAuthClientProvider = {
    redirectUrl,
    clientMetadata: {
      client_name: clientName,
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    ...(clientMetadataUrl === null ? {} : { clientMetadataUrl }),
    ...(state === null ? {} : { state: () => state }),
    clientInformation: (context) => {
      const information = findInformation(context?.issuer);
      if (information === null) return undefined;
      remember(information);
      return information;
    },
    tokens: () => undefined,
    saveTokens: (tokens) => {
      const { pending } = draft;
      if (pending === null || pending.discovery === null || pending.information === null) return;
      draft.grant = { ...toGrant(tokens, null), discovery: pending.discovery, information: pending.information };
      draft.pending = null;
      draft.wantedScope = null;
    },
    redirectToAuthorization: (url) => {
      sentTo = url;
    },
    saveCodeVerifier: (verifier) => {
      draft.pending = { discovery: null, information: null, ...draft.pending, verifier };
    },
    codeVerifier: () => draft.pending?.verifier ?? '',
    saveDiscoveryState: (discovery) => {
      draft.pending = { verifier: '', information: null, ...draft.pending, discovery: toStored(discovery) };
    },
    discoveryState: () =>
      draft.pending === null || draft.pending.discovery === null ? undefined : toDiscovery(draft.pending.discovery),
    invalidateCredentials: (what) => {
      if (what === 'client' || what === 'all') draft.registration = null;
    },
  };
  // Without this the vendor's flow knows that a client made by hand is the only one, and never registers another.
  if (client === null) {
    provider.saveClientInformation = (information, context) => {
      if (context === undefined) return;
      remember(information);
      // A document needs no registration: whether the server takes it is seen anew each time.
      if (information.client_id === clientMetadataUrl) return;
      draft.registration = { issuer: context.issuer, redirectUrl, information: toStored(information) };
    };
  }
  return { provider, sentTo: () => sentTo };
}

/** What a server says to somebody who shows nothing: where its metadata is, and what scope it wants. */
async function readChallenge({ url, headers }: HttpTarget, { sdk, fetch }: SignIn, signal: AbortSignal) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'ping' }),
    signal,
  });
  const challenge = response.status === 401 ? sdk.extractWWWAuthenticateParams(response) : {};
  await response.body?.cancel();
  return challenge;
}

function toSignInError(error: unknown, shown: string, sdk: Sdk): Error {
  const itsOwnError: string = sdk.OAuthErrorCode.ServerError;
  if (error instanceof HubError) return error;
  if (sdk.AuthorizationServerMismatchError.isInstance(error)) {
    const why = {
      en: 'it names another sign-in service than before. If that is right, enter the client for it anew.',
      zh: '它指定的登录服务与之前不同。如果无误，请重新填写客户端。',
    };
    return signInFailed(shown, why, error);
  }
  if (sdk.IssuerMismatchError.isInstance(error)) {
    const why = {
      en: 'the answer came from another place than the one asked. Begin again.',
      zh: '答复并非来自所请求的登录服务。请重新开始。',
    };
    return signInFailed(shown, why, error);
  }
  if (sdk.RegistrationRejectedError.isInstance(error) || /registration/.test((error as Error).message)) {
    const why = {
      en: 'it does not let the hub register itself. Register the hub with the provider, and enter the client id.',
      zh: '它不允许中枢自行注册。请在服务商处注册中枢，并填写客户端 ID。',
    };
    return signInFailed(shown, why, error);
  }
  if (sdk.OAuthError.isInstance(error) && error.code === itsOwnError) {
    const why = {
      en: 'its sign-in service has an error of its own. Try again later.',
      zh: '其登录服务自身出错。请稍后再试。',
    };
    return signInFailed(shown, why, error);
  }
  if (sdk.OAuthError.isInstance(error)) {
    return signInFailed(
      shown,
      { en: 'the provider refused it. Begin again.', zh: '服务商拒绝了。请重新开始。' },
      error,
    );
  }
  const why = {
    en: 'what its sign-in service says cannot be used. Ask those who run it.',
    zh: '其登录服务的答复无法使用。请咨询其运营者。',
  };
  return signInFailed(shown, why, error);
}

/**
 * Begins a sign-in: finds the authorization server, makes the hub known to it, and says where to send the person's browser.
 *
 * @throws {HubError} `tool_unavailable`, `unavailable` or `egress_refused`
 */
export async function beginSignIn(signIn: SignIn, state: string, signal: AbortSignal): Promise<{ url: string }> {
  const { server, sdk, fetch } = signIn;
  const { target, authorization } = toHttp(server);
  const shown = shownName(server);
  const draft: OAuthState = { ...(await loadState(authorization)), pending: null };
  const { provider, sentTo } = createProvider(authorization, draft, state);
  try {
    const { resourceMetadataUrl, scope } = await readChallenge(target, signIn, signal);
    const wanted = sdk.computeScopeUnion(
      authorization.scope ?? scope,
      draft.wantedScope ?? undefined,
      draft.wantedScope === null ? undefined : (draft.grant?.scope ?? undefined),
    );
    await sdk.auth(provider, {
      serverUrl: target.url,
      fetchFn: fetch,
      forceReauthorization: true,
      ...(wanted === undefined ? {} : { scope: wanted }),
      ...(resourceMetadataUrl === undefined ? {} : { resourceMetadataUrl }),
    });
  } catch (error) {
    throw toSignInError(error, shown, sdk);
  }
  const url = sentTo();
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const why = {
      en: 'its sign-in page has no web address. Ask those who run it.',
      zh: '其登录页面没有网址。请咨询其运营者。',
    };
    throw signInFailed(shown, why, null);
  }
  // The vendor's flow may go on after a refusal, with a guess instead of what was refused.
  signal.throwIfAborted();
  // The grant of before stays in use meanwhile, and may have been renewed.
  const { grant } = await loadState(authorization);
  await saveState(authorization, { ...draft, grant });
  return { url: url.href };
}

/**
 * Ends a sign-in with what the browser brought back: the code is redeemed, and the grant stored.
 *
 * @param answer - `issuer` is the `iss` of the redirect (RFC 9207), which must name the server that was asked
 * @throws {HubError} `tool_unavailable`, `unavailable` or `egress_refused`
 */
export async function finishSignIn(
  signIn: SignIn,
  answer: { code: string; issuer: string | null },
  signal: AbortSignal,
): Promise<void> {
  const { server, sdk, fetch } = signIn;
  const { target, authorization } = toHttp(server);
  const shown = shownName(server);
  const draft = await loadState(authorization);
  if (draft.pending === null) {
    const why = { en: 'none was begun, or it is over. Begin again.', zh: '尚未开始登录，或登录已结束。请重新开始。' };
    throw signInFailed(shown, why, null);
  }
  const { provider } = createProvider(authorization, draft, null);
  try {
    await sdk.auth(provider, {
      serverUrl: target.url,
      fetchFn: fetch,
      authorizationCode: answer.code,
      ...(answer.issuer === null ? {} : { iss: answer.issuer }),
    });
  } catch (error) {
    throw toSignInError(error, shown, sdk);
  }
  signal.throwIfAborted();
  await saveState(authorization, draft);
}
