import { createConnectionPool } from './connection-pool.ts';
import { describeServer } from './describe-server.ts';
import { loadSdk } from './load-sdk.ts';
import { findRpcFailure, toMcpError } from './mcp-errors.ts';
import { shownName, usualLimits } from './mcp-server.ts';
import type {
  McpContent,
  McpDescription,
  McpLimits,
  McpProgress,
  McpResourceContent,
  McpResult,
  McpServer,
} from './mcp-server.ts';
import { openConnection } from './open-connection.ts';
import type { Connection } from './open-connection.ts';
import { runExchange } from './run-exchange.ts';
import { beginSignIn, finishSignIn } from './sign-in.ts';
import { toContent, toRefusal, toResourceContent, toResult } from './to-result.ts';
import { createWatchedFetch } from './watched-fetch.ts';
import type { Fetch } from './watched-fetch.ts';

type Needs = {
  /** The egress client's streaming fetch: every request goes through it, those of OAuth too. */
  fetch: Fetch;
  version: string;
  limits?: Partial<McpLimits>;
};

type Work<Answer> = (connection: Connection, options: { signal: AbortSignal; timeout: number }) => Promise<Answer>;

export type McpClients = ReturnType<typeof createMcpClients>;

/**
 * Makes the clients of Model Context Protocol servers: revision 2026-07-28 and the older ones, over HTTP or a command.
 *
 * Everything ends within its limit and by its signal (it then rejects with the signal's reason). Failures are `HubError`s:
 * `tool_unavailable` when a person has to do something (sign in, mend the address), `unavailable` when waiting may help,
 * `payload_too_large`, and `egress_refused` for an address that the hub may not reach, wherever in the protocol it turns up.
 */
export function createMcpClients({ fetch, version, limits: given }: Needs) {
  const limits = { ...usualLimits, ...given };
  const watchedFetch = createWatchedFetch(fetch);
  const pool = createConnectionPool({
    open: (server) => openConnection(server, { fetch: watchedFetch, version, limits }),
    connections: limits.connections,
    idleMs: limits.idleMs,
  });

  const exchangeLimits = (server: McpServer, timeoutMs: number) => ({
    shown: shownName(server),
    timeoutMs,
    maximumBytes: limits.resultBytes,
    resumeMs: limits.resumeMs,
  });

  async function toFailure(error: unknown, server: McpServer, connection: Connection | null): Promise<Error> {
    const sdk = await loadSdk();
    if (sdk.InsufficientScopeError.isInstance(error) && connection !== null && connection.tokens !== null) {
      return connection.tokens.noteWantedScope(error.requiredScope ?? null);
    }
    return toMcpError(error, shownName(server), sdk);
  }

  async function exchange<Answer>(server: McpServer, timeoutMs: number, given: AbortSignal, work: Work<Answer>) {
    // A run's signal may be in use by many calls at once, and Node.js warns of many listeners at one signal.
    const signal = AbortSignal.any([given]);
    signal.throwIfAborted();
    const attempt = (mayRepeat: boolean): Promise<Answer> =>
      pool.use(server, signal, async (connection, retire) => {
        try {
          const answer = await runExchange(exchangeLimits(server, timeoutMs), signal, (inner) =>
            work(connection, { signal: inner, timeout: timeoutMs }),
          );
          if (connection.takeListChange()) server.onListChange?.();
          return answer;
        } catch (error) {
          signal.throwIfAborted();
          if (!connection.isForgotten(error)) throw await toFailure(error, server, connection);
          retire();
          if (!mayRepeat) throw await toFailure(error, server, connection);
          return attempt(false);
        }
      });
    try {
      return await attempt(true);
    } catch (error) {
      signal.throwIfAborted();
      throw await toFailure(error, server, null);
    }
  }

  async function signIn<Answer>(
    server: McpServer,
    signal: AbortSignal,
    work: (needs: Parameters<typeof beginSignIn>[0], signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const sdk = await loadSdk();
    return runExchange(exchangeLimits(server, limits.listMs), signal, (inner) =>
      work({ server, sdk, fetch: watchedFetch }, inner),
    );
  }

  return {
    /** Says what a server offers. A list that the server called fresh for a time is not asked for again within it. */
    describe: (
      server: McpServer,
      { signal, refresh = false }: { signal: AbortSignal; refresh?: boolean },
    ): Promise<McpDescription> =>
      exchange(server, limits.listMs, signal, ({ client, sdk, takeListChange }, options) =>
        describeServer({
          client,
          sdk,
          shown: shownName(server),
          tools: limits.tools,
          requestOptions: { ...options, cacheMode: refresh ? 'refresh' : 'use' },
          // A change before this listing is in it.
        }).finally(takeListChange),
      ),

    /** Calls a tool. What the server says against the call, or an output that its own schema does not allow, is a result. */
    callTool: (
      server: McpServer,
      call: {
        name: string;
        input: Record<string, unknown>;
        signal: AbortSignal;
        timeoutMs: number;
        reportProgress?: (progress: McpProgress) => void;
      },
    ): Promise<McpResult> =>
      exchange(server, call.timeoutMs, call.signal, async ({ client, sdk }, options) => {
        const { reportProgress } = call;
        try {
          const result = await client.callTool(
            { name: call.name, arguments: call.input },
            reportProgress === undefined
              ? options
              : {
                  ...options,
                  onprogress: ({ progress, total, message }) =>
                    reportProgress({ progress, total: total ?? null, message: message ?? null }),
                },
          );
          return toResult(result);
        } catch (error) {
          const { InvalidParams, InvalidRequest, InternalError } = sdk.ProtocolErrorCode;
          const codes: number[] = [InvalidParams, InvalidRequest, InternalError];
          const failure = findRpcFailure(error, sdk);
          if (failure !== null && codes.includes(failure.code)) return toRefusal(failure.message);
          throw error;
        }
      }),

    readResource: (
      server: McpServer,
      { uri, signal }: { uri: string; signal: AbortSignal },
    ): Promise<McpResourceContent[]> =>
      exchange(server, limits.listMs, signal, async ({ client }, options) => {
        const { contents } = await client.readResource({ uri }, options);
        return contents.map(toResourceContent);
      }),

    getPrompt: (
      server: McpServer,
      { name, parameters, signal }: { name: string; parameters: Record<string, string>; signal: AbortSignal },
    ): Promise<{ messages: { role: 'user' | 'assistant'; content: McpContent }[] }> =>
      exchange(server, limits.listMs, signal, async ({ client }, options) => {
        const { messages } = await client.getPrompt({ name, arguments: parameters }, options);
        return { messages: messages.map(({ role, content }) => ({ role, content: toContent(content) })) };
      }),

    /** Begins a sign-in; the browser goes to `url` and comes back to the redirect address with `state`, a code and `iss`. */
    beginAuthorization: (
      server: McpServer,
      { state, signal }: { state: string; signal: AbortSignal },
    ): Promise<{ url: string }> => signIn(server, signal, (needs, inner) => beginSignIn(needs, state, inner)),

    /** Ends a sign-in with what the browser brought back; the caller has checked its `state`. */
    finishAuthorization: async (
      server: McpServer,
      { code, issuer, signal }: { code: string; issuer: string | null; signal: AbortSignal },
    ): Promise<void> => {
      await signIn(server, signal, (needs, inner) => finishSignIn(needs, { code, issuer }, inner));
      pool.forget(server.key);
    },

    /** Keeps nothing of a server any longer, as when it or its credentials change; calls under way end first. */
    forget: (key: string) => pool.forget(key),

    close: () => pool.close(),
  };
}
