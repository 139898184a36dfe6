import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { z } from 'zod';
import { sandboxPath } from '#server/contract/sandbox.ts';
import './request-types.ts';

/**
 * What an agent's HTML may do: run its own scripts and show what it brings. It has no origin, so nothing of the hub is its
 * own; it loads, sends and opens nothing, and leads nowhere (the page around it frames only the hub).
 */
const policy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  'media-src data: blob:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** Writes out the one text that the page around it sends; peer connections, which no policy governs, are taken away before. */
const page = `<!doctype html><meta charset="utf-8"><title>Page</title><script>
addEventListener('message', (event) => {
  if (event.source !== parent || typeof event.data !== 'string') return;
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete window[name];
  document.open();
  document.write(event.data);
  document.close();
}, { once: true });
</script>`;

/** Serves the empty page in which the page of the hub shows what an agent wrote as HTML. */
export function pageSandbox() {
  const plugin: FastifyPluginAsync = async (app) => {
    app.get(
      sandboxPath,
      {
        config: { access: 'anonymous' },
        schema: {
          operationId: 'readSandbox',
          tags: ['files'],
          summary: "The empty page in which an agent's HTML is shown without an origin, a network or a way out",
          response: { 200: { content: { 'text/html': { schema: z.string() } } } },
        },
      },
      async (_request, reply) =>
        reply
          .headers({
            'content-security-policy': policy,
            'x-frame-options': 'SAMEORIGIN',
            'cache-control': 'no-cache',
          })
          .type('text/html; charset=utf-8')
          .send(page),
    );
  };
  return fastifyPlugin(plugin, { name: 'atrium-page-sandbox', fastify: '5.x' });
}
