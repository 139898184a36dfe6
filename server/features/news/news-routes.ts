import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { News } from '#server/contract/news.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { NewsService } from './news-service.ts';

const toFrame = ({ id, news }: { id: string; news: News }) => `id: ${id}\ndata: ${JSON.stringify(news)}\n\n`;

/** What changes among a person's conversations, for their open pages: `/api/news`. No key opens it. */
export function newsRoutes({ news }: { news: NewsService }): FastifyPluginAsyncZod {
  return async (app) => {
    // A hub that stops waits for its connections.
    app.addHook('preClose', async () => news.stop());

    app.get(
      '/api/news',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'followNews',
          tags: ['conversations'],
          summary: 'What changes among your conversations, as it happens, or after `Last-Event-ID`',
          querystring: z.object({
            after: z.string().max(40).optional().describe('The same, for who begins a new stream.'),
          }),
          headers: z.object({ 'last-event-id': z.string().max(40).optional() }),
          response: {
            200: { content: { 'text/event-stream': { schema: News } } },
            ...problemResponses(400, 401, 403, 429),
          },
        },
      },
      async (request, reply) => {
        const followed = news.follow(request.actor, request.headers['last-event-id'] ?? request.query.after);
        return reply.sendEventStream(async function* (signal) {
          try {
            // The browser waits so long before it comes again.
            yield 'retry: 3000\n\n';
            for await (const items of followed.read(signal)) yield items.map(toFrame).join('');
          } finally {
            followed.leave();
          }
        });
      },
    );
  };
}
