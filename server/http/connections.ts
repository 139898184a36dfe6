import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** How long clients may take, in milliseconds, and how many connections are held at once. */
export type ConnectionLimits = {
  /** From the connection, or the end of the last request, to the end of a request's headers. */
  headersMs: number;
  /** For a whole request with its body: 25 MB over a slow line. */
  requestMs: number;
  /** For taking anything at all of an answer. */
  readerMs: number;
  /** How often the first two are looked at. */
  checkEveryMs: number;
  /** More connections than these are closed as they come. */
  most: number;
};

const defaults: ConnectionLimits = {
  headersMs: 20_000,
  requestMs: 300_000,
  readerMs: 120_000,
  checkEveryMs: 5000,
  most: 10_000,
};

export const toConnectionLimits = (limits: Partial<ConnectionLimits> = {}): ConnectionLimits => ({
  ...defaults,
  ...limits,
});

/** What Fastify has to know of the limits when it is made. */
export const toServerOptions = ({ requestMs, headersMs, checkEveryMs }: ConnectionLimits) => ({
  requestTimeout: requestMs,
  http: { headersTimeout: headersMs, connectionsCheckingInterval: checkEveryMs },
});

/** From now on a reader that takes nothing for `readerMs` has left. */
export function limitReader(response: ServerResponse, readerMs: number): void {
  // Injected requests have no socket that could time out.
  if (response.socket instanceof Socket) response.setTimeout(readerMs);
}

/** Lets go of clients that connect and say nothing, or ask and do not read; streams see to their readers themselves. */
export function connections({ readerMs, most }: ConnectionLimits) {
  const plugin: FastifyPluginAsync = async (app) => {
    app.server.maxConnections = most;
    app.addHook('onSend', async (_request, reply) => {
      limitReader(reply.raw, readerMs);
    });
  };
  return fastifyPlugin(plugin, { name: 'atrium-connections', fastify: '5.x' });
}
