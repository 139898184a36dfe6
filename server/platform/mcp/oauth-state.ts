import { z } from 'zod';
import type { OAuthDiscoveryState, StoredOAuthClientInformation } from '@modelcontextprotocol/client';
import { JsonObject } from '#server/contract/json.ts';
import { OAuthGrant } from '#server/contract/oauth-grant.ts';
import { HubError } from '#server/hub-error.ts';
import type { McpAuthorization } from './mcp-server.ts';

/** How the hub is known to one authorization server, by registration or by its metadata document. */
const Registration = z.object({ issuer: z.string(), redirectUrl: z.string(), information: JsonObject });

/** What is stored of a server's OAuth: with the grant, all that its refresh needs, so that nothing leads it elsewhere. */
export const OAuthState = z.object({
  registration: Registration.nullable(),
  /** A sign-in that has begun. */
  pending: z
    .object({ verifier: z.string(), discovery: JsonObject.nullable(), information: JsonObject.nullable() })
    .nullable(),
  grant: z.object({ ...OAuthGrant.shape, discovery: JsonObject, information: JsonObject }).nullable(),
  /** What the server asked for beyond what was granted. */
  wantedScope: z.string().nullable(),
});
export type OAuthState = z.infer<typeof OAuthState>;

const emptyState: OAuthState = { registration: null, pending: null, grant: null, wantedScope: null };

// A failure of the hub's own store must not look like one of the server.
const toStoreError = (error: unknown) =>
  error instanceof HubError
    ? error
    : new HubError(
        'unavailable',
        {
          en: 'The sign-in cannot be read or stored now. Try again.',
          zh: '暂时无法读取或保存登录信息，请重试。',
        },
        { cause: error },
      );

/** Reads what is stored; what cannot be understood counts as no sign-in. */
export async function loadState(authorization: McpAuthorization): Promise<OAuthState> {
  const stored = await authorization.load().catch((error: unknown) => {
    throw toStoreError(error);
  });
  return OAuthState.safeParse(stored).data ?? emptyState;
}

export async function saveState(authorization: McpAuthorization, state: OAuthState): Promise<void> {
  await authorization.save(state).catch((error: unknown) => {
    throw toStoreError(error);
  });
}

// The vendor's types have members that JSON has not, such as undefined ones.
export const toStored = (value: object): JsonObject => JsonObject.parse(JSON.parse(JSON.stringify(value)));

// Both were the vendor's own values when they were stored.
export const toDiscovery = (stored: JsonObject) => stored as unknown as OAuthDiscoveryState;
export const toInformation = (stored: JsonObject) => stored as unknown as StoredOAuthClientInformation;
