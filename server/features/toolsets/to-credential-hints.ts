import type { OpenApiSecurityScheme } from '#server/contract/openapi-operation.ts';
import { type CredentialHint, noCredential } from '#server/contract/toolset.ts';

const mostHints = 10;
const mostScopes = 50;
const longestAddress = 2000;

/** The ways to sign in that a description declares, as credentials that only lack what is the person's own. Pure. */
export function toCredentialHints(schemes: OpenApiSecurityScheme[]): CredentialHint[] {
  return schemes.flatMap(toHints).slice(0, mostHints);
}

function toHints({ name: scheme, kind, ...told }: OpenApiSecurityScheme): CredentialHint[] {
  const base = { ...noCredential, scheme, scopes: [] };
  switch (kind) {
    case 'api-key':
      return [{ ...base, kind, in: told.in ?? null, name: told.parameterName ?? null }];
    case 'bearer':
    case 'basic':
      return [{ ...base, kind }];
    case 'oauth2': {
      const scopes = (told.scopes ?? []).slice(0, mostScopes).map(({ name }) => name);
      const addresses = { authorizationUrl: toAddress(told.authorizationUrl), tokenUrl: toAddress(told.tokenUrl) };
      const flows = told.flows ?? [];
      return [
        ...(flows.includes('authorizationCode')
          ? [{ ...base, ...addresses, kind: 'authorization-code' as const, scopes }]
          : []),
        ...(flows.includes('clientCredentials')
          ? [{ ...base, kind: 'client-credentials' as const, tokenUrl: addresses.tokenUrl, scopes }]
          : []),
      ];
    }
    case 'other':
      return [];
  }
}

const toAddress = (url: string | undefined) => (url === undefined || url.length > longestAddress ? null : url);
