import type { OpenApiOperation, OpenApiSecurityNeed } from '#server/contract/openapi-operation.ts';
import { noCredential, type ToolsetCredential } from '#server/contract/toolset.ts';
import { schemeMissing } from './toolset-errors.ts';
import type { ToolsetRecord } from './toolset-record.ts';

/**
 * The toolset as one of its operations is to see it: without a credential, where the operation says that it needs none. Pure.
 *
 * What an operation takes over from its description is not checked: people may know better than that how they sign in.
 *
 * @throws {HubError} `tool_unavailable`, naming what it needs, when the credential is none of it
 */
export function asOperationWants(toolset: ToolsetRecord, { security, method, path }: OpenApiOperation): ToolsetRecord {
  if (security === null) return toolset;
  const isMet = (needs: OpenApiSecurityNeed[]) =>
    needs.length > 0 && needs.every((need) => fits(toolset.credential, need));
  if (security.some(isMet)) return toolset;
  if (security.length === 0 || security.some((needs) => needs.length === 0)) {
    return { ...toolset, credential: noCredential, secret: null };
  }
  throw schemeMissing(toolset.name, `${method} ${path}`, security.map(describeNeeds));
}

function fits({ kind, in: place, name }: ToolsetCredential, need: OpenApiSecurityNeed): boolean {
  switch (need.kind) {
    case 'api-key':
      if (isAuthorization(need)) return kind !== 'none' && (kind !== 'api-key' || isNamed(need, place, name));
      return kind === 'api-key' && isNamed(need, place, name);
    case 'basic':
      return kind === 'basic' || (kind === 'api-key' && isAuthorizationHeader(place, name));
    case 'bearer':
    case 'oauth2':
      return (
        kind === 'bearer' ||
        kind === 'authorization-code' ||
        kind === 'client-credentials' ||
        (kind === 'api-key' && isAuthorizationHeader(place, name))
      );
    case 'other':
      // What it asks for cannot be told, so a credential is given the benefit of the doubt.
      return kind !== 'none';
  }
}

const isAuthorizationHeader = (place: string | null, name: string | null) =>
  place === 'header' && name?.toLowerCase() === 'authorization';
const isAuthorization = (need: OpenApiSecurityNeed) =>
  isAuthorizationHeader(need.in ?? null, need.parameterName ?? null);
const isNamed = (need: OpenApiSecurityNeed, place: string | null, name: string | null) =>
  need.in === place &&
  (place === 'header' ? need.parameterName?.toLowerCase() === name?.toLowerCase() : need.parameterName === name);

const kinds = {
  basic: 'a user name and a password',
  bearer: 'a token',
  oauth2: 'a sign-in',
  other: 'another way to sign in',
};

function describeNeeds(needs: OpenApiSecurityNeed[]): string {
  return needs
    .map(({ name, kind, in: place, parameterName }) =>
      kind === 'api-key' ? `"${name}" (a key in the ${place} "${parameterName}")` : `"${name}" (${kinds[kind]})`,
    )
    .join(' with ');
}
