import { ProviderKind } from '#server/contract/model.ts';
import { type EnvironmentModels, localServers } from './model-connections.ts';

/** Hosts that only model traffic may reach: what the operator named, and the usual ports of local servers. */
export function listModelHosts(environment: EnvironmentModels & { findLocalModels: boolean }): string[] {
  const named = ProviderKind.options.flatMap((provider) => environment[provider].baseUrl ?? []);
  const local = environment.findLocalModels ? localServers.map(({ port }) => `127.0.0.1:${port}`) : [];
  return [...toHosts(named), ...local];
}

/** URLs as entries of an egress allow-list. */
export function toHosts(urls: string[]): string[] {
  return urls.map((url) => {
    const { hostname, port, protocol } = new URL(url);
    return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
  });
}
