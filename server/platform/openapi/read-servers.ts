import { entriesOf, listOf, memberOf, textOf } from './json-node.ts';

const mostServers = 50;

/**
 * The base URLs of a `servers` list, without a slash at the end: variables filled with their defaults, relative ones from
 * the address of the document. Those that are no http or https URL then are left out.
 */
export function readServers(node: unknown, documentUrl: string | null): string[] {
  const urls = listOf(node, 'servers')
    .slice(0, mostServers)
    .map((server) => toServerUrl(fillVariables(server), documentUrl));
  return [...new Set(urls.filter((url) => url !== null))];
}

function fillVariables(server: unknown): string {
  const variables = new Map(entriesOf(server, 'variables'));
  return (textOf(server, 'url') ?? '').slice(0, 2_000).replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = memberOf(variables.get(name), 'default');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });
}

export function toServerUrl(text: string, documentUrl: string | null): string | null {
  const base = documentUrl ?? undefined;
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  return url.search === '' ? url.href.replace(/\/+$/, '') : url.href;
}
