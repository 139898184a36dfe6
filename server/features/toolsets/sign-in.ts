import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '#server/contract/actor.ts';
import type { SignInEnd } from '#server/contract/toolset.ts';
import type { ToolsetAccess } from './toolset-access.ts';
import { credentialMisfit, noSignIn, signInRefused, signInUnknown } from './toolset-errors.ts';
import type { ToolsetPorts } from './toolset-ports.ts';
import type { ToolsetRecord } from './toolset-record.ts';
import type { ToolsetRepository } from './toolset-repository.ts';

const timeoutMs = 30_000;

type Needs = {
  repository: ToolsetRepository;
  access: ToolsetAccess;
  ports: Pick<ToolsetPorts<unknown, unknown, unknown>, 'mcp' | 'oauth' | 'redirectUrl'>;
};

/** Sign-ins of people with the services of their toolsets: OAuth 2.1, authorization code with PKCE. */
export function createSignIns({ repository, access, ports }: Needs) {
  async function begin(toolset: ToolsetRecord): Promise<{ url: string }> {
    const { credential } = toolset;
    if (credential.kind !== 'authorization-code') throw noSignIn();
    const state = randomBytes(32).toString('base64url');
    await repository.update(toolset.id, { signInState: digest(state) });
    if (toolset.kind === 'mcp') {
      const started = await ports.mcp.beginAuthorization(access.toMcpServer(toolset), {
        state,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return toBrowserUrl(started.url);
    }
    const { authorizationUrl, clientId, scope } = credential;
    if (authorizationUrl === null || clientId === null) {
      throw credentialMisfit('body.credential', {
        en: 'This service needs "authorizationUrl", "tokenUrl" and "clientId".',
        zh: '此服务需要 "authorizationUrl"、"tokenUrl" 和 "clientId"。',
      });
    }
    const { url, verifier } = await ports.oauth.begin({
      authorizationUrl,
      clientId,
      scope: scope ?? '',
      redirectUrl: ports.redirectUrl,
      state,
    });
    await access.saveGrant(toolset.id, { verifier });
    return toBrowserUrl(url);
  }

  /** The toolset whose sign-in this ends; each state is good once, and only for the person who began. */
  async function end(actor: Actor, { state, code, iss, error, error_description }: SignInEnd): Promise<ToolsetRecord> {
    const toolset = await repository.findBySignIn(actor.userId, digest(state));
    if (toolset === null) throw signInUnknown();
    await repository.update(toolset.id, { signInState: null });
    if (code === undefined) throw signInRefused(toolset.name, error_description ?? error ?? null);
    const signal = AbortSignal.timeout(timeoutMs);
    if (toolset.kind === 'mcp') {
      const server = access.toMcpServer(toolset);
      await ports.mcp.finishAuthorization(server, { code, issuer: iss ?? null, signal });
      ports.mcp.forget(server.key);
    } else {
      const { tokenUrl, clientId } = toolset.credential;
      const { verifier } = await access.readGrant(toolset.id);
      if (verifier === null || verifier === undefined || tokenUrl === null || clientId === null) throw signInUnknown();
      const grant = await ports.oauth.finish({
        tokenUrl,
        clientId,
        clientSecret: access.openSecret(toolset),
        code,
        verifier,
        redirectUrl: ports.redirectUrl,
        signal,
      });
      await access.saveGrant(toolset.id, { oauth: grant, verifier: null });
    }
    return (await repository.update(toolset.id, { needsSignIn: false, problem: null })) ?? toolset;
  }

  return { begin, end };
}

const digest = (state: string) => createHash('sha256').update(state).digest('hex');

/** A page that the person's browser is sent to, never a script. @throws {HubError} `conflict` */
function toBrowserUrl(url: string): { url: string } {
  const { protocol, host } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw signInRefused(host, 'its sign-in page has no web address');
  return { url };
}
