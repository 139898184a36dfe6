import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Portrait, PortraitStyle } from '#server/contract/portrait.ts';
import { problemResponses } from '#server/contract/problem.ts';

/** The same address shows the same picture, so a browser asks for each once in a month; a nicer one shows after that. */
const headers = {
  'cache-control': 'public, max-age=2592000',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
};

/** Drawn pictures of agents and people. They tell nothing but what is in their address, so nobody is asked who they are. */
export function portraitRoutes({
  drawPortrait,
}: {
  drawPortrait: (portrait: Portrait) => Promise<string>;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/portraits/:style',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'drawPortrait',
          tags: ['agents'],
          summary: 'The drawn picture of a seed, in a style and a colour',
          params: z.object({ style: PortraitStyle }),
          querystring: z.object({ seed: Portrait.shape.seed, color: z.string().regex(/^[0-9a-f]{6}$/i) }),
          response: {
            200: { description: 'The picture', content: { 'image/svg+xml': { schema: z.string() } } },
            ...problemResponses(400),
          },
        },
      },
      async ({ params: { style }, query: { seed, color } }, reply) =>
        reply
          .type('image/svg+xml')
          .headers(headers)
          .send(await drawPortrait({ style, seed, color: `#${color}` })),
    );
  };
}
