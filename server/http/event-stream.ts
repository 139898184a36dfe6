import { once } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { limitReader } from './connections.ts';

const heartbeatMs = 15_000;

/** Makes the parts of a stream; the signal says that the reader left. */
export type StreamParts = (signal: AbortSignal) => AsyncIterable<string>;

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Answers with server-sent events (WHATWG HTML, section 9.2). Each part is one or more whole frames.
     *
     * Waits for a slow reader before it asks for the next part, so what is not taken yet is joined at its source; sends a
     * comment every 15 s so that proxies keep the connection; ends when the parts end, or the reader leaves or takes
     * nothing for too long.
     */
    sendEventStream: (parts: StreamParts) => Promise<void>;
  }
}

/** Decorates replies with `sendEventStream`; a reader that takes nothing for `readerMs` has left. */
export function eventStream({ readerMs }: { readerMs: number }) {
  const plugin: FastifyPluginAsync = async (app) => {
    app.decorateReply('sendEventStream', function (this: FastifyReply, parts: StreamParts) {
      return sendEventStream(this, parts, readerMs);
    });
  };
  return fastifyPlugin(plugin, { name: 'atrium-event-stream', fastify: '5.x' });
}

async function sendEventStream(reply: FastifyReply, parts: StreamParts, readerMs: number): Promise<void> {
  const { raw } = reply
    .headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    .hijack();
  const reader = new AbortController();
  raw.once('close', () => reader.abort());
  // A reader that left before this began: the parts still begin once, so that who waits for its leaving hears of it.
  if (raw.destroyed) reader.abort();
  raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  raw.flushHeaders();
  // Heartbeats that a full socket cannot take do not count, so this ends the connection of who does not read.
  limitReader(raw, readerMs);
  const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs);
  try {
    for await (const part of parts(reader.signal)) {
      if (reader.signal.aborted) break;
      if (!raw.write(part)) await once(raw, 'drain', { signal: reader.signal });
    }
  } catch (error) {
    if (!reader.signal.aborted) reply.log.error({ err: error }, 'a stream was cut');
  } finally {
    clearInterval(heartbeat);
    raw.end();
  }
}
