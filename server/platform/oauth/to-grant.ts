import type { OAuthTokens } from '@modelcontextprotocol/client';
import type { OAuthGrant } from '#server/contract/oauth-grant.ts';

const longestSeconds = 10 * 365 * 24 * 3600;

/** The tokens of an answer as a grant; what a refresh does not mention stays as it was (RFC 6749, section 6). */
export function toGrant(tokens: OAuthTokens, former: OAuthGrant | null): OAuthGrant {
  const { expires_in: seconds } = tokens;
  return {
    accessToken: tokens.access_token,
    tokenType: tokens.token_type,
    refreshToken: tokens.refresh_token ?? former?.refreshToken ?? null,
    expiresAt: seconds === undefined ? null : Date.now() + Math.min(Math.max(seconds, 0), longestSeconds) * 1000,
    scope: tokens.scope ?? former?.scope ?? null,
  };
}
