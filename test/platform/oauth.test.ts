import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createOAuthClient } from '#server/platform/oauth/create-oauth-client.ts';
import type { OAuthClient } from '#server/platform/oauth/create-oauth-client.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import { startMcpServer } from '#test/support/mcp-server.ts';
import type { McpTestServer } from '#test/support/mcp-server.ts';

const signal = new AbortController().signal;
const redirectUrl = 'https://hub.example/back';

let provider: McpTestServer;
let oauth: OAuthClient;
let tokenUrl: string;

beforeAll(async () => {
  provider = await startMcpServer();
  provider.authorization.settings.clients.set('public', null).set('secretive', 'p:ss w%rd');
  oauth = createOAuthClient({ fetch: createEgress({ allowed: [provider.entry] }).streamingFetch });
  tokenUrl = `${provider.url}/token`;
});
afterAll(() => provider.close());

const openOAuth = (allowed: string[], timeoutMs = 3000) =>
  createOAuthClient({ fetch: createEgress({ allowed }).streamingFetch, timeoutMs });

async function signIn(clientId: string, clientSecret: string | null, scope: string | null = 'orders') {
  const begun = await oauth.begin({
    authorizationUrl: `${provider.url}/authorize?tenant=7`,
    clientId,
    scope,
    redirectUrl,
    state: 'xyz',
  });
  expect(new URL(begun.url).searchParams.get('tenant')).toBe('7');
  const answer = await fetch(begun.url, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '').searchParams;
  expect(back.get('state')).toBe('xyz');
  const code = back.get('code') ?? '';
  return { code, verifier: begun.verifier, tokenUrl, clientId, clientSecret, redirectUrl, signal };
}

describe('a service with endpoints typed in', () => {
  it.each([
    ['public', null],
    ['secretive', 'p:ss w%rd'],
  ])('grants a token to a client that is %s, and renews it', async (clientId, clientSecret) => {
    const grant = await oauth.finish(await signIn(clientId, clientSecret));
    expect(grant).toMatchObject({ tokenType: 'Bearer', refreshToken: expect.any(String), scope: 'orders' });
    expect((grant.expiresAt ?? 0) - Date.now()).toBeGreaterThan(3_590_000);
    expect(provider.authorization.check(grant.accessToken)).toMatchObject({ scope: 'orders' });
    const renewed = await oauth.refresh({ tokenUrl, clientId, clientSecret, grant, signal });
    expect(renewed.accessToken).not.toBe(grant.accessToken);
    expect(provider.authorization.check(renewed.accessToken)).not.toBeNull();
    await expect(oauth.refresh({ tokenUrl, clientId, clientSecret, grant, signal })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringMatching(/^Sign in again/),
    });
  });

  it('grants nothing for a code without its verifier', async () => {
    const begun = await signIn('public', null);
    await expect(oauth.finish({ ...begun, verifier: 'w'.repeat(43) })).rejects.toMatchObject({
      code: 'tool_unavailable',
    });
  });

  it('grants a token to the client itself', async () => {
    const client = { tokenUrl, clientId: 'secretive', clientSecret: 'p:ss w%rd', scope: 'reports', signal };
    const grant = await oauth.clientCredentials(client);
    expect(provider.authorization.check(grant.accessToken)).toMatchObject({ scope: 'reports' });
    await expect(oauth.clientCredentials({ ...client, clientSecret: 'wrong' })).rejects.toMatchObject({
      code: 'tool_unavailable',
      message: expect.stringContaining('Check the client id and its secret'),
    });
  });

  it('that takes a secret only in the body gets it there', async () => {
    const seen: string[] = [];
    const picky = await startLocalServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push(request.headers.authorization === undefined ? body : 'header');
        const isRefused = request.headers.authorization !== undefined;
        response.writeHead(isRefused ? 401 : 200, { 'content-type': 'application/json' });
        response.end(isRefused ? '{"error":"invalid_client"}' : '{"access_token":"t","token_type":"bearer"}');
      });
    });
    const grant = await openOAuth([picky.entry]).clientCredentials({
      tokenUrl: `${picky.url}/token`,
      clientId: 'me',
      clientSecret: 'shh',
      scope: null,
      signal,
    });
    expect(grant).toEqual({ accessToken: 't', tokenType: 'bearer', refreshToken: null, expiresAt: null, scope: null });
    expect(seen).toEqual(['header', expect.stringContaining('client_secret=shh')]);
    await picky.close();
  });

  it.each([
    ['at an address of a cloud', 'https://169.254.169.254/token', 'egress_refused'],
    ['without encryption', 'http://tokens.example/token', 'tool_unavailable'],
    ['at no web address', 'file:///etc/passwd', 'validation_failed'],
  ])('%s is refused', async (_case, address, code) => {
    const request = { tokenUrl: address, clientId: 'c', clientSecret: null, scope: null, signal };
    await expect(oauth.clientCredentials(request)).rejects.toMatchObject({ code });
  });

  it('whose sign-in page is no web address is refused', async () => {
    const request = { authorizationUrl: 'javascript:alert(1)', clientId: 'c', scope: null, redirectUrl, state: 's' };
    await expect(oauth.begin(request)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it.each([
    ['an error of its own', 500, 'oops', 'unavailable'],
    ['a page', 200, '<p>Welcome</p>', 'unavailable'],
    ['a redirect', 302, '', 'egress_refused'],
    ['more than a token needs', 200, 'x'.repeat(1_000_000), 'unavailable'],
    ['nothing', 0, '', 'unavailable'],
  ])('that answers with %s is a failure', async (_case, status, body, code) => {
    const broken = await startLocalServer((_request, response) => {
      if (status > 0) response.writeHead(status, { location: `${provider.url}/token` }).end(body);
    });
    const request = { tokenUrl: `${broken.url}/token`, clientId: 'c', clientSecret: 's', scope: null, signal };
    await expect(openOAuth([broken.entry], 200).clientCredentials(request)).rejects.toMatchObject({ code });
    await broken.close();
  });

  it('is left at once by one who cancels', async () => {
    const silent = await startLocalServer(() => undefined);
    const stop = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => stop.abort(reason), 30);
    const request = { tokenUrl: `${silent.url}/token`, clientId: 'c', clientSecret: null, scope: null };
    await expect(openOAuth([silent.entry]).clientCredentials({ ...request, signal: stop.signal })).rejects.toBe(reason);
    await silent.close();
  });
});
