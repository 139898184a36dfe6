import { setTimeout as delay } from 'node:timers/promises';
import type { AuthProvider } from '@modelcontextprotocol/client';
import { HubError } from '#server/hub-error.ts';
import { toGrant } from '#server/platform/oauth/to-grant.ts';
import type { Sdk } from './load-sdk.ts';
import { moreRightsNeeded, signInNeeded } from './mcp-errors.ts';
import type { McpAuthorization } from './mcp-server.ts';
import { loadState, saveState, toDiscovery, toInformation } from './oauth-state.ts';
import type { OAuthState } from './oauth-state.ts';
import type { ExchangeLimits } from './run-exchange.ts';
import { runExchange } from './run-exchange.ts';
import type { Fetch } from './watched-fetch.ts';

type Needs = {
  authorization: McpAuthorization;
  sdk: Sdk;
  fetch: Fetch;
  limits: ExchangeLimits;
};

/** Another process that renewed the same grant, so that this one could not, has stored it by then. */
const otherProcessMs = 300;

/** A token that runs out within this time is refreshed before it is used. */
const marginMs = 30_000;

const isSpent = ({ grant }: OAuthState) => (grant?.expiresAt ?? Infinity) - marginMs < Date.now();

export type TokenSource = ReturnType<typeof createTokenSource>;

/**
 * Gives a connection the access token of a server's stored grant, and keeps it fresh.
 *
 * One refresh is under way at a time, whoever waits for it. Other processes may refresh the same grant: what is stored is
 * read again before a sign-in is asked for. It never begins a sign-in itself: that is a person's to do.
 */
export function createTokenSource({ authorization, sdk, fetch, limits }: Needs) {
  const { shown } = limits;
  const itsOwnError: string = sdk.OAuthErrorCode.ServerError;
  let known: OAuthState | null = null;
  let refresh: Promise<OAuthState> | null = null;

  const askForSignIn = async (): Promise<HubError> => {
    await authorization.onSignInNeeded();
    return signInNeeded(shown);
  };
  const reload = async (): Promise<OAuthState> => (known = await loadState(authorization));

  async function requestTokens({ refreshToken, discovery, information }: NonNullable<OAuthState['grant']>) {
    const { authorizationServerUrl, authorizationServerMetadata, resourceMetadata } = toDiscovery(discovery);
    return sdk.refreshAuthorization(authorizationServerUrl, {
      ...(authorizationServerMetadata === undefined ? {} : { metadata: authorizationServerMetadata }),
      ...(resourceMetadata === undefined ? {} : { resource: resourceMetadata.resource }),
      clientInformation: toInformation(information),
      refreshToken: refreshToken ?? '',
      fetchFn: fetch,
    });
  }

  async function refreshGrant(state: OAuthState): Promise<OAuthState> {
    const { grant } = state;
    if (grant === null || grant.refreshToken === null) throw await askForSignIn();
    try {
      const tokens = await runExchange(limits, new AbortController().signal, () => requestTokens(grant));
      // Loaded again, because a sign-in may have begun meanwhile.
      const current = await reload();
      const next = { ...current, grant: { ...grant, ...toGrant(tokens, grant) } };
      await saveState(authorization, next);
      return (known = next);
    } catch (error) {
      if (error instanceof HubError) throw error;
      for (const waitMs of [0, otherProcessMs]) {
        await delay(waitMs);
        const stored = await reload();
        if (stored.grant !== null && stored.grant.accessToken !== grant.accessToken) return stored;
      }
      if (sdk.OAuthError.isInstance(error) && error.code !== itsOwnError) throw await askForSignIn();
      throw new HubError(
        'unavailable',
        {
          en: `The sign-in to ${shown} cannot be renewed now. Try again later.`,
          zh: `暂时无法更新 ${shown} 的登录，请稍后再试。`,
        },
        { cause: error },
      );
    }
  }

  function refreshOnce(state: OAuthState): Promise<OAuthState> {
    refresh ??= refreshGrant(state).finally(() => (refresh = null));
    return refresh;
  }

  async function findUsable(): Promise<OAuthState> {
    const state = known === null || known.grant === null || isSpent(known) ? await reload() : known;
    return isSpent(state) && typeof state.grant?.refreshToken === 'string' ? refreshOnce(state) : state;
  }

  const provider: AuthProvider = {
    token: async () => (await findUsable()).grant?.accessToken,
    onUnauthorized: async () => {
      const used = known?.grant?.accessToken;
      const stored = await reload();
      if (stored.grant === null) throw await askForSignIn();
      if (stored.grant.accessToken === used) await refreshOnce(stored);
    },
  };

  return {
    provider,
    /** Keeps what the server asked for, so that the next sign-in asks for it too. */
    noteWantedScope: async (scope: string | null): Promise<HubError> => {
      const state = await reload();
      const wantedScope = sdk.computeScopeUnion(state.wantedScope ?? undefined, scope ?? undefined) ?? null;
      if (wantedScope !== state.wantedScope) await saveState(authorization, (known = { ...state, wantedScope }));
      return moreRightsNeeded(shown, scope);
    },
  };
}
