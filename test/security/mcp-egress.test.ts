import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { createMcpClients } from '#server/platform/mcp/create-mcp-clients.ts';
import type { McpClients } from '#server/platform/mcp/create-mcp-clients.ts';
import type { McpServer } from '#server/platform/mcp/mcp-server.ts';
import { createOAuthClient } from '#server/platform/oauth/create-oauth-client.ts';
import { startMcpServer } from '#test/support/mcp-server.ts';
import type { McpTestServer } from '#test/support/mcp-server.ts';
import { otherForms, privateHosts } from './refused-addresses.ts';

const signal = new AbortController().signal;
const refused = { code: 'egress_refused' };

let mcp: McpTestServer;
let egress: Egress;
let clients: McpClients;
let saves = 0;

beforeAll(async () => {
  mcp = await startMcpServer({ isProtected: true });
  mcp.authorization.settings.takesDocuments = false;
  egress = createEgress({ allowed: [mcp.entry], lookup: async () => [{ address: '8.8.8.8', family: 4 }] });
  clients = createMcpClients({ fetch: egress.streamingFetch, version: '0' });
});
afterAll(async () => {
  await clients.close();
  await egress.close();
  await mcp.close();
});

const toServer = (url: string): McpServer => ({
  key: url,
  target: { kind: 'http', url, headers: {} },
  authorization: {
    redirectUrl: 'https://hub.example/back',
    clientMetadataUrl: null,
    clientName: 'Atrium',
    scope: null,
    client: null,
    load: async () => null,
    save: async () => void (saves += 1),
    onSignInNeeded: async () => {},
  },
});

const begin = () => clients.beginAuthorization(toServer(mcp.mcpUrl), { state: 's', signal });

/** Every place in the protocol where somebody else names an address that the hub then asks. */
const entrances: { name: string; ask: (address: string) => Promise<unknown> }[] = [
  { name: 'the address of a server', ask: (address) => clients.describe(toServer(address), { signal }) },
  {
    name: 'the metadata that a server points to',
    ask: (address) => {
      mcp.settings.challenge = `Bearer resource_metadata="${new URL(address).href}"`;
      return begin().finally(() => (mcp.settings.challenge = null));
    },
  },
  {
    name: 'the authorization server of a server',
    ask: (address) => {
      mcp.settings.resourceMetadata = { resource: mcp.mcpUrl, authorization_servers: [address] };
      return begin().finally(() => (mcp.settings.resourceMetadata = null));
    },
  },
  {
    name: 'where an authorization server registers clients',
    ask: (address) => {
      mcp.authorization.settings.metadata = { registration_endpoint: address };
      return begin().finally(() => (mcp.authorization.settings.metadata = {}));
    },
  },
  {
    name: 'the address for tokens of a service',
    ask: (tokenUrl) =>
      createOAuthClient({ fetch: egress.streamingFetch }).clientCredentials({
        tokenUrl,
        clientId: 'c',
        clientSecret: null,
        scope: null,
        signal,
      }),
  },
];

describe.each(entrances)('$name', ({ ask }) => {
  test('may be no private address', async () => {
    for (const host of privateHosts) await expect(ask(`https://${host}/mcp`), host).rejects.toMatchObject(refused);
    expect(saves).toBe(0);
  });
});

test.each(otherForms)('a server is not looked for at %s', async (address) => {
  await expect(clients.describe(toServer(address), { signal })).rejects.toMatchObject(refused);
});

test('a server is not looked for at what is no address', async () => {
  await expect(clients.describe(toServer('/etc/passwd'), { signal })).rejects.toMatchObject(refused);
});
