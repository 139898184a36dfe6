import { createHash } from 'node:crypto';
import { z } from 'zod';
import { JsonObject } from '#server/contract/json.ts';
import { OAuthGrant } from '#server/contract/oauth-grant.ts';
import { authorizeRequest, toMcpTarget } from './credentials.ts';
import { commandUnknown, signInNeeded } from './toolset-errors.ts';
import type { HttpAnswer, HttpLimits, HttpRequest, McpServer, ToolsetPorts } from './toolset-ports.ts';
import type { ToolsetRecord } from './toolset-record.ts';
import type { ToolsetRepository } from './toolset-repository.ts';

/** What `grant` holds, sealed: what a token request brought, and what of a sign-in is under way. */
const StoredGrant = z.object({
  oauth: OAuthGrant.nullish(),
  verifier: z.string().nullish(),
  mcp: JsonObject.nullish(),
});
export type StoredGrant = z.infer<typeof StoredGrant>;

const refreshBeforeMs = 30_000;
const mask = '••••••';
const shortestMasked = 6;

type Ports = Pick<
  ToolsetPorts<unknown, unknown, unknown>,
  'fetch' | 'oauth' | 'secrets' | 'commands' | 'redirectUrl' | 'clientMetadataUrl' | 'now'
>;

/** How the services of toolsets are reached, with their credentials. Nothing else opens those. */
export function createToolsetAccess({
  repository,
  ports,
  onListChange,
  onSignInNeeded,
}: {
  repository: ToolsetRepository;
  ports: Ports;
  /** Told when an MCP server says that it offers something else now. */
  onListChange: (toolset: ToolsetRecord) => void;
  /** Told when a service does not let the hub in any more. */
  onSignInNeeded: () => void;
}) {
  const { secrets, oauth, now } = ports;
  const refreshing = new Map<string, Promise<string>>();

  const openSecret = ({ id, secret }: ToolsetRecord): string | null =>
    secret === null ? null : secrets.open(secret, secretContext(id));
  const openGrant = ({ id, grant }: Pick<ToolsetRecord, 'id' | 'grant'>): StoredGrant =>
    grant === null ? {} : StoredGrant.parse(JSON.parse(secrets.open(grant, grantContext(id))));
  const sealGrant = (id: string, grant: StoredGrant): string => secrets.seal(JSON.stringify(grant), grantContext(id));

  /** Read anew each time: another process may have renewed it. */
  async function readGrant(id: string): Promise<StoredGrant> {
    const record = await repository.find(id);
    return record === null ? {} : openGrant(record);
  }

  async function saveGrant(id: string, change: Partial<StoredGrant>): Promise<void> {
    await repository.update(id, { grant: sealGrant(id, { ...(await readGrant(id)), ...change }) });
  }

  const isFresh = (grant: OAuthGrant) =>
    grant.expiresAt === null || grant.expiresAt - refreshBeforeMs > now().getTime();

  async function renew(toolset: ToolsetRecord, known: OAuthGrant | null, signal: AbortSignal): Promise<string> {
    const { tokenUrl, clientId, scope, kind } = toolset.credential;
    const client = { tokenUrl: tokenUrl ?? '', clientId: clientId ?? '', clientSecret: openSecret(toolset), signal };
    if (kind === 'client-credentials') {
      const grant = await oauth.clientCredentials({ ...client, scope: scope ?? '' });
      await saveGrant(toolset.id, { oauth: grant });
      return grant.accessToken;
    }
    if (known === null || known.refreshToken === null) return askForSignIn(toolset);
    const grant = await oauth.refresh({ ...client, grant: known });
    await saveGrant(toolset.id, { oauth: grant });
    return grant.accessToken;
  }

  async function setSignInNeeded(id: string): Promise<void> {
    await repository.update(id, { needsSignIn: true });
    onSignInNeeded();
  }

  async function askForSignIn(toolset: ToolsetRecord): Promise<never> {
    await setSignInNeeded(toolset.id);
    throw signInNeeded(toolset.name);
  }

  /** Requests that come together share one renewal. */
  async function getToken(toolset: ToolsetRecord, refused: string | null, signal: AbortSignal): Promise<string> {
    const known = (await readGrant(toolset.id)).oauth ?? null;
    if (known !== null && known.accessToken !== refused && isFresh(known)) return known.accessToken;
    const underWay = refreshing.get(toolset.id);
    if (underWay !== undefined) return underWay;
    const renewal = renew(toolset, known, signal).finally(() => refreshing.delete(toolset.id));
    refreshing.set(toolset.id, renewal);
    return renewal;
  }

  const usesTokens = ({ credential: { kind } }: ToolsetRecord) =>
    kind === 'client-credentials' || kind === 'authorization-code';

  /**
   * Sends a request to a toolset's service as its owner; to another origin that its description names, as nobody. A token
   * that is refused is renewed once. A secret that the service repeats in its answer is masked, so that no model and no
   * log learns it.
   */
  async function send(toolset: ToolsetRecord, request: HttpRequest, limits: HttpLimits): Promise<HttpAnswer> {
    if (!isOwnOrigin(toolset, request)) return ports.fetch(request, limits);
    const attempt = async (secret: string | null) =>
      maskAnswer(await ports.fetch(authorizeRequest(request, toolset.credential, secret), limits), secret);
    if (!usesTokens(toolset)) return attempt(openSecret(toolset));
    const token = await getToken(toolset, null, limits.signal);
    const answer = await attempt(token);
    if (answer.status !== 401) return answer;
    return attempt(await getToken(toolset, token, limits.signal));
  }

  /** The MCP server of a toolset; equal keys mean the same server with the same credentials. */
  function toMcpServer(toolset: ToolsetRecord): McpServer {
    const { id, credential } = toolset;
    const told = { onListChange: () => onListChange(toolset) };
    const key = `${id} ${digest([toolset.sourceUrl, toolset.command, credential, toolset.secret])}`;
    if (toolset.command !== null) {
      const command = ports.commands[toolset.command];
      if (command === undefined) throw commandUnknown(toolset.command);
      return { key, target: { kind: 'command', ...command }, authorization: null, ...told };
    }
    const secret = openSecret(toolset);
    const target = { kind: 'http' as const, ...toMcpTarget(toolset.sourceUrl ?? '', credential, secret) };
    if (credential.kind !== 'authorization-code') return { key, target, authorization: null, ...told };
    return {
      key,
      target,
      ...told,
      authorization: {
        redirectUrl: ports.redirectUrl,
        clientMetadataUrl: ports.clientMetadataUrl,
        clientName: 'Atrium',
        scope: credential.scope === '' ? null : credential.scope,
        client: credential.clientId === null ? null : { id: credential.clientId, secret },
        load: async () => (await readGrant(id)).mcp ?? null,
        save: (state) => saveGrant(id, { mcp: state }),
        onSignInNeeded: () => setSignInNeeded(id),
      },
    };
  }

  return {
    send,
    toMcpServer,
    readGrant,
    sealGrant,
    saveGrant,
    openSecret,
    sealSecret: (id: string, secret: string | null): string | null =>
      secret === null ? null : secrets.seal(secret, secretContext(id)),
    /** A request as it may be shown: with its credential masked. */
    toShown: (toolset: ToolsetRecord, request: HttpRequest): HttpRequest =>
      isOwnOrigin(toolset, request) ? authorizeRequest(request, toolset.credential, mask) : request,
  };
}
export type ToolsetAccess = ReturnType<typeof createToolsetAccess>;

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const secretContext = (id: string) => `toolset:${id}:secret`;
const grantContext = (id: string) => `toolset:${id}:grant`;

const isOwnOrigin = ({ serverUrl }: ToolsetRecord, { url }: HttpRequest) =>
  serverUrl !== null && new URL(serverUrl).origin === new URL(url).origin;

function maskAnswer(answer: HttpAnswer, secret: string | null): HttpAnswer {
  if (secret === null || secret.length < shortestMasked) return answer;
  const url = answer.url.replaceAll(secret, mask).replaceAll(encodeURIComponent(secret), mask);
  const bytes = Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength);
  if (!bytes.includes(secret)) return { ...answer, url };
  return { ...answer, url, bytes: new TextEncoder().encode(bytes.toString('utf8').replaceAll(secret, mask)) };
}
