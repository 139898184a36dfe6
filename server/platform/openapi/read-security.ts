import type { OpenApiSecurityScheme } from '#server/contract/openapi-operation.ts';
import { BrokenReference, type DocumentSet, type Place } from './document-set.ts';
import { entriesOf, memberOf, textOf } from './json-node.ts';
import { toPlainDescription, toPlainLine } from './plain-description.ts';

const mostSchemes = 50;
const mostScopes = 500;
/** The flows that a hub can take part in come first. */
const flowOrder = ['authorizationCode', 'clientCredentials', 'implicit', 'password', 'deviceAuthorization'];

/** The ways to sign in that a description declares. */
export function readSecuritySchemes(documents: DocumentSet, root: Place): OpenApiSecurityScheme[] {
  return entriesOf(memberOf(root.value, 'components'), 'securitySchemes')
    .slice(0, mostSchemes)
    .flatMap(([name, value]) => {
      const place = resolve(documents, { value, home: root.home });
      if (place === null) return [];
      const description = toPlainDescription(textOf(place.value, 'description') ?? '', 1_000);
      return [{ name: name.slice(0, 200), description, ...readScheme(place) }];
    });
}

function resolve(documents: DocumentSet, place: Place): Place | null {
  try {
    return documents.resolve(place);
  } catch (error) {
    if (error instanceof BrokenReference) return null;
    throw error;
  }
}

function readScheme(place: Place): Omit<OpenApiSecurityScheme, 'name' | 'description'> {
  const { value } = place;
  switch (textOf(value, 'type') ?? '') {
    case 'apiKey':
      return readApiKey(value);
    case 'http': {
      const scheme = textOf(value, 'scheme')?.toLowerCase();
      return { kind: scheme === 'bearer' || scheme === 'basic' ? scheme : 'other' };
    }
    case 'oauth2':
      return readOAuth(place);
    default:
      return { kind: 'other' };
  }
}

function readApiKey(value: unknown): Omit<OpenApiSecurityScheme, 'name' | 'description'> {
  const where = textOf(value, 'in');
  const parameterName = textOf(value, 'name');
  const isKnown = where === 'query' || where === 'header' || where === 'cookie';
  return isKnown && parameterName !== undefined ? { kind: 'api-key', in: where, parameterName } : { kind: 'other' };
}

function readOAuth({ value, home }: Place): Omit<OpenApiSecurityScheme, 'name' | 'description'> {
  const flows = new Map(entriesOf(value, 'flows'));
  const names = flowOrder.filter((name) => flows.has(name));
  const find = (key: string): string | undefined => {
    const address = names.map((name) => textOf(flows.get(name), key)).find((url) => url !== undefined && url !== '');
    return address !== undefined && URL.canParse(address, home.url ?? undefined)
      ? new URL(address, home.url ?? undefined).href
      : undefined;
  };
  const scopes = new Map(names.flatMap((name) => entriesOf(flows.get(name), 'scopes')));
  const authorizationUrl = find('authorizationUrl');
  const tokenUrl = find('tokenUrl');
  return {
    kind: 'oauth2',
    flows: names,
    ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    scopes: [...scopes].slice(0, mostScopes).map(([name, description]) => ({
      name: name.slice(0, 300),
      description: typeof description === 'string' ? toPlainLine(description, 300) : '',
    })),
  };
}
