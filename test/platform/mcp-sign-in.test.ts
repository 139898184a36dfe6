import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#server/contract/json.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createMcpClients } from '#server/platform/mcp/create-mcp-clients.ts';
import type { McpClients } from '#server/platform/mcp/create-mcp-clients.ts';
import type { McpAuthorization, McpServer } from '#server/platform/mcp/mcp-server.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import { startMcpServer } from '#test/support/mcp-server.ts';
import type { McpTestServer } from '#test/support/mcp-server.ts';

const signal = new AbortController().signal;
const redirectUrl = 'https://hub.example/api/toolsets/callback';
const documentUrl = 'https://hub.example/client.json';

let mcp: McpTestServer;
let clients: McpClients;
let stored: JsonObject | null;

beforeEach(async () => {
  stored = null;
  mcp = await startMcpServer({ isProtected: true });
  clients = openClients();
});
afterEach(async () => {
  await clients.close();
  await mcp.close();
});

function openClients(...more: string[]): McpClients {
  const egress = createEgress({ allowed: [mcp.entry, ...more] });
  return createMcpClients({
    fetch: egress.streamingFetch,
    version: '0',
    limits: { connectMs: 20_000, listMs: 20_000 },
  });
}

const toServer = (more: Partial<McpAuthorization> = {}): McpServer => ({
  key: 'workbench',
  target: { kind: 'http', url: mcp.mcpUrl, headers: { 'x-key': 'for this server alone' } },
  authorization: {
    redirectUrl,
    clientMetadataUrl: documentUrl,
    clientName: 'Atrium',
    scope: null,
    client: null,
    load: async () => stored,
    save: async (state) => {
      stored = structuredClone(state);
    },
    onSignInNeeded: async () => {},
    ...more,
  },
});

const call = (server: McpServer, name = 'read', from = clients) =>
  from.callTool(server, { name, input: {}, signal, timeoutMs: 20_000 });

/** What the person's browser does: it goes to the page, which sends it back at once. */
async function visit(url: string): Promise<URLSearchParams> {
  const answer = await fetch(url, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? 'none:').searchParams;
}

async function signIn(server: McpServer) {
  const { url } = await clients.beginAuthorization(server, { state: 'state-1', signal });
  const back = await visit(url);
  expect(back.get('state')).toBe('state-1');
  await clients.finishAuthorization(server, { code: back.get('code') ?? '', issuer: back.get('iss'), signal });
  return new URL(url).searchParams;
}

describe('a server that wants a sign-in', () => {
  it('is asked for one before anything else, and says so', async () => {
    const message = expect.stringMatching(/^Sign in to 127\.0\.0\.1:\d+/);
    await expect(call(toServer())).rejects.toMatchObject({ code: 'tool_unavailable', message });
    await expect(call({ ...toServer(), authorization: null })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message,
    });
  });

  it('knows the hub by its metadata document, and lets it in afterwards', async () => {
    const server = toServer();
    const asked = await signIn(server);
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: documentUrl,
      redirect_uri: redirectUrl,
      resource: mcp.mcpUrl,
      scope: 'basic',
      code_challenge_method: 'S256',
    });
    expect(await call(server)).toMatchObject({ isError: false });
    expect(mcp.authorization.count('/register')).toBe(0);
    expect(mcp.authorization.requests.every(({ headers }) => !headers.has('x-key'))).toBe(true);
  });

  it('registers the hub where it takes no documents, once for each redirect address', async () => {
    mcp.authorization.settings.takesDocuments = false;
    await signIn(toServer());
    await signIn(toServer());
    expect(mcp.authorization.count('/register')).toBe(1);
    expect(await call(toServer())).toMatchObject({ isError: false });
    await signIn(toServer({ redirectUrl: 'https://elsewhere.example/back' }));
    expect(mcp.authorization.count('/register')).toBe(2);
  });

  it('takes a client that a person made, with its secret', async () => {
    mcp.authorization.settings.clients.set('made-by-hand', 'its secret');
    const server = toServer({ client: { id: 'made-by-hand', secret: 'its secret' }, scope: 'basic admin' });
    expect((await signIn(server)).get('scope')).toBe('basic admin');
    expect(await call(server, 'admin')).toMatchObject({ isError: false });
  });

  it('that registers nobody says what to do instead', async () => {
    mcp.authorization.settings.takesDocuments = false;
    mcp.authorization.settings.takesRegistrations = false;
    await expect(clients.beginAuthorization(toServer(), { state: 's', signal })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringContaining('Register the hub with the provider, and enter the client id.'),
    });
    expect(stored).toBeNull();
  });

  it('is not believed when the answer comes from another issuer, and none when nothing was begun', async () => {
    mcp.authorization.settings.answeredIssuer = 'https://evil.example';
    await expect(signIn(toServer())).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.not.stringContaining('evil.example'),
    });
    expect(mcp.authorization.count('/token')).toBe(0);
    stored = null;
    await expect(clients.finishAuthorization(toServer(), { code: 'c', issuer: null, signal })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringContaining('Begin again'),
    });
  });

  it('that names another authorization server later gets no secret of a client made by hand', async () => {
    mcp.authorization.settings.clients.set('made-by-hand', 'its secret');
    const server = toServer({ client: { id: 'made-by-hand', secret: 'its secret' } });
    const { url } = await clients.beginAuthorization(server, { state: 's', signal });
    const back = await visit(url);
    const thief = await startLocalServer((_request, response) => response.end('{}'));
    mcp.settings.resourceMetadata = { resource: mcp.mcpUrl, authorization_servers: [thief.url] };
    await clients.finishAuthorization(server, { code: back.get('code') ?? '', issuer: back.get('iss'), signal });
    expect(thief.requests).toEqual([]);
    await thief.close();

    const second = await startMcpServer();
    second.authorization.settings.clients.set('made-by-hand', 'its secret');
    mcp.settings.resourceMetadata = { resource: mcp.mcpUrl, authorization_servers: [second.url] };
    const more = openClients(second.entry);
    await expect(more.beginAuthorization(server, { state: 's', signal })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringContaining('another sign-in service than before'),
    });
    expect(second.authorization.count('/token')).toBe(0);
    await more.close();
    await second.close();
  });
});

describe('a token', () => {
  it('that ran out is renewed before it is used, once for all who wait', async () => {
    const server = toServer();
    mcp.authorization.settings.tokenSeconds = 1;
    await signIn(server);
    mcp.authorization.settings.tokenSeconds = 3600;
    const results = await Promise.all(Array.from({ length: 5 }, () => call(server)));
    expect(results.map(({ isError }) => isError)).toEqual([false, false, false, false, false]);
    const [, renewal] = mcp.authorization.requests.filter(({ path }) => path === '/token');
    expect(mcp.authorization.count('/token')).toBe(2);
    expect(renewal?.parameters).toMatchObject({ grant_type: 'refresh_token', resource: mcp.mcpUrl });
  });

  it('that was revoked is renewed when the server says so', async () => {
    const server = toServer();
    await signIn(server);
    await call(server);
    mcp.authorization.revoke();
    expect(await call(server)).toMatchObject({ isError: false });
    expect(mcp.authorization.count('/token')).toBe(2);
  });

  it('that another process renewed is read again, not renewed again', async () => {
    const server = toServer();
    await signIn(server);
    await call(server);
    const elsewhere = openClients();
    mcp.authorization.revoke();
    await call(server, 'read', elsewhere);
    expect(mcp.authorization.count('/token')).toBe(2);
    expect(await call(server)).toMatchObject({ isError: false });
    expect(mcp.authorization.count('/token')).toBe(2);
    await elsewhere.close();
  });

  it('that cannot be renewed asks for a sign-in, which then helps', async () => {
    const server = toServer();
    await signIn(server);
    await call(server);
    mcp.authorization.revokeAll();
    await expect(call(server)).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringMatching(/^Sign in to/),
    });
    await signIn(server);
    expect(await call(server)).toMatchObject({ isError: false });
  });

  it('without the rights that a tool needs asks for a sign-in with them', async () => {
    const server = toServer();
    await signIn(server);
    await expect(call(server, 'admin')).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringMatching(/^Sign in to .+ again: .+\(admin\)/),
    });
    expect((await signIn(server)).get('scope')?.split(' ').sort()).toEqual(['admin', 'basic']);
    expect(await call(server, 'admin')).toMatchObject({ isError: false });
  });
});

describe('addresses that a server names for its sign-in', () => {
  const forbidden = 'http://169.254.169.254';
  const refused = { code: 'egress_refused' };
  const begin = () => clients.beginAuthorization(toServer(), { state: 's', signal });

  it('are refused as the hub would refuse them from a person', async () => {
    mcp.settings.challenge = `Bearer resource_metadata="${forbidden}/resource"`;
    await expect(begin()).rejects.toMatchObject(refused);
    mcp.settings.challenge = null;

    mcp.settings.resourceMetadata = { resource: mcp.mcpUrl, authorization_servers: [forbidden] };
    await expect(begin()).rejects.toMatchObject(refused);
    mcp.settings.resourceMetadata = null;

    mcp.authorization.settings.takesDocuments = false;
    mcp.authorization.settings.metadata = { registration_endpoint: `${forbidden}/register` };
    await expect(begin()).rejects.toMatchObject(refused);

    mcp.authorization.settings.metadata = { token_endpoint: 'https://127.0.0.1:1/token' };
    await expect(signIn(toServer())).rejects.toMatchObject(refused);

    mcp.authorization.settings.metadata = { authorization_endpoint: 'javascript:alert(1)' };
    await expect(begin()).rejects.toMatchObject({ code: 'tool_unavailable' });
  });

  it('are not followed elsewhere', async () => {
    const elsewhere = await startLocalServer((_request, response) =>
      response.writeHead(302, { location: `${mcp.url}/.well-known/oauth-authorization-server` }).end(),
    );
    mcp.settings.resourceMetadata = { resource: mcp.mcpUrl, authorization_servers: [elsewhere.url] };
    const more = openClients(elsewhere.entry);
    await expect(more.beginAuthorization(toServer(), { state: 's', signal })).rejects.toMatchObject(refused);
    await more.close();
    await elsewhere.close();
  });

  it('may not answer for ever', async () => {
    const silent = await startLocalServer(() => undefined);
    mcp.settings.resourceMetadata = { resource: mcp.mcpUrl, authorization_servers: [silent.url] };
    const egress = createEgress({ allowed: [mcp.entry, silent.entry] });
    const more = createMcpClients({ fetch: egress.streamingFetch, version: '0', limits: { listMs: 150 } });
    await expect(more.beginAuthorization(toServer(), { state: 's', signal })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no answer within 0.15 s'),
    });
    await more.close();
    await silent.close();
  });
});
