import { z } from 'zod';

/** What an authorization server granted (RFC 6749, section 5.1). It holds secrets: stored sealed, never answered. */
export const OAuthGrant = z.object({
  accessToken: z.string(),
  tokenType: z.string(),
  refreshToken: z.string().nullable(),
  /** Milliseconds since 1970; null when the server did not say. */
  expiresAt: z.number().nullable(),
  scope: z.string().nullable(),
});
export type OAuthGrant = z.infer<typeof OAuthGrant>;
