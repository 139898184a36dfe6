import type { Client, StreamableHTTPClientTransport, Transport } from '@modelcontextprotocol/client';
import { HubError } from '#server/hub-error.ts';
import { loadSdk } from './load-sdk.ts';
import type { Sdk } from './load-sdk.ts';
import { shownName } from './mcp-server.ts';
import type { McpLimits, McpServer } from './mcp-server.ts';
import { runExchange } from './run-exchange.ts';
import { createSchemaValidator } from './schema-validator.ts';
import { createTokenSource } from './token-source.ts';
import type { TokenSource } from './token-source.ts';
import { withoutStandingStream } from './watched-fetch.ts';
import type { Fetch } from './watched-fetch.ts';

type Needs = { fetch: Fetch; version: string; limits: McpLimits };

export type Connection = {
  client: Client;
  sdk: Sdk;
  tokens: TokenSource | null;
  /** Says whether a failure means that the server forgot the session, so that nothing was done. */
  isForgotten: (error: unknown) => boolean;
  /** Whether the server said, since this was asked, that it offers something else now. */
  takeListChange: () => boolean;
  isClosed: () => boolean;
  close: () => Promise<void>;
};

type Opened = { client: Client; transport: Transport };

const farewellMs = 2000;

async function openCommand(target: Extract<McpServer['target'], { kind: 'command' }>, resultBytes: number) {
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  return new StdioClientTransport({
    command: target.command,
    args: target.parameters,
    stderr: 'ignore',
    maxBufferSize: resultBytes,
    // The vendor's client hands on PATH and HOME, and these, of which a server needs none.
    env: { LOGNAME: '', SHELL: '', TERM: '', USER: '' },
  });
}

/** The servers of 2024 answer a post to their address with "no such thing" or "not this way". */
const isOlder = (error: unknown, sdk: Sdk) =>
  sdk.SdkHttpError.isInstance(error) && (error.data.status === 404 || error.data.status === 405);

/**
 * Connects to a server in the newest revision that both speak: 2026-07-28 or one of the older, over Streamable HTTP, over
 * HTTP with server-sent events (2024-11-05), or over a command's standard input and output.
 *
 * Nothing is offered to the server: no sampling, no questions, no roots.
 *
 * @throws what the vendor's client throws, or a `HubError`
 */
export async function openConnection(server: McpServer, { fetch, version, limits }: Needs): Promise<Connection> {
  const sdk = await loadSdk();
  const { target, authorization } = server;
  const exchangeLimits = {
    shown: shownName(server),
    timeoutMs: limits.connectMs,
    maximumBytes: limits.resultBytes,
    resumeMs: limits.resumeMs,
  };
  const tokens =
    authorization === null ? null : createTokenSource({ authorization, sdk, fetch, limits: exchangeLimits });
  const jsonSchemaValidator = await createSchemaValidator();
  let isClosed = false;
  let isListChanged = false;

  async function connect(transport: Transport, signal: AbortSignal): Promise<Opened> {
    const client = new sdk.Client(
      { name: 'atrium', title: 'Atrium', version },
      {
        capabilities: {},
        versionNegotiation: { mode: 'auto', probe: { timeoutMs: limits.connectMs } },
        inputRequired: { autoFulfill: false },
        listMaxPages: limits.listPages,
        jsonSchemaValidator,
      },
    );
    client.onclose = () => (isClosed = true);
    for (const list of ['tools', 'resources', 'prompts'] as const) {
      client.setNotificationHandler(`notifications/${list}/list_changed`, () => void (isListChanged = true));
    }
    try {
      await client.connect(transport, { timeout: limits.connectMs, signal });
      signal.throwIfAborted();
    } catch (error) {
      await client.close().catch(() => {});
      await transport.close().catch(() => {});
      isClosed = false;
      throw error;
    }
    return { client, transport };
  }

  async function connectHttp({ url, headers }: Extract<McpServer['target'], { kind: 'http' }>, signal: AbortSignal) {
    if (!URL.canParse(url)) {
      throw new HubError('egress_refused', { en: 'This is not a complete URL.', zh: '这不是完整的网址。' });
    }
    const address = new URL(url);
    const options = { requestInit: { headers }, ...(tokens === null ? {} : { authProvider: tokens.provider }) };
    const streamable = new sdk.StreamableHTTPClientTransport(address, {
      ...options,
      fetch: withoutStandingStream(fetch),
    });
    try {
      return await connect(streamable, signal);
    } catch (error) {
      if (!isOlder(error, sdk)) throw error;
      const opened = await connect(new sdk.SSEClientTransport(address, { ...options, fetch }), signal).catch(() => {
        throw error;
      });
      // A stream that ended would be opened again by itself, as a session that knows nothing of this one.
      opened.client.onerror = () => void opened.client.close();
      return opened;
    }
  }

  const { client, transport } = await runExchange(
    { ...exchangeLimits, keepsStreams: true },
    new AbortController().signal,
    async (signal) =>
      target.kind === 'http'
        ? connectHttp(target, signal)
        : connect(await openCommand(target, limits.resultBytes), signal),
  ).catch(async (error: unknown) => {
    if (tokens === null || !sdk.InsufficientScopeError.isInstance(error)) throw error;
    throw await tokens.noteWantedScope(error.requiredScope ?? null);
  });
  const session = transport as Partial<StreamableHTTPClientTransport>;

  return {
    client,
    sdk,
    tokens,
    isForgotten: (error) =>
      session.sessionId !== undefined &&
      sdk.SdkHttpError.isInstance(error) &&
      (error.data.status === 404 || (error.data.status === 400 && /session/i.test(error.message))),
    takeListChange: () => {
      const was = isListChanged;
      isListChanged = false;
      return was;
    },
    isClosed: () => isClosed,
    close: async () => {
      isClosed = true;
      if (session.sessionId !== undefined) {
        const { terminateSession } = session;
        await runExchange({ ...exchangeLimits, timeoutMs: farewellMs }, new AbortController().signal, async () =>
          terminateSession?.call(session),
        ).catch(() => {});
      }
      await client.close();
    },
  };
}
