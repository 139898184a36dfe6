import type { ToolsetCredential, ToolsetPreset } from '#server/contract/toolset.ts';

type CredentialKind = ToolsetCredential['kind'];

/** All fields of all kinds; what a kind does not use keeps its value for when it does. Secrets start empty. */
export type CredentialValues = {
  kind: CredentialKind;
  in: 'header' | 'query' | 'cookie';
  name: string;
  value: string;
  token: string;
  username: string;
  password: string;
  authorizationUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
};

export const credentialKinds = {
  openapi: ['none', 'api-key', 'bearer', 'basic', 'client-credentials', 'authorization-code'],
  mcp: ['none', 'api-key', 'bearer', 'basic', 'authorization-code'],
} as const satisfies Record<'openapi' | 'mcp', readonly CredentialKind[]>;

/** A form for a new credential, or for one of which only what may be shown is known. */
export function toCredentialValues(known: Partial<ToolsetCredential> | ToolsetPreset['credential']): CredentialValues {
  const shown: Partial<ToolsetCredential> = known;
  return {
    kind: shown.kind ?? 'none',
    in: shown.in ?? 'header',
    name: shown.name ?? '',
    value: '',
    token: '',
    username: shown.username ?? '',
    password: '',
    authorizationUrl: shown.authorizationUrl ?? '',
    tokenUrl: shown.tokenUrl ?? '',
    clientId: shown.clientId ?? '',
    clientSecret: '',
    scope: shown.scope ?? '',
  };
}

/** What the contract checks: the members of the chosen kind. An MCP server tells what is left empty of a sign-in. */
export function toCredentialInput(values: CredentialValues, toolset: 'openapi' | 'mcp') {
  const { kind, name, value, token, username, password, clientSecret, scope } = values;
  const { authorizationUrl, tokenUrl, clientId } = values;
  switch (kind) {
    case 'none':
      return { kind };
    case 'api-key':
      return { kind, in: toolset === 'mcp' ? 'header' : values.in, name: name.trim(), value };
    case 'bearer':
      return { kind, token };
    case 'basic':
      return { kind, username, password };
    case 'client-credentials':
      return { kind, tokenUrl: tokenUrl.trim(), clientId: clientId.trim(), clientSecret, scope };
    case 'authorization-code': {
      const addresses = {
        authorizationUrl: authorizationUrl.trim(),
        tokenUrl: tokenUrl.trim(),
        clientId: clientId.trim(),
      };
      const isNeeded = ([, text]: [string, string]) => text !== '' || toolset === 'openapi';
      return {
        kind,
        ...Object.fromEntries(Object.entries(addresses).filter(isNeeded)),
        ...(clientSecret !== '' && { clientSecret }),
        scope,
      };
    }
  }
}
