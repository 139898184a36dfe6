import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { z } from 'zod';
import { isAllowedSite } from '#server/contract/embed.ts';
import { AgentReference } from '#server/contract/identifier.ts';
import './request-types.ts';

type Needs = {
  /** Which sites may show an agent; null where none may. */
  findSites: (agent: string) => Promise<string[] | null>;
  /** Whether the built page is there. */
  isBuilt: boolean;
};

/** What the page in another site's frame may do: its own scripts and the hub's API. It frames nothing itself. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
];

const page = { content: { 'text/html': { schema: z.string() } } };

const siteOf = (referrer: string | undefined) =>
  referrer !== undefined && URL.canParse(referrer) ? new URL(referrer).origin : null;

/**
 * Serves the page in which another site shows an agent: to the frames of the sites that its owner named (Content Security
 * Policy Level 3, `frame-ancestors`), and to nobody else. Opened by itself it leads to the agent.
 */
export function embedPage({ findSites, isBuilt }: Needs) {
  const plugin: FastifyPluginAsync = async (app) => {
    app.get<{ Params: { agent: string } }>(
      '/embed/:agent',
      {
        config: { access: 'anonymous' },
        schema: {
          operationId: 'readEmbedPage',
          tags: ['embeds'],
          summary: 'The page in which a site shows an agent, for the frames of the sites that its owner named',
          params: z.object({ agent: AgentReference }),
          response: { 200: page, 302: z.null().describe('To the agent, where it is opened by itself.'), 403: page },
        },
      },
      async (request, reply) => {
        if (!isBuilt) return reply.callNotFound();
        const { agent } = request.params;
        const { referer, 'sec-fetch-dest': destination } = request.headers;
        if (destination === 'document') return reply.redirect(`/hub/${encodeURIComponent(agent)}`);
        const sites = await findSites(agent);
        const site = siteOf(referer);
        const isRefused = sites === null || (site !== null && !isAllowedSite(sites, site));
        const ancestors = isRefused ? "'none'" : sites.join(' ');
        if (!isRefused) void reply.removeHeader('x-frame-options');
        return reply
          .code(isRefused ? 403 : 200)
          .headers({
            'content-security-policy': [...policy, `frame-ancestors ${ancestors}`].join('; '),
            'cache-control': 'no-cache',
            'x-robots-tag': 'noindex, nofollow',
          })
          .sendFile('embed.html');
      },
    );
  };
  return fastifyPlugin(plugin, { name: 'atrium-embed-page', fastify: '5.x' });
}
